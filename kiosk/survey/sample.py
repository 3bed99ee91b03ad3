"""Among how many applicants the answers of a period were asked for: what the sample is measured by."""

from calendar import isleap
from datetime import date
from fractions import Fraction
from math import ceil

from sqlalchemy import Connection, func, select

from kiosk.core.table_of import table_of
from kiosk.queues.model import Ticket
from kiosk.survey.model import SurveySetting
from kiosk.survey.scope import Period, Scope

SETTINGS, TICKETS = table_of(SurveySetting), table_of(Ticket)


def population(connection: Connection, scope: Scope) -> int | None:
    """Applicants of the scope's period: of what the office says of a year its share by days, else the visits that were counted.

    None for a part of the office: neither tells of which service a visitor was.
    """
    if (scope.service, scope.place, scope.holders) != (None, None, None):
        return None
    yearly = connection.execute(select(SETTINGS.c.applicants).where(SETTINGS.c.office_id == scope.office_id)).scalar()
    return _visits(connection, scope) if yearly is None else share_of(yearly, scope.period)


def share_of(yearly: int, period: Period) -> int:
    """The part of `yearly` that falls on `period`, rounded up.

    >>> share_of(4384, Period(date(2026, 1, 1), date(2026, 12, 31))), share_of(365, Period(date(2026, 1, 1), date(2026, 1, 2)))
    (4384, 2)
    """
    years = Fraction(0)
    for year in range(period.first.year, period.last.year + 1):
        first, last = max(period.first, date(year, 1, 1)), min(period.last, date(year, 12, 31))
        years += Fraction((last - first).days + 1, 366 if isleap(year) else 365)
    return ceil(yearly * years)


def _visits(connection: Connection, scope: Scope) -> int:
    days = TICKETS.c.business_date.between(scope.period.first.isoformat(), scope.period.last.isoformat())
    here = (TICKETS.c.office_id == scope.office_id, days, TICKETS.c.status != "no_show")
    return int(connection.execute(select(func.count()).where(*here)).scalar_one())
