"""Time: UTC in the database, the office's own zone on screens and for business dates."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

ABBREVIATIONS = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


def utc_now() -> datetime:
    """This moment, in UTC, with its zone."""
    return datetime.now(UTC)


def business_date(moment: datetime, zone: str) -> date:
    """The office's calendar day at `moment` (with a zone) in the IANA `zone`.

    >>> business_date(datetime(2026, 3, 11, 16, 30, tzinfo=UTC), "Asia/Makassar")
    datetime.date(2026, 3, 12)
    """
    return moment.astimezone(ZoneInfo(zone)).date()


def stored(moment: datetime) -> str:
    """How a moment is written: ISO 8601 in UTC with microseconds, so that text order is time order.

    >>> stored(datetime(2026, 3, 12, 1, 42, tzinfo=UTC))
    '2026-03-12T01:42:00.000000+00:00'
    """
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def local(moment: str | None, zone: str) -> str:
    """A stored moment on the office's clock, as Indonesian offices write it; "" for none.

    >>> local("2026-03-12T01:42:00.000000+00:00", "Asia/Makassar")
    '12-03-2026 09.42'
    """
    return datetime.fromisoformat(moment).astimezone(ZoneInfo(zone)).strftime("%d-%m-%Y %H.%M") if moment else ""


def zone_abbreviation(zone: str) -> str:
    """What the office calls its zone: WIB, WITA or WIT; the IANA name elsewhere."""
    return ABBREVIATIONS.get(zone, zone)
