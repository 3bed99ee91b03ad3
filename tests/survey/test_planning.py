"""The follow-up plan and the office's setting: one row for one element of one period, and nobody overwrites what he has not seen."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import Session, select

from kiosk.catalogue.service import ServiceUnknown
from kiosk.survey import planning
from kiosk.survey.model import SurveyPlan, SurveySetting
from kiosk.survey.planning import Place, Words
from kiosk.survey.planning_errors import PlanChanged, PlanElsewhere, PlanIncomplete, SettingChanged, SettingWrong
from kiosk.sync import kinds
from kiosk.sync.outbox import OutboxEvent, event_of
from tests.devices.house import House, house
from tests.survey.asked import answer, put

NOW = datetime(2026, 7, 6, 1, 0, tzinfo=UTC)
PLACE = Place("2026-01-01", "2026-06-30", "", "completion_time")
WORDS = Words("Loket kedua pada jam sibuk", "Kepala seksi pelayanan", "2026-09-30")
WHO: dict[str, Any] = {"office_id": "kaltim", "actor": "staff:one@here", "at": NOW}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[House]:
    with house(tmp_path / "data") as running:
        yield running


def write(office: House, words: Words = WORDS, version: int = 0, place: Place = PLACE) -> None:
    office.do(lambda session: planning.write(session, place=place, words=words, version=version, **WHO).version)


def test_a_row_is_written_told_and_found_by_its_period_and_element(office: House):
    write(office)
    with office.node.reading() as session:
        found = planning.rows(session, "kaltim", first_day="2026-01-01", last_day="2026-06-30", service="")
        assert {key: (row.action, row.person, row.due, row.state, row.version) for key, row in found.items()} == {
            "completion_time": (WORDS.action, WORDS.person, "2026-09-30", "open", 1)
        }
        assert planning.rows(session, "kaltim", first_day="2026-01-01", last_day="2026-06-30", service="x") == {}
    assert office.kinds() == ["survey.plan_changed"]


def test_two_who_begin_the_same_row_meet_on_one_and_the_second_is_told(office: House):
    write(office)
    other = Words("Antrean daring", "Kepala bidang", "2026-12-31")
    with pytest.raises(PlanChanged):
        write(office, other)
    assert [row.action for row in office.rows(SurveyPlan)] == [WORDS.action]
    write(office, other, version=1)
    with pytest.raises(PlanChanged):
        write(office, Words("Lain lagi", "Siapa", "2026-12-31"), version=1)
    assert [(row.action, row.version) for row in office.rows(SurveyPlan)] == [(other.action, 2)]
    assert len(office.kinds()) == 2  # what was refused is no event


def test_the_same_words_sent_twice_are_one_change(office: House):
    write(office)
    write(office)
    assert [row.version for row in office.rows(SurveyPlan)] == [1]
    assert len(office.kinds()) == 1


@pytest.mark.parametrize(
    "words",
    [
        Words("", "Kepala", "2026-09-30"),
        Words("  ", "Kepala", "2026-09-30"),
        Words("Loket", "", "2026-09-30"),
        Words("Loket", "Kepala", ""),
        Words("Loket", "Kepala", "30-09-2026"),
        Words("Loket", "Kepala", "2026-02-30"),
        Words("Loket", "Kepala", "2026-09-30", "finished"),
        Words("x" * 501, "Kepala", "2026-09-30"),
        Words("Loket", "x" * 81, "2026-09-30"),
        Words("Loket", "Kepala", "2026-09-30", "open", "x" * 501),
    ],
)
def test_a_row_without_what_who_and_until_when_is_no_plan(office: House, words: Words):
    with pytest.raises(PlanIncomplete):
        write(office, words)
    assert office.kinds() == []


@pytest.mark.parametrize(
    "place",
    [
        Place("2026-01-01", "2026-06-30", "", "u9"),
        Place("", "2026-06-30", "", "fee"),
        Place("2026-01-01", "x", "", "fee"),
        Place("2026-06-30", "2026-01-01", "", "fee"),
        Place("2026-01-01", "2026-06-29", "", "fee"),
        Place("2026-02-01", "2026-04-30", "", "fee"),
    ],
)
def test_a_row_for_what_there_is_not_is_refused(office: House, place: Place):
    with pytest.raises(PlanElsewhere):
        write(office, place=place)


def test_a_row_for_a_service_that_nobody_knows_is_refused(office: House):
    with pytest.raises(ServiceUnknown):
        write(office, place=Place("2026-01-01", "2026-06-30", "x" * 5000, "fee"))
    office.do(put, [answer("2026-03-02", service="izin")])
    write(office, place=Place("2026-01-01", "2026-06-30", "izin", "fee"))
    assert [row.service for row in office.rows(SurveyPlan)] == ["izin"]


def test_the_next_report_shows_the_last_plan_and_older_ones_that_are_not_done(office: House):
    def planned(first: str, last: str, element: str, state: str) -> None:
        write(office, Words("Papan", "Kepala", "2026-09-30", state), place=Place(first, last, "", element))

    planned("2025-01-01", "2025-06-30", "fee", "done")
    planned("2025-01-01", "2025-06-30", "product", "doing")
    planned("2025-07-01", "2025-12-31", "procedure", "done")
    planned("2026-01-01", "2026-06-30", "facilities", "open")
    with office.node.reading() as session:
        found = planning.earlier(session, "kaltim", first_day="2026-01-01", service="")
        assert [(row.element, row.state) for row in found] == [("procedure", "done"), ("product", "doing")]
        assert planning.earlier(session, "kaltim", first_day="2025-01-01", service="") == []


def test_a_setting_is_kept_and_the_second_of_two_is_told(office: House):
    def set_to(weight: str, applicants: int | None, version: int) -> None:
        office.do(lambda s: planning.set_setting(s, weight=weight, applicants=applicants, version=version, **WHO).version)

    with office.node.reading() as session:
        before = planning.setting(session, "kaltim")
        assert (before.weight, before.applicants, before.version) == ("1/9", None, 0)
    set_to("0.11", 4384, 0)
    for version in (0, 2):
        with pytest.raises(SettingChanged):
            set_to("0.111", None, version)
    set_to("1/9", None, 1)
    assert [(row.weight, row.applicants, row.version) for row in office.rows(SurveySetting)] == [("1/9", None, 2)]
    assert office.kinds() == ["survey.setting_changed"] * 2


@pytest.mark.parametrize(("weight", "applicants"), [("0.1", None), ("", None), ("1/9", 0), ("1/9", -5), ("1/9", 10**12)])
def test_an_office_computes_with_a_weight_that_is_used(office: House, weight: str, applicants: int | None):
    with pytest.raises(SettingWrong):
        office.do(lambda s: planning.set_setting(s, weight=weight, applicants=applicants, version=0, **WHO).version)


def test_events_make_the_rows_again_in_any_order_and_twice(office: House, tmp_path: Path):
    write(office)
    write(office, Words("Antrean daring", "Kepala bidang", "2026-12-31", "doing"), version=1)
    office.do(lambda s: planning.set_setting(s, weight="0.11", applicants=5, version=0, **WHO).version)
    told = [event_of(row.model_dump()) for row in office.rows(OutboxEvent)]
    plans, settings = ([row.model_dump() for row in office.rows(table)] for table in (SurveyPlan, SurveySetting))

    def again(session: Session) -> None:
        for table in (SurveyPlan, SurveySetting):
            for row in session.exec(select(table)):
                session.delete(row)
        session.flush()
        for event in (*reversed(told), *told):
            apply = kinds.find(event["kind"])
            assert apply is not None
            apply(session, event)

    office.do(again)
    assert [row.model_dump() for row in office.rows(SurveyPlan)] == plans
    assert [row.model_dump() for row in office.rows(SurveySetting)] == settings
