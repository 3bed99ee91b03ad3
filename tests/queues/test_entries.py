"""Numbers of lanes, handed in: each once, in the order of arrival, beside the node's own; on SQLite and PostgreSQL."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, SQLModel, select

from kiosk.core.db import open_engine
from kiosk.core.ids import new_id
from kiosk.devices.entries import Entry
from kiosk.devices.errors import EntryWrong, ForeignLane, KeptAside
from kiosk.devices.service import DeviceIdentity, enrol, revoke
from kiosk.queues import entries
from kiosk.queues.errors import QueueUnknown
from kiosk.queues.model import LaneCounter
from kiosk.queues.picture import desk
from kiosk.queues.rules import number_text
from tests.queues.conftest import Hall, furnish

K1, K2 = (DeviceIdentity(f"kios-{n}", f"Kios {n}", "kiosk", f"K{n}") for n in (1, 2))


def issued(serial: int, lane: str = "K1", queue: str = "A", **more) -> dict:
    return {"queue": queue, "lane": lane, "serial": serial, "date": "2026-03-12", "number": f"{queue}-{lane}-{serial:03d}", **more}


def hand(hall: Hall, device: DeviceIdentity, body: dict, *, entry_id: str | None = None, minutes: float = 0) -> dict:
    """`minutes`: how long ago it was issued."""

    def take(session, office_id, now):
        entry = Entry(office_id, entry_id or new_id(), "ticket.taken", body, now - timedelta(minutes=minutes))
        return entries.take_in(session, device, entry, now)

    return hall.do(take)


def line(hall: Hall, counter: str = "1") -> list[str]:
    shown = hall.do(lambda session, office_id, now: desk(session, office_id=office_id, counter=counter, now=now))
    return [row["number"] for row in shown["waiting"]]


def test_numbers_of_lanes_enter_the_line_by_their_time_of_arrival(hall: Hall):
    first = hall.take()
    hall.now += timedelta(minutes=10)
    hall.take()
    assert hand(hall, K2, issued(1, "K2"), minutes=4) == {"number": "A-K2-001", "business_date": "2026-03-12"}
    hand(hall, K1, issued(1), minutes=6)
    hand(hall, K1, issued(2), minutes=2)
    assert line(hall) == ["A-001", "A-K1-001", "A-K2-001", "A-K1-002", "A-002"]
    assert hall.view(first.id).ahead == 0
    assert hall.step("call_next", "1")["number"] == "A-001"
    assert hall.step("call_next", "2")["number"] == "A-K1-001"


def test_the_event_has_the_shape_of_the_node_s_own_and_the_same_again_is_nothing(hall: Hall):
    entry_id = new_id()
    for _ in range(2):
        hand(hall, K2, issued(3, "K2"), entry_id=entry_id)
    assert hall.kinds() == ["ticket.taken"]
    assert [(row.id, row.lane, row.serial, row.device_id) for row in hall.tickets()] == [(entry_id, "K2", 3, "kios-2")]
    late = hall.take(ticket_id=entry_id)  # the touch itself arrives after all
    assert (late.number, late.new) == ("A-K2-003", False)


def test_a_touch_whose_answer_was_lost_is_one_visit_with_the_number_that_was_shown(hall: Hall):
    touch = hall.take()
    hall.take()
    told = hand(hall, K1, issued(1), entry_id=touch.id)
    assert told["number"] == "A-K1-001"
    assert line(hall) == ["A-K1-001", "A-002"]  # its place is kept, A-001 is burned
    assert hall.take().number == "A-003"
    assert hall.kinds().count("ticket.renumbered") == 1
    hand(hall, K1, issued(1), entry_id=touch.id)
    assert hall.kinds().count("ticket.renumbered") == 1


def test_who_was_called_by_a_number_that_nobody_saw_waits_again_in_the_old_place(hall: Hall):
    touch = hall.take()
    hall.take()
    hall.step("call_next", "1")
    hall.step("mark_no_show", "1", touch.id)
    assert line(hall) == ["A-002"]
    hand(hall, K1, issued(1), entry_id=touch.id)
    assert line(hall) == ["A-K1-001", "A-002"]


def test_one_number_for_two_visits_is_a_copied_device_and_both_are_kept(hall: Hall):
    hand(hall, K1, issued(5))
    with pytest.raises(entries.NumberTwice, match="A-K1-005") as refused:
        hand(hall, K1, issued(5))
    assert refused.value.copied
    assert len(hall.tickets()) == 1


def test_a_lane_of_another_device_is_refused_and_that_of_a_replaced_one_is_not(hall: Hall):
    lobby = hall.do(lambda session, office_id, now: enrol(session, office_id=office_id, name="L", kind="kiosk", at=now, actor="cli"))
    stranger = DeviceIdentity("x", "X", "kiosk", "K9")
    with pytest.raises(ForeignLane):
        hand(hall, stranger, issued(1, "K1"))
    hall.do(lambda session, office_id, now: revoke(session, office_id=office_id, device_id=lobby.device_id, at=now, actor="cli"))
    assert hand(hall, stranger, issued(1, "K1"))["number"] == "A-K1-001"


@pytest.mark.parametrize("change", [{"serial": 0}, {"serial": 100_000}, {"serial": "x"}, {"lane": ""}, {"lane": "k1"}, {"queue": ""}])
def test_what_is_no_number_is_refused(hall: Hall, change: dict):
    with pytest.raises(EntryWrong):
        hand(hall, K1, issued(1) | change)


def test_a_queue_that_is_not_there_yet_and_an_id_of_another_queue(hall: Hall):
    with pytest.raises(QueueUnknown):
        hand(hall, K1, issued(1, queue="Z"))
    touch = hall.take("A")
    with pytest.raises(KeptAside):
        hand(hall, K1, issued(1, queue="B"), entry_id=touch.id)
    assert hall.kinds() == ["ticket.taken"]


def test_a_number_is_taken_in_after_closing_time_and_filed_under_the_day_on_which_it_arrived(hall: Hall):
    hall.always_open = False
    hall.now += timedelta(hours=20)  # the next morning, before the doors open
    assert hand(hall, K1, issued(4), minutes=20 * 60 - 30)["business_date"] == "2026-03-12"
    assert hand(hall, K1, issued(5), minutes=1)["business_date"] == "2026-03-13"


STEPS = st.lists(
    st.tuples(st.sampled_from(["node", "K1", "K2", "lost", "give", "again"]), st.sampled_from("AB"), st.integers(0, 10**6)), max_size=40
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(STEPS)
def test_whatever_is_issued_where_no_number_is_given_twice_and_each_visit_is_there_once(tmp_path_factory, steps):
    """The node's lane and two devices', touches whose answers were lost, entries in any order and doubled."""
    engine = open_engine(tmp_path_factory.mktemp("lanes") / "office.db", writing=True)
    SQLModel.metadata.create_all(engine)
    hall, last = furnish(engine), {}
    shown: dict[str, str] = {}
    waiting: list[tuple[DeviceIdentity, str, dict]] = []
    for what, queue, pick in steps:
        if what == "node":
            ticket = hall.take(queue)
            shown[ticket.id] = ticket.number
        elif what in {"K1", "K2", "lost"}:
            device, visit = (K2 if what == "K2" else K1), new_id()
            if what == "lost":
                hall.take(queue, visit)
            serial = last[device.lane, queue] = last.get((device.lane, queue), 0) + 1
            body = issued(serial, device.lane, queue)
            waiting.append((device, visit, body))
            shown[visit] = body["number"]
        elif waiting:
            entry = waiting[pick % len(waiting)] if what == "again" else waiting.pop(pick % len(waiting))
            hand(hall, entry[0], entry[2], entry_id=entry[1])
    for device, visit, body in waiting:
        hand(hall, device, body, entry_id=visit)
    tickets = {row.id: number_text(row.queue, row.lane, row.serial) for row in hall.tickets()}
    assert tickets == shown
    assert len(set(shown.values())) == len(shown)
    with Session(engine) as session:
        counters = {(row.lane, row.queue): row.last for row in session.exec(select(LaneCounter))}
    for (lane, queue), serial in last.items():
        assert counters[lane, queue] == serial
        assert sorted(row.serial for row in hall.tickets() if (row.lane, row.queue) == (lane, queue)) == list(range(1, serial + 1))
    engine.dispose()


def test_a_ticket_of_a_lane_is_one_like_any_other(hall: Hall):
    entry_id = new_id()
    hand(hall, K1, issued(1), entry_id=entry_id)
    view = hall.view(entry_id)
    assert (view.number, view.ahead, view.status) == ("A-K1-001", 0, "waiting")
