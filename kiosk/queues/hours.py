"""When an office is open: pure functions over its hours and its free days."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

Hours = Mapping[str, list[str]]  # ISO weekday ("1" Monday) -> [opens, closes], "HH:MM"
Why = Literal["holiday", "free_day", "before_opening", "after_closing"]
HORIZON_DAYS = 366


@dataclass(frozen=True)
class Open:
    """The office is open until this local moment; None where no source tells its hours."""

    until: datetime | None


@dataclass(frozen=True)
class Closed:
    """The office is closed; `opens_at` is the next opening in local time, None when no day within a year has one."""

    opens_at: datetime | None
    why: Why


def opening(moment_local: datetime, hours: Hours | None, holidays: Mapping[date, str]) -> Open | Closed:
    """Whether the office is open at `moment_local` (in the office's zone). The minute of opening is open, that of closing is not.

    Without hours (no source tells them) it counts as open always.

    >>> friday = {"5": ["08:00", "11:00"]}
    >>> opening(datetime(2026, 3, 13, 8, 0), friday, {})
    Open(until=datetime.datetime(2026, 3, 13, 11, 0))
    >>> opening(datetime(2026, 3, 13, 11, 0), friday, {date(2026, 3, 20): "Nyepi"})
    Closed(opens_at=datetime.datetime(2026, 3, 27, 8, 0), why='after_closing')
    """
    if hours is None:
        return Open(until=None)
    today = _span(moment_local.date(), moment_local, hours, holidays)
    if today and today[0] <= moment_local < today[1]:
        return Open(until=today[1])
    return Closed(opens_at=_next(moment_local, hours, holidays), why=_why(moment_local, today, holidays))


def _span(day: date, moment: datetime, hours: Hours, holidays: Mapping[date, str]) -> tuple[datetime, datetime] | None:
    times = hours.get(str(day.isoweekday()))
    if times is None or day in holidays:
        return None
    opens, closes = (datetime.combine(day, time.fromisoformat(text), moment.tzinfo) for text in times)
    return (opens, closes) if opens < closes else None


def _next(moment: datetime, hours: Hours, holidays: Mapping[date, str]) -> datetime | None:
    for ahead in range(HORIZON_DAYS + 1):
        span = _span(moment.date() + timedelta(days=ahead), moment, hours, holidays)
        if span and span[0] > moment:
            return span[0]
    return None


def _why(moment: datetime, today: tuple[datetime, datetime] | None, holidays: Mapping[date, str]) -> Why:
    if today is None:
        return "holiday" if moment.date() in holidays else "free_day"
    return "before_opening" if moment < today[0] else "after_closing"
