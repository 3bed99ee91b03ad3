"""The follow-up plan (PermenPANRB 14/2017: what, who, by when) and how an office computes. The caller owns the transaction.

One row for one element of one period and service: its id is made from these, so that two people who begin it at once meet on one row.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sqlalchemy import ColumnElement, Table, update
from sqlmodel import Session, col, or_, select

from kiosk.core.missing import add_missing
from kiosk.core.table_of import table_of
from kiosk.survey import spans
from kiosk.survey.index import WEIGHTS
from kiosk.survey.model import SurveyPlan, SurveySetting
from kiosk.survey.planning_errors import PlanChanged, PlanElsewhere, PlanIncomplete, SettingChanged, SettingWrong
from kiosk.survey.questionnaire import ELEMENTS
from kiosk.survey.scope import Period, Scope
from kiosk.survey.summary import known_service
from kiosk.sync.kinds import Event, applied
from kiosk.sync.outbox import record

PLANS, SETTINGS = table_of(SurveyPlan), table_of(SurveySetting)
STATES = ("open", "doing", "done")
LONGEST, LONGEST_NAME = 500, 80
MOST_APPLICANTS = 100_000_000
PLAN, SETTING = "survey.plan_changed", "survey.setting_changed"


@dataclass(frozen=True)
class Place:
    """What a row of the plan is about: an element's result over a period, of one service or ("") of the whole office."""

    first_day: str
    last_day: str
    service: str
    element: str


@dataclass(frozen=True)
class Words:
    """What people write into a row. `due` is a day, YYYY-MM-DD."""

    action: str
    person: str
    due: str
    state: str = "open"
    note: str = ""


def plan_id(office_id: str, place: Place) -> str:
    """The id of the row for this place.

    >>> plan_id("kaltim", Place("2026-01-01", "2026-06-30", "", "fee")) == plan_id("kaltim", Place("2026-01-01", "2026-06-30", "", "fee"))
    True
    """
    parts = (office_id, place.first_day, place.last_day, place.service, place.element)
    return str(uuid5(NAMESPACE_URL, "kiosk:survey:plan:" + "|".join(parts)))


def write(session: Session, *, office_id: str, place: Place, words: Words, version: int, actor: str, at: datetime) -> SurveyPlan:
    """Write one row of the plan; `version` is the one that was seen, 0 for none. The same words again change nothing.

    Raises `PlanChanged`, `PlanElsewhere`, `PlanIncomplete`, and `ServiceUnknown`.
    """
    period = _fair(place, words)
    if place.service:
        known_service(session.connection(), Scope(office_id, period, service=place.service))
    row = SurveyPlan(office_id=office_id, id=plan_id(office_id, place), **vars(place), **vars(words))
    known = session.get(SurveyPlan, (office_id, row.id))
    if known is not None and all(getattr(known, name) == value for name, value in vars(words).items()):
        return known
    row.version = version + 1
    if not _claim(session, PLANS, row.model_dump(), (PLANS.c.id == row.id,), version):
        raise PlanChanged()
    session.expire_all()
    record(session, office_id=office_id, kind=PLAN, body=row.model_dump(exclude={"office_id"}), actor=actor, at=at)
    return row


def rows(session: Session, office_id: str, *, first_day: str, last_day: str, service: str) -> dict[str, SurveyPlan]:
    """The rows of one period, by element."""
    here = (SurveyPlan.office_id == office_id, SurveyPlan.service == service)
    then = (SurveyPlan.first_day == first_day, SurveyPlan.last_day == last_day)
    return {row.element: row for row in session.exec(select(SurveyPlan).where(*here, *then))}


def earlier(session: Session, office_id: str, *, first_day: str, service: str) -> list[SurveyPlan]:
    """What earlier reports promised: the rows of the last period before `first_day` that has any, and older ones that are not done."""
    before = (SurveyPlan.office_id == office_id, SurveyPlan.service == service, SurveyPlan.last_day < first_day)
    newest = session.exec(select(SurveyPlan.last_day).where(*before).order_by(col(SurveyPlan.last_day).desc()).limit(1)).first()
    shown = or_(SurveyPlan.last_day == newest, SurveyPlan.state != "done")
    order = (col(SurveyPlan.last_day).desc(), SurveyPlan.first_day, SurveyPlan.due, SurveyPlan.element)
    return list(session.exec(select(SurveyPlan).where(*before, shown).order_by(*order)))


def setting(session: Session, office_id: str) -> SurveySetting:
    """How the office computes; version 0 while nobody has said so."""
    return session.get(SurveySetting, office_id) or SurveySetting(office_id=office_id, version=0)


def set_setting(
    session: Session, *, office_id: str, weight: str, applicants: int | None, version: int, actor: str, at: datetime
) -> SurveySetting:
    """Compute with this weight, and with this number of applicants a year (None: visits are counted).

    `version` is the one that was seen, 0 for none. Raises `SettingChanged`, `SettingWrong`.
    """
    if weight not in WEIGHTS or (applicants is not None and not 0 < applicants <= MOST_APPLICANTS):
        raise SettingWrong()
    row = SurveySetting(office_id=office_id, weight=weight, applicants=applicants, version=version + 1)
    if not _claim(session, SETTINGS, row.model_dump(), (), version):
        raise SettingChanged()
    session.expire_all()
    record(session, office_id=office_id, kind=SETTING, body=row.model_dump(exclude={"office_id"}), actor=actor, at=at)
    return row


@applied(PLAN)
def plan_changed(session: Session, event: Event) -> None:
    """A row of the plan, unless a later one is known."""
    known = session.get(SurveyPlan, (event["office_id"], event["body"]["id"]))
    if known is None or known.version < event["body"]["version"]:
        session.merge(SurveyPlan(office_id=event["office_id"], **event["body"]))


@applied(SETTING)
def setting_changed(session: Session, event: Event) -> None:
    """How the office computes, unless a later setting is known."""
    known = session.get(SurveySetting, event["office_id"])
    if known is None or known.version < event["body"]["version"]:
        session.merge(SurveySetting(office_id=event["office_id"], **event["body"]))


def _claim(session: Session, table: Table, row: dict[str, Any], this: tuple[ColumnElement[bool], ...], version: int) -> bool:
    """Write the row over the version that was seen, in one statement; whether that one was still there."""
    if version == 0:
        return add_missing(session, table, row)
    seen = (table.c.office_id == row["office_id"], *this, table.c.version == version)
    return session.connection().execute(update(table).where(*seen).values(row)).rowcount == 1


def _fair(place: Place, words: Words) -> Period:
    """The period of the place, which is one that a report is made over."""
    if place.element not in ELEMENTS or not _is_day(place.first_day) or not _is_day(place.last_day):
        raise PlanElsewhere()
    span = spans.of(date.fromisoformat(place.first_day), date.fromisoformat(place.last_day))
    if span is None:
        raise PlanElsewhere()
    said = (words.action.strip(), words.person.strip(), _is_day(words.due), words.state in STATES)
    if not all(said) or max(len(words.action), len(words.note)) > LONGEST or len(words.person) > LONGEST_NAME:
        raise PlanIncomplete()
    return Period(span.first, span.last)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
