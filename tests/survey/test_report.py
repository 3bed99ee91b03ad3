"""The report that the staff's page draws: the published table to the last digit, small groups hidden."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.survey import counted, planning, spans
from kiosk.survey.counted import step
from kiosk.survey.desk.forms import asked
from kiosk.survey.hiding import hidden
from kiosk.survey.index import FEWEST, OLD
from kiosk.survey.model import SurveyOldAnswer
from kiosk.survey.onscreen import older
from kiosk.survey.onscreen.screen import _filters
from kiosk.survey.onscreen.whole import Report, read
from kiosk.survey.planning import Place, Words
from tests.devices.house import House, house
from tests.survey.asked import answer, published, put

TODAY = date(2026, 3, 12)
WHO = {"office_id": "kaltim", "actor": "staff:one@here", "at": datetime(2026, 3, 12, tzinfo=UTC)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path / "data") as running:
        yield running


def report(office: House, today: date = TODAY, **form: str) -> Report:
    with office.node.reading() as session:
        return read(session, asked("kaltim", form, today))


def test_the_published_table_comes_out_to_the_last_digit(office: House):
    office.do(put, published("2026-03-09"))
    found = report(office)
    assert (found.n, found.index, found.index_en, found.grade, found.grade_name) == ("29", "91,48", "91.48", "A", "Sangat baik")
    assert {one.key: one.mean for one in found.elements} == {
        "requirements": "3,62", "procedure": "3,48", "completion_time": "3,45", "fee": "4,00", "product": "3,52", "competence": "3,62",
        "behaviour": "3,66", "facilities": "3,62", "complaints": "3,97",
    }  # fmt: skip
    assert [one.key for one in found.elements if one.weak] == ["product", "procedure", "completion_time"]
    assert [(one.key, one.version) for one in found.plan] == [("completion_time", 0), ("procedure", 0), ("product", 0)]
    office.do(lambda s: planning.set_setting(s, weight="0.11", applicants=60, version=0, **WHO).version)
    again = report(office)
    assert (again.index, again.grade, again.weight) == ("90,56", "A", "0,11")
    assert (again.population, again.needed, again.short) == ("dari 30 pemohon", "28", "")


def test_the_four_answers_of_an_element_stand_side_by_side(office: House):
    office.do(put, [answer("2026-03-09", score) for score in (1, 2, 3, 4, 4, 4, 4, 4)])
    parts = report(office).answers[0].parts
    assert [(part.score, part.count, part.x, part.width, part.inside) for part in parts] == [
        (1, "1", "0%", "12.5%", True), (2, "1", "12.5%", "12.5%", True), (3, "1", "25%", "12.5%", True), (4, "5", "37.5%", "62.5%", True),
    ]  # fmt: skip


def test_fewer_than_five_answers_show_nothing(office: House):
    office.do(put, [answer("2026-03-09", 1, suggestion="Saya yang ketiga") for _ in range(4)])
    found = report(office)
    assert (found.shown, found.n, found.index, found.elements, found.suggestions, found.until) == (False, "", "", [], [], "")
    assert found.waiting == 4


def test_a_group_of_fewer_than_five_is_hidden_and_so_is_who_would_give_it_away(office: House):
    office.do(put, [answer("2026-03-09", sex="L") for _ in range(40)])
    office.do(put, [answer("2026-03-09", 1, sex="P") for _ in range(3)])
    office.do(put, [answer("2026-03-09") for _ in range(9)])
    rows = {one.key: (one.count, one.few) for one in report(office).profile[0].rows}
    assert rows == {"L": ("40", False), "P": ("", True), "": ("", True)}


def test_an_element_that_few_answered_has_neither_value_nor_place_nor_plan(office: House):
    office.do(put, [answer("2026-03-09", {"fee": 4, "procedure": 2, "requirements": 3, "complaints": 3}) for _ in range(20)])
    office.do(put, [answer("2026-03-09", {"product": 1, "fee": 4}) for _ in range(4)])
    found = report(office)
    hidden = {one.key for one in found.elements if one.few}
    assert "product" in hidden
    assert len(hidden) == 2  # one alone could be computed from the index
    assert all((one.mean, one.x) == ("", "") for one in found.elements if one.few)
    assert hidden.isdisjoint({one.key for one in found.answers} | {one.key for one in found.plan})


def test_todays_answers_are_not_counted_yet(office: House):
    office.do(put, published("2026-03-11"))
    office.do(put, [answer("2026-03-12", 1, suggestion="Hari ini") for _ in range(20)])
    found = report(office)
    assert (found.n, found.index, found.until_text, found.waiting, found.suggestions) == ("29", "91,48", "11-03-2026", 20, [])
    assert report(office, date(2026, 3, 13)).n == "49"


def test_a_filter_shows_its_answers_and_no_others(office: House):
    office.do(put, [answer("2026-03-02", 4, service="izin", place="Loket 1", holder=True) for _ in range(6)])
    office.do(put, [answer("2026-02-02", 2) for _ in range(7)])
    filters = (
        {"holders": "holder"},
        {"holders": "walk_up"},
        {"service": "izin"},
        {"place": "Loket 1"},
        {"place": "-"},
        {"span": "2026-02"},
    )
    assert [report(office, **form).index for form in filters] == ["100,00", "50,00", "100,00", "100,00", "50,00", "50,00"]
    assert [(one.key, one.index, one.few) for one in report(office).months] == [("2026-02", "50,00", False), ("2026-03", "100,00", False)]


def test_files_are_of_the_period_and_service_that_are_shown_and_of_nothing_else(office: House):
    """An address is made of the service's id, whatever stands in it; no file is of a counter group or of ticket holders."""
    office.do(put, [answer("2026-03-02", 4, service="izin & lain=1", place="Loket 1", holder=True) for _ in range(9)])
    found = dict(parse_qsl(report(office, service="izin & lain=1").query))
    assert found == {"from": "2026-01-01", "to": "2026-06-30", "service": "izin & lain=1"}
    assert [
        report(office, **form).query for form in ({"holders": "holder"}, {"holders": "walk_up"}, {"place": "Loket 1"}, {"place": "-"})
    ] == [""] * 4
    assert dict(parse_qsl(report(office).query)) == {"from": "2026-01-01", "to": "2026-06-30"}


