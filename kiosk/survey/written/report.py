"""Everything that a written report is made of, read at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from kiosk.catalogue.model import ServiceStandardRow
from kiosk.core import office
from kiosk.survey import planning
from kiosk.survey.figures import Figures, by, figures
from kiosk.survey.index import FEWEST
from kiosk.survey.model import SurveyPlan
from kiosk.survey.patterns import patterns
from kiosk.survey.published import Pattern, hidden_groups
from kiosk.survey.scope import Scope
from kiosk.survey.summary import Summary, summary


@dataclass(frozen=True)
class Report:
    """`services` maps ids to names; `plan` has this period's rows, `earlier` what was planned before; `made_on` is the office's day."""

    office: str
    region: str
    made_on: date
    summary: Summary
    figures: Figures
    patterns: list[tuple[Pattern, int]]
    services: dict[str, str]
    plan: Sequence[SurveyPlan]
    earlier: Sequence[SurveyPlan]
    hidden_services: set[str]

    @property
    def is_withheld(self) -> bool:
        """Whether its numbers may not leave the office: too few answers, or a service that the whole office's report hides."""
        return self.summary.result.n < FEWEST or self.scope.service in self.hidden_services

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
    first, last = str(scope.period.first), str(scope.period.last)
    here, connection = office.get(session, scope.office_id), session.connection()
    return Report(
        office=here.name,
        region=here.region,
        made_on=made_on,
        summary=summary(connection, scope, weight=weight, applicants=applicants),
        figures=figures(connection, scope.office_id, scope.period, service=scope.service, holders=scope.holders, place=scope.place),
        patterns=patterns(connection, scope),
        services=names_of(session, scope.office_id),
        hidden_services=hidden_groups(by(connection, Scope(scope.office_id, scope.period), "service")),
        plan=list(planning.rows(session, scope.office_id, first_day=first, last_day=last, service=scope.service or "").values()),
        earlier=planning.earlier(session, scope.office_id, first_day=first, service=scope.service or ""),
    )


def names_of(session: Session, office_id: str) -> dict[str, str]:
    """The names of the office's services by their ids."""
    rows = session.exec(select(ServiceStandardRow).where(ServiceStandardRow.office_id == office_id))
    return {row.id: row.name or row.id for row in rows}
