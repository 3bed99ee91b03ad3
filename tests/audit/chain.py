"""A real chain to damage: two days of an office in two epochs, read back as rows, and written into tables without any constraint."""

import copy
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pysqlite3
from sqlalchemy import StaticPool, create_engine, update
from sqlmodel import Session, SQLModel

import kiosk.tables  # noqa: F401
from kiosk import seeds
from kiosk.audit import service
from kiosk.core.audit import HEADS, LINKS
from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from kiosk.devices.service import enrol
from kiosk.queues.service import take_ticket
from kiosk.sync.outbox import EVENTS, record

OFFICE, OTHER = "kaltim", "rohil"
BEGIN = datetime(2026, 3, 11, 1, 0, tzinfo=UTC)
Rows = dict[str, list[dict[str, Any]]]


def fill(session: Session, tickets: int = 25) -> None:
    """What happens in an office: it is loaded, a device is enrolled, visitors take numbers, an officer signs in."""
    for office in (OFFICE, OTHER):
        seeds.load(session, office, at=BEGIN, demo=False)
        device = enrol(session, office_id=office, name="Kios 1", kind="kiosk", at=BEGIN, actor="cli").device_id
        session.commit()
        for number in range(tickets):
            now = BEGIN + timedelta(minutes=10 * number)
            if number == tickets // 2:  # as after a backup was restored
                session.commit()
                session.connection().execute(update(HEADS).where(HEADS.c.office_id == office).values(epoch=2, seq=0))
            words = {"office_id": office, "ticket_id": new_id(), "queue": "A", "device_id": device}
            take_ticket(session, **words, now=now, always_open=True)
            body = {"account_id": "a1", "note": 'é \u2028 \\ "', "count": number, "list": [1, None, True]}
            record(session, office_id=office, kind="staff.signed_in", body=body, actor="staff:a1@here", at=now)
            if number % 3 == 0:
                session.commit()
        session.commit()


def real_chain(folder: Path) -> Rows:
    engine = open_engine(folder / "office.db", writing=True)
    SQLModel.metadata.create_all(engine)
    with Session(engine) as session:
        fill(session)
        read = session.connection().execute
        rows = {table.name: [dict(row) for row in read(table.select()).mappings()] for table in (EVENTS, LINKS, HEADS)}
    engine.dispose()
    return rows


@dataclass
class Damaged:
    """Rows to damage: the lists of one office, by table; `other` are those of another office."""

    events: list[dict[str, Any]]
    links: list[dict[str, Any]]
    heads: list[dict[str, Any]]
    other: Rows

    @staticmethod
    def of(rows: Rows) -> "Damaged":
        mine = {name: copy.deepcopy(sorted((r for r in part if r["office_id"] == OFFICE), key=_place)) for name, part in rows.items()}
        other = {name: sorted((r for r in part if r["office_id"] == OTHER), key=_place) for name, part in rows.items()}
        return Damaged(mine["outbox_event"], mine["audit_link"], mine["chain_head"], other)

    def database(self) -> Session:
        """The rows in a database that refuses nothing, as somebody leaves it who can write to the file."""
        made = pysqlite3.connect(":memory:", check_same_thread=False)
        for table, rows in ((EVENTS, self.events), (LINKS, self.links), (HEADS, self.heads)):
            names = table.c.keys()
            made.execute(f"CREATE TABLE {table.name} ({', '.join(names)})")
            made.executemany(f"INSERT INTO {table.name} VALUES ({', '.join('?' * len(names))})", [tuple(r[n] for n in names) for r in rows])
        made.commit()
        return Session(create_engine("sqlite://", creator=lambda: made, poolclass=StaticPool))

    def verified(self, noted: Any = None) -> Any:
        with self.database() as session:
            return service.verify(session, OFFICE, noted=noted)


def _place(row: dict[str, Any]) -> tuple[int, int]:
    return row["epoch"], row["seq"]
