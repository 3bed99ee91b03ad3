"""An office that had no line for 30 days: 300,000 events of its own outbox go up by its own link."""

import os
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, create_engine, func, select
from sqlmodel import Session, SQLModel

import kiosk.tables  # noqa: F401
from bench.batches import enrolled
from bench.machine import hash_rate, resident_mb
from bench.table import Row
from kiosk.centre import nodes
from kiosk.centre.ingest import EVENTS
from kiosk.core.clock import utc_now
from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from kiosk.sync.carrier import make_client, over_http
from kiosk.sync.keys import public_hex
from kiosk.sync.link import Identity, Link
from kiosk.sync.outbox import record
from tests.centre.house import Centre
from tests.cluster import cluster

EVENTS_WAITING = int(os.environ.get("BENCH_BACKLOG", "300000"))


def fill(engine: Engine, count: int) -> None:
    """So many tickets into an outbox, by the node's own code."""
    with Session(engine) as session:
        for number in range(count):
            body = {"id": new_id(), "queue": "A", "lane": "", "serial": number % 900, "business_date": "2026-03-12"}
            record(session, office_id="kaltim", kind="ticket.taken", body=body, actor=f"device:{new_id()}", at=utc_now())
            if number % 1000 == 999:
                session.commit()
        session.commit()


@contextmanager
def _outbox(path: Path) -> Iterator[Engine]:
    engine = open_engine(path, writing=True)
    SQLModel.metadata.create_all(engine)
    fill(engine, EVENTS_WAITING)
    yield engine
    engine.dispose()


def _send(link: Link) -> float:
    began = time.perf_counter()
    cursor = link.hello(backlog=EVENTS_WAITING).cursor
    while (sent := link.send(cursor)).lines:
        cursor = sent.cursor
    return time.perf_counter() - began


def rows() -> list[Row]:
    """Seconds until the centre has everything."""
    with tempfile.TemporaryDirectory() as folder, cluster() as address, _outbox(Path(folder) / "office.db") as here:
        centre, there = Centre(Path(folder) / "centre", database=address).prepare("kaltim").start(), create_engine(address)
        try:
            node = enrolled(there, 1)[0]
            told = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(node["key"]))
            centre_key = nodes.public(public_hex(_centre_key(centre)))
            identity = Identity("kaltim", node["node_id"], told, centre_key, centre.url)
            with make_client(centre.url) as client:
                carry = over_http(client, address=centre.url, reached_at=centre.url)
                seconds = _send(Link(here, identity, carry, clock=utc_now))
            with there.connect() as connection:
                held = connection.execute(select(func.count()).select_from(EVENTS)).scalar()
            assert centre.process is not None
            memory = resident_mb(centre.process.pid)
        finally:
            there.dispose()
            centre.stop()
    if held != EVENTS_WAITING:
        raise SystemExit(f"the centre holds {held} events")
    limit = f"{EVENTS_WAITING / seconds:.0f} events/s; one core: {hash_rate():.0f} SHA-256 of 4 kB/s"
    return [
        Row(f"30 days' backlog of an office, {EVENTS_WAITING} events", round(seconds), "s", "<=600", limit),
        Row("memory of the centre after it", round(memory), "MB"),
    ]


def _centre_key(centre: Centre) -> Ed25519PrivateKey:
    from kiosk.centre.errors import KeyDamaged
    from kiosk.centre.server import KEY
    from kiosk.sync.keys import kept_key

    return kept_key(centre.data / KEY, damaged=KeyDamaged)
