"""A node and a centre in one process: real databases, real signatures, no wire between them."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Engine, select
from sqlmodel import Session, SQLModel

import kiosk.centre.model
import kiosk.tables  # noqa: F401
from kiosk.centre import nodes
from kiosk.centre.desk import Desk
from kiosk.centre.ingest import EVENTS
from kiosk.core.db import open_engine
from kiosk.sync import reading
from kiosk.sync.link import Identity, Link
from kiosk.sync.outbox import record
from kiosk.sync.rules import Verdict

NOW = datetime(2026, 3, 12, 1, 42, tzinfo=UTC)
CENTRE = "https://pusat.test"


class Pair:
    """An office's node and its centre."""

    def __init__(self, folder: Path) -> None:
        self.here, self.there = self._database(folder / "node.db"), self._database(folder / "centre.db")
        self.desk = Desk(self.there, Ed25519PrivateKey.generate(), address=CENTRE, clock=lambda: NOW)
        key = Ed25519PrivateKey.generate()
        public = key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()
        with self.there.begin() as connection:
            code = nodes.make_code(connection, office_id="kaltim", at=NOW)
            node = nodes.enrol(connection, typed=code, public_key=public, name="PC", at=NOW)
        self.identity = Identity("kaltim", node.node_id, key, nodes.public(self.desk.public_key), CENTRE)
        self.link = Link(self.here, self.identity, self.desk.answer, clock=lambda: NOW)

    @staticmethod
    def _database(path: Path) -> Engine:
        engine = open_engine(path, writing=True)
        SQLModel.metadata.create_all(engine)
        return engine

    def happen(self, count: int) -> None:
        with Session(self.here) as session:
            for number in range(count):
                record(session, office_id="kaltim", kind="ticket.taken", body={"serial": number, "note": "é \u2028"}, actor="cli", at=NOW)
            session.commit()

    def held(self) -> list[str]:
        with self.there.connect() as connection:
            return list(connection.execute(select(EVENTS.c.event_id).order_by(EVENTS.c.epoch, EVENTS.c.seq)).scalars())


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[Pair]:
    made = Pair(tmp_path)
    yield made
    made.here.dispose()
    made.there.dispose()


def test_what_happened_reaches_the_centre_once_in_order(pair: Pair):
    pair.happen(2500)
    cursor = pair.link.hello(backlog=2500).cursor
    sent = []
    while (step := pair.link.send(cursor)).lines:
        sent.append(step.lines)
        cursor = step.cursor
    assert sent == [1000, 1000, 500]
    assert len(pair.held()) == len(set(pair.held())) == 2500
    with pair.here.connect() as connection:
        assert reading.head_of(connection, "kaltim") == cursor == pair.link.hello(backlog=0).cursor


def test_a_batch_that_is_sent_twice_is_held_once(pair: Pair):
    pair.happen(10)
    begin = pair.link.hello(backlog=10).cursor
    first = pair.link.send(begin)
    assert pair.link.send(begin).cursor == first.cursor
    pair.happen(5)
    assert pair.link.send(begin).cursor.seq == 15
    assert len(pair.held()) == 15


def test_a_node_that_was_restored_from_an_older_copy_is_found_out(pair: Pair, tmp_path: Path):
    pair.happen(5)
    pair.link.send(pair.link.hello(backlog=5).cursor)
    old = Pair(tmp_path / "old") if (tmp_path / "old").mkdir() is None else None
    assert old is not None
    old.happen(3)  # another chain under the same identity
    restored = Link(old.here, pair.identity, pair.desk.answer, clock=lambda: NOW)
    assert pair.link.verdict(pair.link.hello(backlog=0)) == Verdict.CURRENT
    assert restored.verdict(restored.hello(backlog=3)) == Verdict.REWOUND
