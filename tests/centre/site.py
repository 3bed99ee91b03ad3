"""The centre's pages with two offices, and four people who look at them."""

import json
from dataclasses import dataclass, field
from typing import Any

import httpx
from argon2 import PasswordHasher
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi.testclient import TestClient
from sqlalchemy import Connection, Engine, select
from sqlmodel import Session

from kiosk.centre import feed, ingest, nodes, rules, tenancy
from kiosk.centre.app import guarded, make_centre
from kiosk.centre.config import CentreSettings
from kiosk.centre.people import rules as people
from kiosk.centre.people import service
from kiosk.core.chain import GENESIS, canonical
from kiosk.core.clock import stored, utc_now
from kiosk.core.ids import new_id
from kiosk.core.office import Office
from kiosk.queues.model import Call, Counter, Queue, Ticket

A, B = "kaltim", "rohil"
ADDRESS = "https://pusat.test"
SECRET = "7GQ0-K2ZD-1234-ABCD"
# cheap to check: a hash carries its own cost
HASH = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1).hash(people.meant(SECRET))
NAMES = {"staff of A": "ani", "staff of B": "budi", "operator": "sari"}
PEOPLE = ("anonymous", *NAMES)
SECURED = ("centre_event", "centre_set_aside", "centre_node", "centre_node_code", "centre_epoch")


@dataclass
class Site:
    """`engine` is what the pages use; `owner` sees everything (on SQLite the same)."""

    engine: Engine
    owner: Engine
    words: dict[str, str] = field(default_factory=dict)  # what stands in the fields of an office, else its canary
    ids: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.key = Ed25519PrivateKey.generate()
        settings = CentreSettings(centre_url=ADDRESS)  # type: ignore[arg-type]
        self.app = make_centre(self.engine, self.key, settings)
        self.client = guarded(self.app)
        for person, name in NAMES.items():
            office_id = {"staff of A": A, "staff of B": B}.get(person, "*")
            with self.engine.begin() as connection:
                service.add(connection, name=name, office_id=office_id, passphrase_hash=HASH, at=utc_now())
        for office_id in (A, B):
            self.fill(office_id)

    def word(self, office_id: str) -> str:
        """A word that stands in every field of an office, and nowhere else."""
        return self.words.get(office_id, f"isi-{office_id}-rahasia")

    def fill(self, office_id: str) -> None:
        """A computer, its events, a line set aside, a day in the queues."""
        word, now = self.word(office_id), utc_now()
        with self.engine.begin() as connection:
            tenancy.as_office(connection, office_id)
            with Session(connection) as session:
                names = {"name": word, "short_name": word, "region": word}
                session.add(Office(office_id=office_id, zone="Asia/Makassar", **names))
                session.flush()
                purpose = {"name": word, "name_en": word, "purpose": word, "purpose_en": word}
                session.add(Queue(office_id=office_id, code="A", position=1, **purpose))
                session.add(Counter(office_id=office_id, code="1", name=word, name_en=word, queues=["A"], position=1))
                session.flush()
                place = {"office_id": office_id, "queue": "A", "business_date": now.date().isoformat()}
                times = {"taken_at": stored(now), "joined_at": stored(now)}
                session.add(Ticket(id="t", serial=1, device_id="d", current_queue="A", status="done", **place, **times))
                session.flush()
                session.add(Call(id="c", ticket_id="t", number=word, counter="1", at=stored(now), **place))
                session.commit()
            self._publish(connection, office_id, word)
            self.ids[office_id] = self._node(connection, office_id, word)
            self._send(connection, office_id, word)

    def _publish(self, connection: Connection, office_id: str, word: str) -> None:
        """Notices of which the office uses the first version, and could not use the second."""
        item = {"office_id": office_id, "topic": "notices", "body": "{}", "digest": "", "signature": "", "made_by": "test"}
        items = [{**item, "version": version, "made_at": stored(utc_now())} for version in (1, 2)]
        connection.execute(feed.ITEMS.insert(), items)
        said = {"version": 1, "digest": "", "applied_at": "", "refused_version": 2, "refused_at": ""}
        why = {"code": "FEED-0426", "message": f"{word} id", "message_en": f"{word} en"}
        connection.execute(feed.STANDING.insert(), {"office_id": office_id, "topic": "notices", **said, **why})

    def _node(self, connection: Connection, office_id: str, word: str) -> str:
        code = nodes.make_code(connection, office_id=office_id, at=utc_now())
        node = nodes.enrol(connection, typed=code, public_key="ab" * 32, name=word, at=utc_now())
        nodes.hello(connection, node, said={"build": word, "backlog": 7, "twin": True}, at=utc_now())
        return node.node_id

    def _send(self, connection: Connection, office_id: str, word: str) -> None:
        device = {"device_id": word, "lane": word, "build": word, "waiting": word, "last_seen_at": word}
        event = {"office_id": office_id, "at": stored(utc_now()), "actor": "cli"}
        lines = [
            canonical({**event, "event_id": new_id(), "kind": "device.health", "body": device}),
            canonical({**event, "event_id": new_id(), "kind": "device.health", "body": {"device_id": [word], "lane": {}, "waiting": None}}),
            canonical({**event, "event_id": new_id(), "kind": "checklist.made", "body": {}}),
            word.encode(),
        ]
        batch = rules.Batch(1, 1, GENESIS, lines)
        ingest.take(connection, office_id=office_id, node_id=self.ids[office_id], batch=batch, at=utc_now())

    def browser(self, person: str = "anonymous", address: str = ADDRESS) -> TestClient:
        """A browser in which `person` is signed in. It sends the Origin of the centre's own pages."""
        client = TestClient(
            self.client, base_url=address, headers={"origin": ADDRESS}, follow_redirects=False, raise_server_exceptions=False
        )
        if person in NAMES:
            answer = client.post("/masuk", data={"name": NAMES[person], "passphrase": SECRET})
            assert (answer.status_code, answer.headers["location"]) == (303, "/"), answer.text
        return client

    def asked(self, office_id: str) -> dict[tuple[str, str], dict[str, str]]:
        """Every address of the pages, about `office_id`, with the form that goes there."""
        node = f"/kantor/{office_id}/komputer/{self.ids[office_id]}"
        line = {"office_id": office_id, "node_id": self.ids[office_id], "epoch": "1", "seq": "4", "note": "beres"}
        return {
            ("GET", "/"): {},
            ("GET", f"/kantor/{office_id}"): {},
            ("GET", f"/disisihkan?office={office_id}"): {},
            ("GET", f"/disisihkan?office={office_id}&settled=true"): {},
            ("GET", f"{node}/cabut"): {},
            ("GET", f"{node}/pagari"): {},
            ("POST", "/disisihkan"): line,
            ("POST", "/kode"): {"office_id": office_id},
            ("POST", f"{node}/cabut"): {},
            ("POST", f"{node}/pagari"): {},
        }

    def state(self) -> str:
        """Everything that the pages can change."""
        from sqlmodel import SQLModel

        with self.owner.connect() as connection:
            rows = {name: [list(map(str, row)) for row in connection.execute(select(SQLModel.metadata.tables[name]))] for name in SECURED}
        return json.dumps(rows, sort_keys=True)


def ask(browser: TestClient, method: str, path: str, form: dict[str, str], **headers: Any) -> httpx.Response:
    return browser.request(method, path, data=form if method == "POST" else None, headers=headers)
