"""Many visitors and several counters at the same moment."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, create_engine

from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from kiosk.core.writer import Writer
from kiosk.queues import calling, service
from tests.queues.conftest import MORNING, furnish


@pytest.fixture
def writer(tmp_path):
    engine = open_engine(tmp_path / "office.db", writing=True)
    SQLModel.metadata.create_all(engine)
    furnish(engine)
    mine = Writer(engine)
    mine.start()
    yield mine
    mine.stop()
    engine.dispose()


def visitor(ticket_id, queue="A"):
    now = datetime.now(UTC)
    return lambda session: service.take_ticket(
        session, office_id="kaltim", ticket_id=ticket_id, queue=queue, device_id="kios-1", now=now, always_open=True
    )


def test_fifty_visitors_at_once_none_twice_none_missing(writer):
    """Twenty devices, each id sent twice, one touch in ten for a queue that takes no numbers."""
    ids = [new_id() for _ in range(50)]
    start = threading.Barrier(20)

    def touch(mine):
        start.wait()
        jobs = [writer.enqueue(visitor(ticket_id)) for ticket_id in mine * 2]
        refused = writer.enqueue(visitor(new_id(), "C"))
        assert refused.exception().code == "QUEUE-0403"
        return [job.result() for job in jobs]

    with ThreadPoolExecutor(20) as devices:
        tickets = [ticket for batch in devices.map(touch, [ids[n::20] for n in range(20)]) for ticket in batch]
    assert len({(ticket.id, ticket.number) for ticket in tickets}) == 50, "one id, one number"
    assert {ticket.number for ticket in tickets} == {f"A-{n:03d}" for n in range(1, 51)}
    assert sum(ticket.new for ticket in tickets) == 50


def test_two_counters_that_press_at_once_never_get_the_same_visitor(writer):
    for _ in range(40):
        writer.enqueue(visitor(new_id())).result()

    def press(step, **words):
        words |= {"office_id": "kaltim", "actor": "staff:x", "now": datetime.now(UTC)}
        return writer.enqueue(lambda session: step(session, **words)).result()

    def officer(counter):
        called = []
        while (visit := press(calling.call_next, counter=counter)) is not None:
            called.append(visit["number"])
            press(calling.mark_no_show, counter=counter, ticket_id=visit["id"])
        return called

    with ThreadPoolExecutor(2) as officers:
        one, two = officers.map(officer, "12")
    assert sorted(one + two) == [f"A-{n:03d}" for n in range(1, 41)]


def test_on_postgresql_two_transactions_side_by_side_get_different_visitors(postgres):
    """Both read the same first visitor; the second waits for the first's commit, sees that its UPDATE changed nothing, and reads on."""
    engine = create_engine(postgres)
    SQLModel.metadata.create_all(engine)
    hall = furnish(engine)
    for _ in range(2):
        hall.take()
    words = {"office_id": "kaltim", "actor": "staff:x", "now": MORNING}

    def press():
        with Session(engine) as second:
            visit = calling.call_next(second, counter="2", **words)
            second.commit()
            return visit

    with ThreadPoolExecutor(1) as aside, Session(engine) as first:
        one = calling.call_next(first, counter="1", **words)
        first.flush()
        other = aside.submit(press)
        while not other.done() and not _somebody_waits(engine):
            pass
        first.commit()
        two = other.result(10)
    assert [one["number"], two["number"]] == ["A-001", "A-002"]
    engine.dispose()


def _somebody_waits(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar_one() > 0
