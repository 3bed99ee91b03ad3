"""Figures counted by the database are those that a person would count by hand, with a tally and without one, on both databases."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import create_engine, delete, insert
from sqlmodel import Session, SQLModel

import kiosk.tables  # noqa: F401
from kiosk.core.db import open_engine
from kiosk.survey import service, tally
from kiosk.survey.counting import ANSWERS
from kiosk.survey.figures import Counted, Figures, figures, suggestions, whole
from kiosk.survey.model import TALLY
from kiosk.survey.questionnaire import ELEMENTS, PROFILE
from kiosk.survey.scope import Period, Scope, month, months

HERE = "kaltim"
SPRING = Period(date(2026, 1, 15), date(2026, 4, 15))

score = st.none() | st.integers(1, 4)
answer = st.fixed_dictionaries(
    {
        "office_id": st.sampled_from([HERE, HERE, HERE, "rohil"]),
        "day": st.dates(date(2025, 12, 20), date(2026, 5, 10)).map(str),
        "half": st.sampled_from(["am", "pm"]),
        "service": st.sampled_from(["", "a", "b"]),
        "place": st.sampled_from(["", "Loket 1"]),
        "holder": st.booleans(),
        "source": st.sampled_from(["", "", "file"]),
        "sex": st.sampled_from(["", "L", "P"]),
        "age": st.sampled_from(["", "18-25"]),
        "education": st.just("S1"),
        "work": st.just(""),
        "suggestion": st.sampled_from(["", "Kursi kurang"]),
        **dict.fromkeys(ELEMENTS, score),
    }
)


@pytest.fixture(params=["sqlite", "postgresql"])
def session(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Session]:
    if request.param == "sqlite":
        engine = open_engine(tmp_path / "office.db", writing=True)
    else:
        engine = create_engine(request.getfixturevalue("postgres"))
    SQLModel.metadata.create_all(engine)
    with Session(engine) as opened:
        yield opened
    engine.dispose()


def put(session: Session, answers: list[dict[str, Any]]) -> None:
    session.connection().execute(delete(ANSWERS))
    session.connection().execute(delete(TALLY))
    rows = [{"id": str(UUID(int=number)), "digest": "", "event_id": None, **one} for number, one in enumerate(answers)]
    if rows:
        session.connection().execute(insert(ANSWERS), rows)


def renew(session: Session) -> None:
    tally.renew(HERE, read=lambda job: job(session), write=lambda job: job(session))


def by_hand(answers: list[dict[str, Any]]) -> Counted:
    return Counted(
        len(answers),
        {element: tuple(sum(one[element] == worth for one in answers) for worth in (1, 2, 3, 4)) for element in ELEMENTS},  # type: ignore[misc]
    )


def expected(answers: list[dict[str, Any]], scope: Scope) -> Figures:
    def way(one: dict[str, Any]) -> str:
        return "holder" if one["holder"] else "imported" if one["source"] else "walk_up"

    mine = [
        one
        for one in answers
        if one["office_id"] == scope.office_id
        and str(scope.period.first) <= one["day"] <= str(scope.period.last)
        and scope.service in {None, one["service"]}
        and scope.place in {None, one["place"]}
        and scope.holders in {None, one["holder"]}
    ]

    def grouped(key: Any) -> dict[str, Counted]:
        return {value: by_hand([one for one in mine if key(one) == value]) for value in sorted({key(one) for one in mine})}

    return Figures(
        scope,
        by_hand(mine),
        grouped(lambda one: one["day"][:7]),
        grouped(lambda one: one["service"]),
        grouped(lambda one: one["place"]),
        grouped(way),
        {part: grouped(lambda one, part=part: one[part]) for part in PROFILE},
    )


def scope_of(found: Figures) -> dict[str, Any]:
    return {name: getattr(found.scope, name) for name in ("service", "place", "holders")}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None)
@given(
    st.lists(answer, max_size=25),
    st.sampled_from([SPRING, months(2026, 1, 12), month(2026, 2)]),
    st.sampled_from([{}, {"service": "a"}, {"holders": True}, {"holders": False}, {"place": ""}]),
)
def test_figures_are_those_counted_by_hand_also_from_the_tally(session: Session, answers, period: Period, only: dict[str, Any]):
    put(session, answers)
    wanted = expected(answers, Scope(HERE, period, **only))
    assert figures(session.connection(), HERE, period, **only) == wanted
    renew(session)
    assert figures(session.connection(), HERE, period, **only) == wanted
    assert tally.stale(session.connection(), HERE) == []


def one_answer(day: str = "2026-02-03", **other: Any) -> dict[str, Any]:
    blank = dict.fromkeys(("service", "place", "source", "suggestion", *PROFILE), "")
    return {"office_id": HERE, "day": day, "half": "am", "holder": False, **blank, **dict.fromkeys(ELEMENTS, 3), **other}


def test_an_answer_that_comes_after_the_tally_is_counted(session: Session):
    """The tally of February has one answer less than February, so it is not used; January's is."""
    put(session, [one_answer("2026-01-05"), one_answer()])
    renew(session)
    late = {"id": str(UUID(int=99)), "digest": "", "event_id": None, **one_answer("2026-02-27", fee=1)}
    session.connection().execute(insert(ANSWERS).values(late))
    scope = Scope(HERE, months(2026, 1, 3))
    assert tally.usable(session.connection(), scope) == ["2026-01", "2026-03"]
    assert whole(session.connection(), scope).sums["fee"] == (7, 3)
    renew(session)
    assert tally.usable(session.connection(), scope) == ["2026-01", "2026-02", "2026-03"]


