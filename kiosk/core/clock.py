"""Time: UTC in the database, the office's own zone on screens and for business dates."""

from datetime import UTC, date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from babel.dates import format_date

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


def day_text(moment: date, language: Literal["id", "en"]) -> str:
    """Weekday and date for people; `moment` is local already.

    >>> day_text(date(2026, 3, 12), "id"), day_text(date(2026, 3, 12), "en")
    ('Kamis, 12 Maret 2026', 'Thursday, 12 March 2026')
    """
    return format_date(moment, "EEEE, d MMMM yyyy", locale=language)


def date_text(day: date, language: Literal["id", "en"]) -> str:
    """A date without its weekday, as letters and reports spell it.

    >>> date_text(date(2026, 8, 17), "id"), date_text(date(2026, 8, 17), "en")
    ('17 Agustus 2026', '17 August 2026')
    """
    return format_date(day, "d MMMM yyyy", locale=language)


def time_text(moment: datetime, language: Literal["id", "en"]) -> str:
    """Hours and minutes with the zone as the office calls it; `moment` is local already.

    >>> time_text(datetime(2026, 3, 12, 9, 5, tzinfo=ZoneInfo("Asia/Makassar")), "id")
    '09.05 WITA'
    """
    clock = moment.strftime("%H.%M" if language == "id" else "%H:%M")
    return f"{clock} {zone_abbreviation(str(moment.tzinfo))}"
