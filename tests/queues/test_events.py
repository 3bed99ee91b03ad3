"""Events of the queues in any order, each as often as it comes: the same rows come of them as the hall had."""

import random
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select
from sqlmodel import Session, SQLModel

import kiosk.happenings
import kiosk.tables  # noqa: F401
from kiosk.core.db import open_engine
from kiosk.core.errors import KioskError
from kiosk.core.ids import new_id
from kiosk.queues import events as queue_events
from kiosk.queues.events import CALLS, LANES, TICKETS
from kiosk.sync.applying import attempt
from kiosk.sync.outbox import EVENTS, event_of
from tests.queues.conftest import Hall, furnish

STEPS = ("call_next", "call_again", "start", "finish", "mark_no_show", "recall", "transfer")
ACT = st.tuples(st.sampled_from(STEPS), st.sampled_from("123"), st.integers(0, 5), st.sampled_from("ABCD"), st.sampled_from([0, 0, -30]))


def rows(engine: Engine) -> list[list[Any]]:
    with engine.connect() as connection:
        return [sorted(map(str, connection.execute(select(table)).mappings())) for table in (TICKETS, CALLS, LANES)]


def events(engine: Engine) -> list[dict[str, Any]]:
    with engine.connect() as connection:
        asked = select(EVENTS).where(EVENTS.c.kind.startswith("ticket.")).order_by(EVENTS.c.seq)
        return [event_of(row) for row in connection.execute(asked).mappings()]


def apply_all(engine: Engine, given: list[dict[str, Any]]) -> None:
    """Until nothing is left: what comes too early is tried again, as the projector does it."""
    while given:
        with Session(engine) as session, session.begin():
            left = [one.event for one in attempt(session, given)]
        assert len(left) < len(given)
        given = left


def empty(engine: Engine) -> None:
    with engine.begin() as connection:
        for table in (CALLS, TICKETS, LANES):
            connection.execute(delete(table))


@pytest.fixture(scope="module")
def halls() -> Iterator[tuple[Hall, Hall]]:
    with tempfile.TemporaryDirectory() as folder:
        made = []
        for name in ("one", "two"):
            engine = open_engine(Path(folder) / f"{name}.db", writing=True)
            SQLModel.metadata.create_all(engine)
            made.append(furnish(engine))
        yield made[0], made[1]
        for hall in made:
            hall.engine.dispose()


def act(hall: Hall, acts: list[tuple[str, str, int, str, int]]) -> None:
    for step, counter, number, queue, minutes in acts:
        hall.now += timedelta(minutes=minutes)
        visits = sorted(hall.tickets(), key=lambda one: one.id)
        if number >= len(visits):
            hall.take("A" if queue in "AC" else "B")
            continue
        try:
            hall.step(step, counter, None if step == "call_next" else visits[number].id, **({"queue": queue} if step == "transfer" else {}))
        except KioskError:
            continue


@given(acts=st.lists(ACT, max_size=40), seed=st.integers(0, 2**32))
@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
def test_in_any_order_and_doubled_the_same_rows_come_of_them(halls: tuple[Hall, Hall], acts: list[Any], seed: int):
    hall, other = halls
    for one in halls:
        empty(one.engine)
    with hall.engine.begin() as connection:
        connection.execute(delete(EVENTS))
    hall.now = other.now
    act(hall, acts)
    told, chance = events(hall.engine), random.Random(seed)
    shuffled = told + chance.sample(told, len(told) // 2)
    chance.shuffle(shuffled)
    apply_all(other.engine, shuffled)
    assert rows(other.engine) == rows(hall.engine)
    apply_all(hall.engine, shuffled)
    assert rows(other.engine) == rows(hall.engine)


def taken(hall: Hall, number: int, minute: int, lane: str = "") -> dict[str, Any]:
    at = f"2026-03-12T01:{30 + minute}:00.000000+00:00"
    body = {"id": new_id(), "queue": "A", "business_date": "2026-03-12", "lane": lane, "serial": number, "taken_at": at, "number": "A"}
    return {"office_id": hall.office_id, "event_id": new_id(), "kind": "ticket.taken", "at": at, "actor": "device:k1", "body": body}


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_a_number_that_was_given_three_times_loses_no_visit(hall: Hall, order: tuple[int, ...]):
    """On SQLite and PostgreSQL: who came first keeps the number, the others bear a mark, whatever is known first."""
    three = [taken(hall, 51, minute) for minute in range(3)]
    apply_all(hall.engine, [three[number] for number in order])
    shown = [hall.view(one["body"]["id"]).number for one in three]
    assert shown == ["A-051", "A-051*", "A-051**"]
    assert hall.take("A").number == "A-052"
    called = [hall.step("call_next", "1")["number"]]
    for _ in range(2):
        hall.step("mark_no_show", "1", next(one.id for one in hall.tickets() if one.status == "called"))
        called.append(hall.step("call_next", "1")["number"])
    assert called == shown


def test_a_visit_that_is_over_stays_over(hall: Hall):
    """A restored node called again, later, who had been served before the backup came back."""
    visit = hall.take("A").id
    before = rows(hall.engine)
    for step in ("call_next", "start", "finish"):
        hall.step(step, "1", None if step == "call_next" else visit)
    served = events(hall.engine)
    empty(hall.engine)
    apply_all(hall.engine, served[:1])
    assert rows(hall.engine) == before
    hall.now += timedelta(minutes=5)
    hall.step("call_next", "2")
    hall.step("mark_no_show", "2", visit)
    called_again = events(hall.engine)[4:]
    apply_all(hall.engine, served + called_again)
    assert hall.view(visit).status == "done"


def test_if_the_last_event_simply_won_that_would_show(hall: Hall, monkeypatch: pytest.MonkeyPatch):
    """The rule taken out: the test above must say no, or it proves nothing."""
    monkeypatch.setattr(queue_events, "stands_over", lambda *_: True)
    with pytest.raises(AssertionError):
        test_a_visit_that_is_over_stays_over(hall)


def test_a_clock_that_is_set_back_turns_no_visit_round(hall: Hall):
    visit = hall.take("A")
    hall.now -= timedelta(minutes=30)
    called = hall.step("call_next", "1")
    assert called["called_at"] > visit.taken_at
    hall.step("start", "1", visit.id)
    assert hall.step("finish", "1", visit.id)["ended_at"] > called["called_at"]


def test_a_restored_node_s_own_lane_is_its_epoch(hall: Hall):
    from kiosk.sync.rejoin import draw_epoch

    assert hall.take("A").number == "A-001"
    hall.do(lambda session, office_id, now: draw_epoch(session, office_id=office_id, at=now))
    assert [hall.take("A").number for _ in range(2)] == ["A-R2-001", "A-R2-002"]
