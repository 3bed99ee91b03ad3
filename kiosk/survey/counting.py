"""The queries behind the figures: how many answers, and how often each score was given, grouped by the database."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import ColumnElement, Connection, Label, Select, case, func, literal, select

from kiosk.core.table_of import table_of
from kiosk.survey.model import SurveyAnswer
from kiosk.survey.questionnaire import ELEMENTS, PROFILE, SCORES
from kiosk.survey.scope import Scope

ANSWERS = table_of(SurveyAnswer)
WAYS = ("holder", "walk_up", "imported")  # with a ticket's code, without one, from an older survey's file
GROUPS = ("month", "service", "place", "way", *PROFILE)
CELLS = tuple((element, score) for element in ELEMENTS for score in SCORES)

# Makes the query for a group of `GROUPS`, or "" for none: (value of the group, how many answers, one count for each of `CELLS`).
Query = Callable[[str], Select[Any]]


def of_answers(conditions: list[ColumnElement[bool]]) -> Query:
    """Counts the answers themselves."""

    def query(group: str) -> Select[Any]:
        counts: Select[Any] = select(value_of(group).label("grouped"), func.count(), *score_counts()).where(*conditions)
        return counts.group_by("grouped") if group else counts

    return query


def score_counts() -> list[Label[int]]:
    """How often each score was given, named as the tally's columns are."""
    return [func.count().filter(ANSWERS.c[element] == score).label(f"{element}_{score}") for element, score in CELLS]


def value_of(group: str) -> ColumnElement[Any]:
    """To which value of `group` an answer belongs."""
    if group == "month":
        return func.substr(ANSWERS.c.day, 1, 7)
    if group == "way":
        return case((ANSWERS.c.holder, "holder"), (ANSWERS.c.source != "", "imported"), else_="walk_up")
    column: ColumnElement[Any] = ANSWERS.c[group] if group else literal("")
    return column


def where(connection: Connection, scope: Scope) -> list[ColumnElement[bool]]:
    """The conditions under which an answer belongs to `scope`."""
    return [*whose(scope), _in_period(connection, scope)]


def whose(scope: Scope) -> list[ColumnElement[bool]]:
    """The same without the period."""
    here: list[ColumnElement[bool]] = [ANSWERS.c.office_id == scope.office_id]
    if scope.service is not None:
        here.append(ANSWERS.c.service == scope.service)
    if scope.place is not None:
        here.append(ANSWERS.c.place == scope.place)
    if scope.holders is not None:
        here.append(ANSWERS.c.holder.is_(scope.holders))
    return here


def _in_period(connection: Connection, scope: Scope) -> ColumnElement[bool]:
    """Rows lie in random order, so going to many of them by the index of days takes longer than passing over all."""
    days = (scope.period.first.isoformat(), scope.period.last.isoformat())
    of_office = select(func.count()).where(ANSWERS.c.office_id == scope.office_id)
    inside: ColumnElement[bool] = ANSWERS.c.day.between(*days)
    some, every = (connection.execute(query).scalar_one() for query in (of_office.where(inside), of_office))
    passing: ColumnElement[bool] = (ANSWERS.c.day + "").between(*days)
    return passing if 5 * some > every else inside
