"""The check reads row by row: its memory does not grow with the years, and a node that writes meanwhile makes no false alarm."""

import threading
import tracemalloc
from pathlib import Path

import pytest
from sqlmodel import Session, SQLModel

from kiosk.audit import service
from kiosk.core.db import open_engine
from kiosk.sync.outbox import record
from tests.audit.chain import BEGIN, OFFICE

SMALL, LARGE = 2_000, 20_000


def grow(session: Session, acts: int) -> None:
    for number in range(acts):
        record(session, office_id=OFFICE, kind="ticket.taken", body={"number": f"A-{number:03d}", "id": "x" * 36}, actor="cli", at=BEGIN)
    session.commit()


@pytest.fixture
def engine(tmp_path: Path):
    made = open_engine(tmp_path / "office.db", writing=True)
    SQLModel.metadata.create_all(made)
    yield made
    made.dispose()


def peak(path: Path) -> tuple[int, int]:
    reading = open_engine(path)
    with Session(reading) as session:
        service.verify(session, OFFICE)  # what is loaded once is not counted
        tracemalloc.start()
        report = service.verify(session, OFFICE)
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    reading.dispose()
    assert report.whole
    return report.count, most


def test_ten_times_the_acts_take_the_same_memory(engine, tmp_path: Path):
    with Session(engine) as session:
        grow(session, SMALL)
        few, little = peak(tmp_path / "office.db")
        grow(session, LARGE - SMALL)
    many, much = peak(tmp_path / "office.db")
    assert (few, many) == (SMALL, LARGE)
    assert much < 2 * little
    assert much < 8_000_000


def test_a_node_that_writes_during_the_check_makes_no_false_alarm(engine, tmp_path: Path):
    with Session(engine) as session:
        grow(session, 3_000)
    over, wrong = threading.Event(), []

    def write() -> None:
        with Session(engine) as session:
            while not over.is_set():
                grow(session, 3)

    writer = threading.Thread(target=write)
    writer.start()
    reading = open_engine(tmp_path / "office.db")
    counts = []
    for _ in range(8):
        with Session(reading) as session:
            report = service.verify(session, OFFICE, breath=0.005)
            wrong += report.findings
            counts.append(report.count)
    over.set()
    writer.join()
    reading.dispose()
    assert wrong == []
    assert counts == sorted(counts)
    assert counts[-1] > counts[0]
