"""The index that everybody sees: which half-year, what is hidden in it, and that it never moves by one answer."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from kiosk.survey import planning
from kiosk.survey.current import current
from tests.devices.house import House, house
from tests.survey.asked import answer, published, put

TODAY = date(2026, 7, 20)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path / "data") as running:
        yield running


def told(office: House, today: date = TODAY) -> dict[str, Any]:
    with office.node.reading() as session:
        return current(session, office_id="kaltim", today=today, write=office.node.writer.write)


def test_the_published_table_is_what_everybody_sees(office: House):
    office.do(put, published("2026-07-06"))
    found = told(office)
    assert {name: found[name] for name in ("index", "grade", "n", "from", "to", "weight")} == {
        "index": "91.48", "grade": "A", "n": 29, "from": "2026-07-01", "to": "2026-07-06", "weight": "1/9",
    }  # fmt: skip
    assert found["name"] == {"id": "Juli–Desember 2026", "en": "July–December 2026"}
    assert [(one["key"], one["mean"]) for one in found["elements"]][:2] == [("fee", "4.00"), ("complaints", "3.97")]


def test_below_five_answers_there_is_no_index(office: House):
    office.do(put, [answer("2026-07-06", 1) for _ in range(4)])
    found = told(office)
    assert [found[name] for name in ("index", "grade", "n", "from", "to")] == [None] * 5
    assert (found["elements"], found["profile"]) == ([], {})


def test_a_half_year_that_has_just_begun_waits_for_thirty_answers(office: House):
    office.do(put, [answer("2026-06-02", 2) for _ in range(6)])
    office.do(put, [answer("2026-07-02", 4) for _ in range(29)])
    assert told(office)["index"] == "100.00"  # the one before has fewer than thirty too: the newest counts
    office.do(put, [answer("2026-06-02", 2) for _ in range(24)])
    assert (told(office)["index"], told(office)["to"]) == ("50.00", "2026-06-30")
    office.do(put, [answer("2026-07-03", 4) for _ in range(5)])
    assert (told(office)["index"], told(office)["from"]) == ("100.00", "2026-07-01")


def test_one_more_answer_moves_nothing(office: House):
    """Whoever asks before and after one visitor learns nothing of that visitor."""
    office.do(put, published("2026-07-06"))
    before = told(office)
    for number, day in enumerate(("2026-07-07", "2026-07-08", "2026-07-09", "2026-07-10"), 1):
        office.do(put, [answer(day, 1)])
        assert (number, told(office)) == (number, before)
    office.do(put, [answer("2026-07-13", 1)])
    assert told(office)["n"] == 34


def test_an_answer_that_comes_late_for_a_counted_day_moves_nothing(office: House):
    """From a tablet that was without a network, or from a file; also after the node began anew."""
    office.do(put, published("2026-07-06"))
    before = told(office)
    for number in range(1, 5):
        office.do(put, [answer("2026-07-06", 1)])
        assert (number, told(office)) == (number, before)
    office.restart()
    assert told(office) == before
    office.do(put, [answer("2026-07-01", 1)])
    assert told(office)["n"] == 34


def test_a_late_answer_on_an_earlier_day_does_not_take_the_count_back(office: House):
    office.do(put, published("2026-07-06"))
    office.do(put, [answer("2026-07-07", 1) for _ in range(4)] + [answer("2026-07-08", 1)])
    before = told(office)
    assert before["n"] == 34
    office.do(put, [answer("2026-07-07", 4)])
    assert told(office) == before


def test_another_weight_is_told_of_the_same_answers(office: House):
    office.do(put, published("2026-07-06"))
    told(office)
    office.do(put, [answer("2026-07-06", 1)])
    at = datetime(2026, 7, 20, tzinfo=UTC)
    words = {"office_id": "kaltim", "weight": "0.11", "applicants": None, "version": 0, "actor": "staff:one@here", "at": at}
    office.do(lambda session: planning.set_setting(session, **words).version)
    assert [told(office)[name] for name in ("n", "index", "weight")] == [29, "90.56", "0.11"]


def test_todays_answers_are_seen_tomorrow(office: House):
    office.do(put, published("2026-07-20"))
    assert told(office)["index"] is None
    assert told(office, date(2026, 7, 21))["index"] == "91.48"


def test_small_groups_are_hidden_and_nobody_is_told_by_what_is_left(office: House):
    office.do(put, [answer("2026-07-06", sex="L") for _ in range(20)])
    office.do(put, [answer("2026-07-06", sex="P") for _ in range(2)])
    office.do(put, [answer("2026-07-06", 4, fee=None) for _ in range(10)])
    found = told(office)
    assert {one["key"]: one["n"] for one in found["profile"]["sex"]} == {"L": 20, "P": None}
    assert found["profile"]["education"] == []  # nobody told it
    office.do(put, [answer("2026-07-07", education=one) for one in ("S1",) * 5 + ("SMA",) * 3])
    assert {one["key"]: one["n"] for one in told(office)["profile"]["education"]} == {"S1": None, "SMA": None}


def test_an_element_that_few_answered_has_no_value_nor_the_one_that_would_give_it_away(office: House):
    for element, count in (("fee", 20), ("procedure", 30), ("product", 4)):
        office.do(put, [answer("2026-07-06", {element: 4}) for _ in range(count)])
    assert {one["key"]: one["mean"] for one in told(office)["elements"]} == {"fee": None, "procedure": "4.00", "product": None}


def test_an_element_without_a_value_has_no_place_in_the_order_either(office: House):
    office.do(put, [answer("2026-07-06", {"requirements": 2, "procedure": 3}) for _ in range(30)])
    office.do(put, [answer("2026-07-06", {"fee": 4}) for _ in range(20)])
    office.do(put, [answer("2026-07-06", {"product": 4}) for _ in range(4)])
    found = [(one["key"], one["mean"]) for one in told(office)["elements"]]
    assert found == [("procedure", "3.00"), ("requirements", "2.00"), ("fee", None), ("product", None)]
