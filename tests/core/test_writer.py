"""The one writer: what it answered is on the disk, and one bad job costs nobody else."""

from pathlib import Path

import pytest
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlmodel import Session, select

from kiosk.core.db import open_engine
from kiosk.core.errors import Busy, StorageFull
from kiosk.core.writer import Writer


class _Own(DeclarativeBase):
    """Not the product's tables."""


class Note(_Own):
    """A row of this test."""

    __tablename__ = "note"
    office_id: Mapped[str] = mapped_column(primary_key=True)
    id: Mapped[int] = mapped_column(primary_key=True)


@pytest.fixture
def engine(tmp_path: Path):
    engine = open_engine(tmp_path / "office.db", writing=True)
    _Own.metadata.create_all(engine)
    yield engine
    engine.dispose()


def note(number: int):
    return lambda session: session.add(Note(office_id="kaltim", id=number)) or number


def held(engine) -> list[int]:
    with Session(engine) as session:
        return sorted(row.id for row in session.scalars(select(Note)))


def test_waiting_jobs_share_one_commit(engine):
    writer = Writer(engine)
    answers = [writer.enqueue(note(number)) for number in range(40)]
    writer.start()
    assert [answer.result(10) for answer in answers] == list(range(40))
    writer.stop()
    assert held(engine) == list(range(40))
    assert writer.commits == 1


def test_a_bad_job_costs_the_others_nothing(engine):
    def bad(_session: Session) -> None:
        raise ValueError("bad")

    writer = Writer(engine)
    answers = [writer.enqueue(job) for job in (note(1), bad, note(2))]
    writer.start()
    assert answers[0].result(10) == 1
    with pytest.raises(ValueError, match="bad"):
        answers[1].result(10)
    assert answers[2].result(10) == 2
    writer.stop()
    assert held(engine) == [1, 2]


def test_too_much_work_is_refused_not_lost(engine):
    writer = Writer(engine, depth=2)
    answers = [writer.enqueue(note(number)) for number in (1, 2)]
    with pytest.raises(Busy):
        writer.enqueue(note(3))
    writer.start()
    assert [answer.result(10) for answer in answers] == [1, 2]
    writer.stop()


def hundred(start: int):
    return lambda session: session.add_all([Note(office_id="kaltim", id=number) for number in range(start, start + 100)])


def test_a_full_disk_is_a_clear_answer_and_keeps_what_was_stored(engine):
    writer = Writer(engine)
    writer.start()
    writer.enqueue(note(1)).result(10)
    with Session(engine) as session:
        pages = session.connection().exec_driver_sql("PRAGMA page_count").scalar()
        session.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")
    outcomes = [writer.enqueue(hundred(start)).exception(10) for start in range(100, 4000, 100)]
    refused = [outcome for outcome in outcomes if outcome is not None]
    assert refused
    assert {type(outcome) for outcome in refused} == {StorageFull}
    assert len(held(engine)) == 1 + 100 * (len(outcomes) - len(refused))
    writer.stop()


def test_settings_of_the_database_are_the_durable_ones(engine):
    with Session(engine) as session:
        value = lambda name: session.connection().exec_driver_sql(f"PRAGMA {name}").scalar()  # noqa: E731
        assert (value("journal_mode"), value("synchronous"), value("foreign_keys")) == ("wal", 2, 1)


def test_a_caller_that_goes_away_stops_nobody(engine):
    """A cancelled request must not take the only writer with it."""
    import asyncio

    async def hall() -> int:
        writer = Writer(engine)
        gone = asyncio.ensure_future(writer.submit(note(1)))
        await asyncio.sleep(0)
        gone.cancel()
        writer.start()
        stays = await asyncio.wait_for(writer.submit(note(2)), 10)
        assert writer.alive
        await asyncio.to_thread(writer.stop)
        return stays

    assert asyncio.run(hall()) == 2
    assert held(engine) == [1, 2]


def test_a_loop_that_ended_stops_nobody(engine):
    import asyncio

    writer = Writer(engine)

    async def leave() -> None:
        task = asyncio.ensure_future(writer.submit(note(1)))
        await asyncio.sleep(0)
        task.cancel()

    asyncio.run(leave())
    writer.start()
    assert writer.enqueue(note(2)).result(10) == 2
    writer.stop()
    assert held(engine) == [1, 2]
