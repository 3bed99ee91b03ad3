"""What an officer reads at the counter."""

from datetime import timedelta

from kiosk.core.clock import stored
from kiosk.queues.counter import lines
from tests.queues.conftest import MORNING

LATER = MORNING + timedelta(minutes=16, seconds=40)
ROW = {"id": "x", "number": "B-012", "current_queue": "B", "status": "called", "taken_at": stored(MORNING), "joined_at": stored(MORNING)}
QUEUES = [{"code": code, "name": code, "name_en": code} for code in "AB"]


def test_times_are_the_office_s_and_waiting_is_told_in_whole_minutes():
    shown = lines.visit({**ROW, "called_at": stored(LATER), "calls": 2}, "Asia/Makassar", LATER)
    assert (shown["came"], shown["called"], shown["waited"], shown["calls"]) == ("09.42", "09.58", "16", "2")


def test_an_empty_counter_has_every_text_empty():
    assert set(lines.visit(None, "Asia/Makassar", LATER).values()) == {""}
    assert set(lines.visit(None, "Asia/Makassar", LATER)) == set(
        lines.visit({**ROW, "called_at": stored(LATER), "calls": 1}, "Asia/Jakarta", LATER)
    )


def test_a_clock_that_was_set_back_gives_no_negative_minutes():
    assert lines.line([{**ROW, "queue": "B"}], MORNING - timedelta(hours=1))[0]["minutes"] == "0"


def test_a_visit_is_not_transferred_to_the_queue_where_it_stands():
    assert [target["code"] for target in lines.targets(QUEUES, "B")] == ["A"]