def test_choices_that_are_bare_text_are_named_in_both_languages():
    """The style sheet cannot hide one language inside a list to choose from."""
    drawn = str(_filters()).replace("\\u00b7", "·")
    for words in ("Semua · All", "ponsel sendiri · own phone"):
        assert words in drawn
    assert '"*"' not in drawn


def put_old(office: House, count: int, day: str = "2011-03-09", **more: Any) -> None:
    """Answers by the older scheme: 3 throughout, and 4 in u1; nobody answered u14."""
    scores = {**dict.fromkeys(OLD.elements[:-1], 3), "u1": 4}
    rows = [{"office_id": "kaltim", "id": str(uuid4()), "source": "a", "day": day, "scores": scores, **more} for _ in range(count)]
    office.do(lambda session: session.add_all(SurveyOldAnswer(**row) for row in rows))


def older_report(office: House, today: date = TODAY, **form: str) -> Report:
    with office.node.reading() as session:
        return older.read(session, asked("kaltim", form, today))


def test_a_year_of_fourteen_elements_is_computed_by_their_own_scheme(office: House):
    put_old(office, 4)
    assert not older_report(office, span="2011").shown
    put_old(office, 1)
    found = older_report(office, span="2011")
    assert (found.shown, found.old, found.n, found.index, found.weight, found.grade, found.grade_name) == (
        True, True, "5", "76,46", "0,071", "B", "",
    )  # fmt: skip
    assert [(one.key, one.mean, one.grade) for one in found.elements[:2]] == [("u1", "4,00", "A"), ("u2", "3,00", "B")]
    assert (len(found.elements), sum(one.weak for one in found.elements)) == (13, 3)
    assert [mark.edge for mark in found.scale] == ["25,00", "43,76", "62,51", "81,26"]
    assert [mark.edge for mark in found.element_marks] == ["1,00", "1,75", "2,50", "3,25"]
    assert (found.months, found.plan, found.answers, found.suggestions, found.population) == ([], [], [], [], "")
    office.do(put, [answer("2011-05-01", 1)])
    assert not older_report(office, span="2011").shown, "two schemes are never one report"


def test_a_service_of_the_older_scheme_is_not_shown_by_itself(office: House):
    put_old(office, 9, service="izin")
    put_old(office, 1)
    assert (older_report(office, span="2011").n, older_report(office, span="2011", service="izin").shown) == ("10", False)


def test_years_of_the_older_scheme_can_be_chosen(office: House):
    put_old(office, 5)
    with office.node.reading() as session:
        found = counted.earliest(session.connection(), "kaltim")
    assert found == date(2011, 3, 9)
    listed = spans.choices(found, TODAY)
    assert [one.code for one in listed["year"]] == [str(year) for year in range(2026, 2010, -1)]
    assert listed["half"][-1].code == "2024-S1"


def test_a_month_of_few_answers_has_no_point_and_no_line_goes_through_it(office: House):
    for month, count in (("01", 6), ("02", 4), ("03", 6)):
        office.do(put, [answer(f"2026-{month}-02", 3) for _ in range(count)])
    found = report(office)
    assert [(one.key, one.few, one.count) for one in found.months] == [
        ("2026-01", True, ""),
        ("2026-02", True, ""),
        ("2026-03", False, "6"),
    ], "the quarter's 16 without January's and March's would be February's four"
    assert found.strokes == []


def test_a_month_that_its_quarter_would_give_away_is_withheld(office: House):
    """Of 45, January's 20 and February's 23 leave March's two."""
    for day, count in (("01-02", 20), ("02-02", 20), ("03-02", 2), ("03-10", 3)):
        office.do(put, [answer(f"2026-{day}", 3) for _ in range(count)])
    today, of_march = date(2026, 3, 10), [("2026-Q1", "40"), ("2026-01", "20"), ("2026-02", "20")]
    assert [(span, report(office, today, span=span).n) for span, _ in of_march] == of_march, "March's two are told by nothing yet"
    office.do(put, [answer("2026-02-27", 3) for _ in range(3)])
    found = [(report(office, today, span=span).shown, report(office, today, span=span).n) for span, _ in of_march]
    assert found == [(True, "45"), (False, ""), (True, "23")]
    assert [(one.key, one.few) for one in report(office, today, span="2026-02").months] == [("2026-01", True), ("2026-02", False)]


