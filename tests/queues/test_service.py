"""What visitors and officers do, on SQLite and PostgreSQL."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlmodel import Session, select

from kiosk.core.ids import new_id
from kiosk.core.office import Holiday
from kiosk.queues import picture, service
from kiosk.queues.errors import (
    ByTransferOnly,
    CounterBusy,
    CounterUnknown,
    OfficeClosed,
    OtherCounter,
    QueueUnknown,
    SameQueue,
    StepNotAllowed,
    TicketConflict,
    TicketUnknown,
)
from kiosk.sync.outbox import OutboxEvent
from tests.queues.conftest import COUNTERS, MORNING, QUEUES, furnish


def test_numbers_of_a_lane_count_from_one(hall):
    assert [hall.take(queue).number for queue in "AABA"] == ["A-001", "A-002", "B-001", "A-003"]


def test_the_same_id_gives_the_same_ticket(hall):
    first = hall.take("A")
    again = hall.take("A", first.id)
    assert (first.new, again.new, again.number) == (True, False, "A-001")
    assert hall.take("A").number == "A-002"
    assert hall.kinds() == ["ticket.taken"] * 2


def test_an_id_belongs_to_one_queue(hall):
    ticket = hall.take("A")
    with pytest.raises(TicketConflict):
        hall.take("B", ticket.id)


def test_ahead_counts_who_waits_in_the_same_queue(hall):
    assert [hall.take("A").ahead for _ in range(3)] == [0, 1, 2]
    third = hall.take("B")
    assert third.ahead == 0
    last = hall.take("A")
    hall.step("call_next", "1")
    assert hall.view(last.id).ahead == 2


def test_a_queue_reached_by_transfer_gives_no_numbers(hall):
    with pytest.raises(ByTransferOnly):
        hall.take("C")


@pytest.mark.parametrize("queue", ["X", "", "AA"])
def test_an_unknown_queue_gives_no_numbers(hall, queue):
    with pytest.raises(QueueUnknown):
        hall.take(queue)
    assert hall.tickets() == []


def test_serials_restart_with_the_office_s_own_day(hall):
    """WITA is UTC+8: the day changes at 16:00 UTC."""
    hall.now = datetime(2026, 3, 12, 15, 59, tzinfo=UTC)
    before = hall.take()
    hall.now = datetime(2026, 3, 12, 16, 0, tzinfo=UTC)
    after = hall.take()
    assert (before.number, before.business_date) == ("A-001", "2026-03-12")
    assert (after.number, after.business_date, after.ahead) == ("A-001", "2026-03-13", 0)


def test_outside_hours_it_says_when_it_opens(hall):
    hall.always_open = False
    known = hall.take()
    hall.now = datetime(2026, 3, 13, 4, 0, tzinfo=UTC)  # Friday noon
    with pytest.raises(OfficeClosed, match="Monday, 16 March 2026, 08:00"):
        hall.take()
    assert hall.take("A", known.id).number == known.number, "what was accepted stays, after closing too"
    queues = hall.do(service.list_queues, always_open=False)
    assert {(queue["open"], queue["opens_at"]) for queue in queues} == {(False, "2026-03-16T08:00:00+08:00")}


def test_a_free_day_of_the_calendar_closes_the_office(hall):
    hall.always_open = False
    with Session(hall.engine) as session:
        session.add(Holiday(office_id="kaltim", day=date(2026, 3, 12), name="Libur", kind="nasional"))
        session.commit()
    with pytest.raises(OfficeClosed):
        hall.take()


def test_tickets_of_another_office_are_unknown_here(hall):
    mine = hall.take()
    other = furnish(hall.engine, "rohil", "Asia/Jakarta")
    other.now = hall.now
    with pytest.raises(TicketUnknown):
        other.view(mine.id)
    with pytest.raises(TicketUnknown):
        other.step("start", "1", mine.id)
    assert other.step("call_next", "1") is None
    assert other.take("A", mine.id).number == "A-001", "the same id in another office is another ticket"
    assert hall.view(mine.id).status == "waiting"


def test_who_waits_longest_is_called_first_whatever_the_queue(hall):
    taken = [hall.take(queue) for queue in "BAAB"]
    called = []
    for _ in taken:
        visit = hall.step("call_next", "2")
        called.append(visit["number"])
        hall.step("mark_no_show", "2", visit["id"])
    assert called == [ticket.number for ticket in taken]
    assert hall.step("call_next", "2") is None


def test_a_counter_calls_from_its_own_queues_only(hall):
    hall.take("B")
    assert hall.step("call_next", "1") is None


def test_a_counter_has_one_visitor_at_a_time(hall):
    hall.take()
    hall.take()
    visit = hall.step("call_next", "1")
    for step in ("call_next", "recall"):
        with pytest.raises(CounterBusy, match="A-001"):
            hall.step(step, "1", *([visit["id"]] if step == "recall" else []))
    hall.step("start", "1", visit["id"])
    with pytest.raises(CounterBusy):
        hall.step("call_next", "1")
    hall.step("finish", "1", visit["id"])
    assert hall.step("call_next", "1")["number"] == "A-002"


def test_a_whole_visit(hall):
    """Information -> registration by transfer, with the same number -> done; every step is in the outbox, in order."""
    ticket = hall.take("B")
    hall.step("call_next", "2")
    hall.step("call_again", "2", ticket.id)
    hall.step("start", "2", ticket.id)
    hall.step("transfer", "2", ticket.id, queue="C")
    waiting = hall.view(ticket.id)
    assert (waiting.number, waiting.queue, waiting.current_queue, waiting.status, waiting.counter) == ("B-001", "B", "C", "waiting", None)
    assert hall.step("call_next", "3")["number"] == "B-001"
    assert hall.view(ticket.id).counter_name == "Loket 3"
    hall.step("start", "3", ticket.id)
    hall.step("finish", "3", ticket.id)
    assert hall.view(ticket.id).status == "done"
    steps = ["taken", "called", "called", "started", "transferred", "called", "started", "finished"]
    assert hall.kinds() == [f"ticket.{step}" for step in steps]


def test_a_transfer_goes_to_the_end_of_the_other_queue(hall):
    moved = hall.take("A")
    hall.take("B")
    hall.step("call_next", "1")
    hall.step("transfer", "1", moved.id, queue="B")
    assert hall.view(moved.id).ahead == 1
    assert hall.step("call_next", "2")["number"] == "B-001"


def test_a_transfer_leads_to_another_queue_that_exists(hall):
    ticket = hall.take()
    hall.step("call_next", "1")
    with pytest.raises(SameQueue):
        hall.step("transfer", "1", ticket.id, queue="A")
    with pytest.raises(QueueUnknown):
        hall.step("transfer", "1", ticket.id, queue="X")
    assert hall.view(ticket.id).status == "called"


def test_only_the_counter_that_called_goes_on(hall):
    ticket = hall.take()
    hall.step("call_next", "1")
    for step in ("call_again", "start", "mark_no_show", "finish"):
        with pytest.raises(StepNotAllowed):
            hall.step(step, "2", ticket.id)
    with pytest.raises(CounterUnknown):
        hall.step("start", "9", ticket.id)
    assert hall.kinds() == ["ticket.taken", "ticket.called"]


def test_who_was_absent_can_be_called_back_today(hall):
    ticket = hall.take("A")
    hall.step("call_next", "1")
    hall.step("mark_no_show", "1", ticket.id)
    with pytest.raises(OtherCounter):
        hall.step("recall", "3", ticket.id)
    assert hall.step("recall", "2", ticket.id)["status"] == "called"
    hall.step("mark_no_show", "2", ticket.id)
    hall.now += timedelta(days=1)
    with pytest.raises(StepNotAllowed):
        hall.step("recall", "2", ticket.id)


def test_yesterday_is_over(hall):
    """Who waited yesterday is not called today, and an open visit of yesterday does not block the counter."""
    hall.take()
    left = hall.take()
    called = hall.step("call_next", "1")
    hall.now += timedelta(days=1)
    assert hall.step("call_next", "1") is None
    assert hall.view(left.id).today is False
    with pytest.raises(StepNotAllowed):
        hall.step("start", "1", called["id"])
    assert hall.do(picture.picture)["calls"] == []


def test_the_board_shows_each_visit_once_newest_first_and_no_ticket_ids(hall):
    tickets = [hall.take() for _ in range(7)]
    for ticket in tickets:
        hall.step("call_next", "1")
        hall.step("call_again", "1", ticket.id)
        hall.step("mark_no_show", "1", ticket.id)
    shown = hall.do(picture.picture)
    assert [call["number"] for call in shown["calls"]] == [f"A-{n:03d}" for n in (7, 6, 5, 4, 3)]
    assert shown["calls"][0]["counter_name"] == "Loket 1"
    assert not any(ticket.id in json.dumps(shown) for ticket in tickets), "an id is the holder's key"


def test_the_officer_sees_the_line_of_the_counter(hall):
    for queue in "ABD":
        hall.take(queue)
    visit = hall.step("call_next", "2")
    hall.step("start", "2", visit["id"])
    hall.now += timedelta(minutes=6)
    hall.step("finish", "2", visit["id"])
    away = hall.step("call_next", "2")
    hall.step("mark_no_show", "2", away["id"])
    hall.take("A")
    seen = hall.do(picture.desk, counter="2")
    assert [line["number"] for line in seen["waiting"]] == ["A-002"]
    assert [line["number"] for line in seen["absent"]] == ["B-001"]
    assert (seen["current"], seen["waiting_count"], seen["today"]) == (None, 1, {"served": 1, "minutes": 6.0, "absent": 1})


def test_the_same_seed_again_changes_and_records_nothing(hall):
    def load(**words):
        with Session(hall.engine) as session:
            changed = service.load(session, office_id="kaltim", at=MORNING, **words)
            session.commit()
            return changed, len(session.exec(select(OutboxEvent)).all())

    assert load(queues=QUEUES, counters=COUNTERS) == (False, 1)
    renamed = [QUEUES[0].model_copy(update={"name": "Meja Informasi"}), *QUEUES[1:]]
    assert load(queues=renamed, counters=COUNTERS) == (True, 2)
    assert hall.do(service.list_queues)[0]["name"] == "Meja Informasi"


def test_a_queue_that_the_seed_no_longer_names_takes_no_numbers_and_keeps_its_tickets(hall):
    ticket = hall.take("D")
    with Session(hall.engine) as session:
        rest = [counter.model_copy(update={"queues": [q for q in counter.queues if q != "D"]}) for counter in COUNTERS]
        service.load(session, office_id="kaltim", queues=QUEUES[:3], counters=rest, at=MORNING)
        session.commit()
    with pytest.raises(QueueUnknown):
        hall.take("D")
    assert hall.view(ticket.id).number == "D-001"
    assert [queue["code"] for queue in hall.do(service.list_queues)] == ["A", "B", "C"]


def test_a_counter_that_serves_an_unknown_queue_loads_nothing(hall):
    with Session(hall.engine) as session, pytest.raises(QueueUnknown):
        service.load(session, office_id="kaltim", queues=QUEUES[:1], counters=COUNTERS, at=MORNING)
    assert len(hall.do(service.list_queues)) == 4


def test_an_unknown_id_is_unknown(hall):
    with pytest.raises(TicketUnknown):
        hall.view(new_id())
