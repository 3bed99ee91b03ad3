"""Everything that a written report is made of, read at one moment."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection
from sqlmodel import Session, select

from kiosk.catalogue.model import ServiceStandardRow
from kiosk.core import office
from kiosk.survey import planning, spans, withheld
from kiosk.survey.counted import counted_until
from kiosk.survey.figures import Figures, figures
from kiosk.survey.index import FEWEST, OLD
from kiosk.survey.model import SurveyPlan
from kiosk.survey.patterns import patterns
from kiosk.survey.published import Pattern, hidden_groups
from kiosk.survey.sample import population
from kiosk.survey.scope import DAY, Period, Scope
from kiosk.survey.spans import Span
from kiosk.survey.summary import Summary, summary


@dataclass(frozen=True)
class Report:
    """`services` maps ids to names; `plan` has this period's rows, `earlier` what was planned before; `made_on` is the office's day.

    `span` is what it is asked for, of which the summary's period is counted; `gives_away`: other reports and it would tell of too few.
    """

    office: str
    region: str
    made_on: date
    span: Period
    summary: Summary
    figures: Figures
    patterns: list[tuple[Pattern, int]]
    services: dict[str, str]
    plan: Sequence[SurveyPlan]
    earlier: Sequence[SurveyPlan]
    hidden_months: set[str]
    gives_away: bool

    @property
    def is_withheld(self) -> bool:
        """Whether its numbers may not leave the office: too few answers, or other reports and it would tell of too few."""
        older_part = self.summary.scheme is OLD and self.is_part  # of these nothing is weighed against others
        return self.summary.result.n < FEWEST or self.gives_away or older_part

    @property
    def scope(self) -> Scope:
        """Whose answers it is about."""
        return self.summary.scope

    @property
    def is_part(self) -> bool:
        """Whether it is about a part of the office."""
        return (self.scope.service, self.scope.place, self.scope.holders) != (None, None, None)


def read(
    session: Session,
    scope: Scope,
    *,
    made_on: date,
    span: Period | None = None,
    weight: str | None = None,
    applicants: int | None = None,
) -> Report:
    """The report of `scope`; `span` where its period is only the counted part of one: plan and applicants are the span's.

    Raises as `summary.summary`, and `OfficeUnknown`.
    """
    here, connection = office.get(session, scope.office_id), session.connection()
    whole_span = span or scope.period
    first, last = str(whole_span.first), str(whole_span.last)
    if applicants is None:
        applicants = population(connection, replace(scope, period=whole_span))
    found = figures(connection, scope.office_id, scope.period, service=scope.service, holders=scope.holders, place=scope.place)
    named = spans.of(whole_span.first, whole_span.last)
    months = withheld.months_beside(connection, scope, scope.period, _told_to(connection, scope, span, named, made_on))
    return Report(
        office=here.name,
        region=here.region,
        made_on=made_on,
        span=whole_span,
        summary=summary(connection, scope, weight=weight, applicants=applicants),
        figures=found,
        patterns=patterns(connection, scope),
        services=names_of(session, scope.office_id),
        hidden_months=hidden_groups(found.months) | withheld.hidden_spans(months, "month"),
        gives_away=withheld.gives_away(connection, scope, months, named),
        plan=list(planning.rows(session, scope.office_id, first_day=first, last_day=last, service=scope.service or "").values()),
        earlier=planning.earlier(session, scope.office_id, first_day=first, service=scope.service or ""),
    )


def _told_to(connection: Connection, scope: Scope, span: Period | None, named: Span | None, made_on: date) -> date:
    """The last day that other reports tell of: what screens count, and for a command's report the spans of its kind that are over."""
    if span is None:
        return spans.around(made_on, named.kind if named else "month").first - DAY
    until = counted_until(connection, scope, made_on)
    return date.fromisoformat(until) if until else scope.period.last


def names_of(session: Session, office_id: str) -> dict[str, str]:
    """The names of the office's services by their ids."""
    rows = session.exec(select(ServiceStandardRow).where(ServiceStandardRow.office_id == office_id))
    return {row.id: row.name or row.id for row in rows}