def test_a_filter_does_not_tell_of_the_one_who_is_left(office: House):
    """Everybody's scores and suggestions without those of the 29 would be the thirtieth's."""
    office.do(put, [answer("2026-03-09", 4) for _ in range(29)])
    office.do(put, [answer("2026-03-09", 1, holder=True, service="izin", place="Loket 1", suggestion="Saya sendiri")])
    assert report(office).n == "30"
    for form in ({"holders": "walk_up"}, {"place": "-"}, {"holders": "holder"}, {"service": "izin"}):
        found = report(office, **form)
        assert (form, found.shown, found.n, found.index, found.elements, found.suggestions) == (form, False, "", "", [], [])


def test_two_filters_do_not_tell_of_those_whom_neither_means(office: House):
    """All, without the service's and the ticket holders', and again with those who are both: three others."""
    for service, holder, count in (("a", True, 20), ("a", False, 5), ("b", True, 30), ("b", False, 3)):
        office.do(put, [answer("2026-03-09", service=service, holder=holder) for _ in range(count)])
    assert report(office, service="a").n == "25"
    assert report(office, holders="holder").n == "50"
    assert not report(office, service="a", holders="holder").shown
    office.do(put, [answer("2026-03-09", service="b") for _ in range(2)])
    assert report(office, service="a", holders="holder").n == "20"


def test_a_service_with_one_answer_a_day_moves_by_five(office: House):
    for day in range(1, 12):
        rows = [answer(f"2026-03-{day:02}", service="b") for _ in range(9)]
        office.do(put, [*rows, answer(f"2026-03-{day:02}", 1, service="a", suggestion=f"hari {day}")])
    seen = [(report(office, date(2026, 3, day), service="a").n, report(office, date(2026, 3, day)).n) for day in range(2, 13)]
    assert [one for one, _ in seen] == [""] * 4 + ["5"] * 5 + ["10"] * 2
    assert [all_ for _, all_ in seen] == [str(10 * day) for day in range(1, 12)]
    assert len(report(office, date(2026, 3, 8), service="a").suggestions) == 5


def test_the_plan_is_for_the_office_or_a_service(office: House):
    office.do(put, [answer("2026-03-09", service="izin", holder=number < 9, place="Loket 1" * (number < 9)) for number in range(20)])
    assert len(report(office).plan) == len(report(office, service="izin").plan) == 3
    for form in ({"place": "Loket 1"}, {"holders": "walk_up"}, {"service": "izin", "holders": "holder"}):
        found = report(office, **form)
        assert (form, found.shown, found.plan) == (form, True, [])


def test_the_state_of_a_plan_shows_in_the_next_report(office: House):
    office.do(put, published("2025-11-10"))
    office.do(put, published("2026-03-10"))
    place, words = Place("2025-07-01", "2025-12-31", "", "procedure"), Words("Alur di dinding", "Kepala seksi", "2026-02-28", "doing")
    office.do(lambda s: planning.write(s, place=place, words=words, version=0, **WHO).version)
    promised = report(office).promised
    assert [(one.element, one.state, one.period, one.late, one.due_text) for one in promised] == [
        ("procedure", "doing", "Juli–Desember 2025", True, "28-02-2026")
    ]
    then = report(office, span="2025-S2")
    assert [(one.element, one.version) for one in then.plan] == [("completion_time", 0), ("procedure", 1), ("product", 0)]
    assert then.promised == []


def test_suggestions_are_shown_as_they_were_written(office: House):
    wild = "<script>alert(1)</script> =1+1"
    office.do(put, [answer("2026-03-09", suggestion=wild if number == 0 else "") for number in range(9)])
    assert report(office).suggestions == [wild]


@given(st.dictionaries(st.text("abcdef", min_size=1, max_size=2), st.integers(0, 30), max_size=8))
def test_what_is_hidden_is_never_fewer_than_five_people_unless_nobody_is_left(counts: dict[str, int]):
    found = hidden(counts)
    people = sum(counts[name] for name in found)
    assert all(name in found for name, count in counts.items() if 0 < count < FEWEST)
    assert not found or people >= FEWEST or found == {name for name, count in counts.items() if count}


@given(st.lists(st.integers(0, 9), max_size=40))
def test_the_count_moves_on_by_five_answers_at_least(counts: list[int]):
    days = [(f"2026-01-{number:02}", count) for number, count in enumerate(counts, 1)]
    seen, moved = "", 0
    for length in range(len(days) + 1):
        until = step(days[:length])
        if until != seen:
            grown = sum(count for day, count in days if seen < day <= until)
            assert grown >= FEWEST
            seen, moved = until, moved + 1
    assert moved <= sum(counts) // FEWEST
