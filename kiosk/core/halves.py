"""Half days: as near as the office knows the moment of something that must lead to nobody."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

NOON = 12


@dataclass(frozen=True, order=True)
class HalfDay:
    """A half of an office's day: `day` is YYYY-MM-DD, `half` "am" before noon, else "pm". Their order is that of time."""

    day: str
    half: str


def half_day(moment: datetime, zone: str) -> HalfDay:
    """The half day of `moment` (with a zone) on the clock of an office in the IANA `zone`.

    >>> [half_day(datetime(2026, 3, 12, hour, tzinfo=UTC), "Asia/Makassar").half for hour in (3, 4)]
    ['am', 'pm']
    """
    here = moment.astimezone(ZoneInfo(zone))
    return HalfDay(here.date().isoformat(), "am" if here.hour < NOON else "pm")


def begin_of(half: HalfDay, zone: str) -> datetime:
    """Its first moment, in UTC.

    >>> begin_of(HalfDay("2026-03-12", "pm"), "Asia/Makassar").isoformat()
    '2026-03-12T04:00:00+00:00'
    """
    return _moment(date.fromisoformat(half.day), 0 if half.half == "am" else NOON, zone)


def end_of(half: HalfDay, zone: str) -> datetime:
    """The first moment behind it, in UTC.

    >>> end_of(HalfDay("2026-03-12", "pm"), "Asia/Makassar").isoformat()
    '2026-03-12T16:00:00+00:00'
    """
    day = date.fromisoformat(half.day)
    return _moment(day, NOON, zone) if half.half == "am" else _moment(day + timedelta(days=1), 0, zone)


def _moment(day: date, hour: int, zone: str) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(zone)).astimezone(UTC)
