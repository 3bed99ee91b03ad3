"""Everything that a written report is made of, read at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select
from sqlmodel.sql.expression import SelectOfScalar

from kiosk.catalogue.model import ServiceStandardRow
from kiosk.core import office
from kiosk.survey.figures import Figures, figures
from kiosk.survey.model import SurveyPlan
from kiosk.survey.patterns import patterns
from kiosk.survey.published import Pattern
from kiosk.survey.scope import Scope
from kiosk.survey.summary import Summary, summary


@dataclass(frozen=True)
class Report:
    """`services` maps ids to names; `plan` are this period's rows, `earlier` those of the last one before it, `made_on` the office's day."""

    office: str
    region: str
    made_on: date
    summary: Summary
    figures: Figures
    patterns: list[tuple[Pattern, int]]
    services: dict[str, str]
    plan: Sequence[SurveyPlan]
    earlier: Sequence[SurveyPlan]

    @property
    def scope(self) -> Scope:
        """Whose answers it is about."""
        return self.summary.scope

    @property
    def is_part(self) -> bool:
        """Whether it is about a part of the office."""
        return (self.scope.service, self.scope.place, self.scope.holders) != (None, None, None)


def read(session: Session, scope: Scope, *, made_on: date, weight: str | None = None, applicants: int | None = None) -> Report:
    """The report of `scope`. Raises as `summary.summary`, and `OfficeUnknown`."""
    here, connection = office.get(session, scope.office_id), session.connection()
    return Report(
        office=here.name,
        region=here.region,
        made_on=made_on,
        summary=summary(connection, scope, weight=weight, applicants=applicants),
        figures=figures(connection, scope.office_id, scope.period, service=scope.service, holders=scope.holders, place=scope.place),
        patterns=patterns(connection, scope),
        services=names_of(session, scope.office_id),
        plan=plan_of(session, scope),
        earlier=plan_before(session, scope),
    )


def names_of(session: Session, office_id: str) -> dict[str, str]:
    """The names of the office's services by their ids."""
    rows = session.exec(select(ServiceStandardRow).where(ServiceStandardRow.office_id == office_id))
    return {row.id: row.name or row.id for row in rows}


def plan_of(session: Session, scope: Scope) -> Sequence[SurveyPlan]:
    """The follow-up plan of exactly this period and service, in the order of its elements."""
    period = (str(scope.period.first), str(scope.period.last))
    return session.exec(_plans(scope).where(SurveyPlan.first_day == period[0], SurveyPlan.last_day == period[1])).all()


def plan_before(session: Session, scope: Scope) -> Sequence[SurveyPlan]:
    """The follow-up plan of the last period that ended before this one began: how far it is stands in this report."""
    before = _plans(scope).where(SurveyPlan.last_day < str(scope.period.first))
    last = session.exec(before.order_by(col(SurveyPlan.last_day).desc(), col(SurveyPlan.first_day).desc()).limit(1)).first()
    if last is None:
        return []
    return session.exec(before.where(SurveyPlan.first_day == last.first_day, SurveyPlan.last_day == last.last_day)).all()


def _plans(scope: Scope) -> SelectOfScalar[SurveyPlan]:
    here = (SurveyPlan.office_id == scope.office_id, SurveyPlan.service == (scope.service or ""))
    return select(SurveyPlan).where(*here)
