"""What the centre publishes, in a pair of a node and its centre: bodies of every topic, and a node with its office loaded."""

from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

import kiosk.feeds  # noqa: F401
from kiosk import seeds
from kiosk.catalogue.model import ServiceStandardRow
from kiosk.centre import publishing
from kiosk.centre.feed import Published, publish
from kiosk.core.clock import stored
from kiosk.core.writer import Writer
from kiosk.sync import feed, topics
from kiosk.sync.link import Identity, Link
from kiosk.sync.model import CentreLine
from tests.sync.pair import CENTRE, NOW, Pair

OFFICE = "kaltim"
PAMERAN = "kaltim-rekomendasi-penyelenggara-pameran"


class Feeding(Pair):
    """A node with the office's seed loaded, its one writer, and its centre."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        with Session(self.here) as session:
            seeds.load(session, OFFICE, at=NOW)
            known = {"address": CENTRE, "reached_at": CENTRE, "centre_key": self.desk.public_key, "enrolled_at": stored(NOW)}
            session.add(CentreLine(office_id=OFFICE, node_id=self.identity.node_id, **known))
            session.commit()
        self.writer = Writer(self.here)
        self.writer.start()

    def publish(self, topic: str, content: dict[str, Any], *, office_id: str = OFFICE) -> Published:
        body = topics.find(topic).body.model_validate(content)
        with self.there.begin() as connection:
            return publish(connection, self.desk._key, office_id=office_id, topic=topic, body=body, at=NOW, by="test")

    def round(self) -> int:
        return feed.fetch(self.link, self.writer.write, clock=lambda: NOW)

    def ask(self, answer: Any) -> int:
        """A round in which the centre's reply is what `answer` makes of it, signed as ever."""
        link = Link(self.here, self.identity, self.desk.answer, clock=lambda: NOW)
        whole = link.feed
        link.feed = lambda have: answer(whole(have))  # type: ignore[method-assign]
        return feed.fetch(link, self.writer.write, clock=lambda: NOW)

    def read(self, what: Any) -> Any:
        with Session(self.here) as session:
            return what(session)

    def services(self) -> list[str]:
        return self.read(lambda session: sorted(session.exec(select(ServiceStandardRow.id))))

    def names(self) -> dict[str, str | None]:
        return self.read(lambda session: {row.id: row.name for row in session.exec(select(ServiceStandardRow))})

    def told(self, kind: str) -> list[dict[str, Any]]:
        from kiosk.sync.outbox import OutboxEvent

        def rows(session: Session) -> list[dict[str, Any]]:
            import json

            found = session.exec(select(OutboxEvent).where(OutboxEvent.kind == kind).order_by(OutboxEvent.seq))  # type: ignore[arg-type]
            return [json.loads(row.body) for row in found]

        return self.read(rows)


def seed_content(topic: str) -> dict[str, Any]:
    """What the seed files hold of a topic, to be changed by a test."""
    return deepcopy(publishing.seed_bodies(OFFICE)[topic].model_dump(mode="json", by_alias=True))


def catalogue(name: str) -> dict[str, Any]:
    """The seed's catalogue with another name of its first service."""
    content = seed_content("catalogue")
    content["services"][0]["name"] = name
    return content


def notice(text: str = "Besok libur", **more: Any) -> dict[str, Any]:
    spans = {"from": "2026-03-12T00:00:00+08:00", "until": "2026-03-13T00:00:00+08:00"}
    return {"id": "satu", "indonesian": text, "english": "Closed tomorrow", **spans, **more}


@pytest.fixture
def feeding(tmp_path: Path) -> Iterator[Feeding]:
    made = Feeding(tmp_path)
    yield made
    made.writer.stop()
    made.here.dispose()
    made.there.dispose()


__all__ = ["NOW", "OFFICE", "PAMERAN", "Feeding", "Identity", "catalogue", "feeding", "notice", "seed_content"]
