"""An office with four queues and three counters, on SQLite and on PostgreSQL."""

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, SQLModel, create_engine, select

from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from kiosk.core.office import Office
from kiosk.queues import calling, service
from kiosk.queues.model import Ticket
from kiosk.queues.seed import CounterSeed, QueueSeed
from kiosk.sync.outbox import OutboxEvent

T = TypeVar("T")
MORNING = datetime(2026, 3, 12, 1, 42, tzinfo=UTC)  # a Thursday, 09.42 WITA
HOURS = {**{str(day): ["08:00", "19:00"] for day in range(1, 5)}, "5": ["08:00", "11:00"]}
NAMES = {"A": "Layanan Informasi", "B": "Customer Service", "C": "Loket Pendaftaran", "D": "Loket Pengambilan"}
QUEUES = [
    QueueSeed(code=code, name=name, name_en=f"{name} en", purpose="Untuk", purpose_en="For", by_transfer=code == "C", position=place)
    for place, (code, name) in enumerate(NAMES.items())
]
COUNTERS = [
    CounterSeed(code=code, name=f"Loket {code}", name_en=f"Counter {code}", queues=serves, position=int(code))
    for code, serves in {"1": ["A"], "2": ["A", "B"], "3": ["C", "D"]}.items()
]


def in_a_loop(work: Coroutine[Any, Any, T]) -> T:
    """Run `work` in an event loop of its own: the browser tests leave theirs running in this thread."""
    with ThreadPoolExecutor(1) as aside:
        return aside.submit(asyncio.run, work).result()


@dataclass
class Hall:
    """The service with this office filled in, one transaction a call, a clock that ticks by itself."""

    engine: Engine
    office_id: str = "kaltim"
    now: datetime = MORNING
    always_open: bool = True

    def do(self, what: Callable[..., Any], **words: Any) -> Any:
        self.now += timedelta(milliseconds=7)
        with Session(self.engine, expire_on_commit=False) as session:
            result = what(session, office_id=self.office_id, now=self.now, **words)
            session.commit()
        return result

    def take(self, queue: str = "A", ticket_id: str | None = None) -> service.TicketView:
        return self.do(service.take_ticket, queue=queue, ticket_id=ticket_id or new_id(), device_id="kios-1", always_open=self.always_open)

    def step(self, name: str, counter: str, ticket_id: str | None = None, **words: Any) -> Any:
        given = {"ticket_id": ticket_id} if ticket_id else {}
        return self.do(getattr(calling, name), counter=counter, actor="staff:sari", **given, **words)

    def view(self, ticket_id: str) -> service.TicketView:
        return self.do(service.ticket_view, ticket_id=ticket_id)

    def kinds(self) -> list[str]:
        with Session(self.engine) as session:
            rows = session.exec(select(OutboxEvent).where(OutboxEvent.office_id == self.office_id).order_by(OutboxEvent.seq))
            return [row.kind for row in rows if row.kind.startswith("ticket.")]

    def tickets(self) -> list[Ticket]:
        with Session(self.engine) as session:
            return list(session.exec(select(Ticket).where(Ticket.office_id == self.office_id)))


def furnish(engine: Engine, office_id: str = "kaltim", zone: str = "Asia/Makassar") -> Hall:
    with Session(engine) as session:
        session.add(Office(office_id=office_id, name="Dinas", short_name="DPMPTSP", region="Kaltim", zone=zone, hours=HOURS))
        session.flush()
        service.load(session, office_id=office_id, queues=QUEUES, counters=COUNTERS, at=MORNING)
        session.commit()
    return Hall(engine, office_id)


@pytest.fixture(params=["sqlite", "postgresql"])
def hall(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Hall]:
    if request.param == "sqlite":
        engine = open_engine(tmp_path / "office.db", writing=True)
    else:
        engine = create_engine(request.getfixturevalue("postgres"))
    SQLModel.metadata.create_all(engine)
    yield furnish(engine)
    engine.dispose()