def test_a_tally_that_was_counted_before_another_answer_came_is_not_kept(session: Session):
    put(session, [one_answer()])
    counted = tally.count(session.connection(), HERE, "2026-02")
    session.connection().execute(insert(ANSWERS).values({"id": str(UUID(int=99)), "digest": "", "event_id": None, **one_answer()}))
    assert not tally.keep(session, HERE, "2026-02", counted)
    assert tally.tallied(session.connection(), HERE) == Counter()


def test_a_tally_that_was_counted_before_an_answer_moved_within_its_month_is_not_kept(session: Session):
    """Their number is the same. Nor is it kept when another count was, and forgotten, in between."""
    told = {"id": str(UUID(int=7)), **one_answer("2026-02-03", place="Loket 1")}
    del told["office_id"]
    service.put(session, HERE, told, "b")
    before = tally.count(session.connection(), HERE, "2026-02")
    service.put(session, HERE, {**told, "day": "2026-02-02", "place": ""}, "a")
    assert not tally.keep(session, HERE, "2026-02", before)
    after = tally.count(session.connection(), HERE, "2026-02")
    assert tally.keep(session, HERE, "2026-02", after)
    assert not tally.keep(session, HERE, "2026-02", before)
    assert [*figures(session.connection(), HERE, month(2026, 2)).places] == [""]
    assert tally.stale(session.connection(), HERE) == []


def test_a_report_over_whole_months_reads_the_tally_and_no_answer(session: Session):
    put(session, [one_answer(fee=1)])
    renew(session)
    session.connection().execute(ANSWERS.update().values(fee=4))  # not a way that anybody has: to see what is read
    assert whole(session.connection(), Scope(HERE, months(2026, 1, 6))).sums["fee"] == (1, 1)
    assert whole(session.connection(), Scope(HERE, Period(date(2026, 2, 2), date(2026, 2, 27)))).sums["fee"] == (4, 1)


def test_an_answer_that_an_earlier_event_moves_takes_its_tally_along(session: Session):
    """After a restore the same answer may be told of twice; the row of the earlier half day stays, here in another place."""
    body = {name: value for name, value in one_answer("2026-02-03", place="Loket 1").items() if name != "office_id"}
    told = {"id": str(UUID(int=7)), **body}
    service.put(session, HERE, told, "b")
    renew(session)
    service.put(session, HERE, {**told, "day": "2026-02-02", "place": ""}, "a")
    found = figures(session.connection(), HERE, months(2026, 1, 3))
    assert ({month: one.n for month, one in found.months.items()}, [*found.places]) == ({"2026-02": 1}, [""])


def test_suggestions_come_page_by_page_in_the_order_of_random_ids(session: Session):
    put(session, [one_answer(f"2026-02-{28 - at:02d}", suggestion=f"saran {at}") for at in range(5)] + [one_answer()])
    scope = Scope(HERE, month(2026, 2))
    first = suggestions(session.connection(), scope, limit=2)
    second = suggestions(session.connection(), scope, after=first.after or "", limit=2)
    third = suggestions(session.connection(), scope, after=second.after or "", limit=2)
    assert [text for page in (first, second, third) for _, text in page.rows] == [f"saran {at}" for at in range(5)]
    assert third.after is None
