"""An office's node and its centre in one process: real databases, real signatures, no wire between them."""

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
from kiosk.sync.link import Identity, Link
from kiosk.sync.outbox import record

NOW = datetime(2026, 3, 12, 1, 42, tzinfo=UTC)
CENTRE = "https://pusat.test"


class Pair:
    """An office's node and its centre."""

    def __init__(self, folder: Path, there: Engine | None = None) -> None:
        self.here, self.there = self._database(folder / "node.db"), there or self._database(folder / "centre.db")
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
                record(session, office_id="kaltim", kind="office.noted", body={"serial": number, "note": "é \u2028"}, actor="cli", at=NOW)
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
