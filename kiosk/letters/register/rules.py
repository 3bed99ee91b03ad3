"""Numbers, dates, check codes and the chain of the issuance log: pure functions."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from kiosk.core.chain import GENESIS, canonical
from kiosk.letters.register.errors import DateAhead, EndsBefore, OverAlready

ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
RESERVED, ISSUED, REVOKED, VOID = "reserved", "issued", "revoked", "void"  # what becomes of a letter, see `model`
CHECK_LENGTH = 12  # signs of a check code: 60 bits


def number_of(scheme: str, serial: int, day: date) -> str:
    """The letter number that the office's scheme makes; its places are `serial`, `roman` (the month), `month` and `year`.

    >>> number_of("503/{serial:04}/DPMPTSP/{roman}/{year}", 7, date(2026, 11, 22))
    '503/0007/DPMPTSP/XI/2026'
    """
    return scheme.format(serial=serial, roman=ROMAN[day.month - 1], month=day.month, year=day.year)


def check_days(day: date, valid_until: date | None, today: date) -> None:
    """Whether a letter may bear these dates; `today` is the office's. Raises `DateAhead`, `EndsBefore`, `OverAlready`."""
    if day > today:
        raise DateAhead(day=day, today=today)
    if valid_until is not None and valid_until < day:
        raise EndsBefore(day=day, until=valid_until)
    if valid_until is not None and valid_until < today:
        raise OverAlready(until=valid_until, today=today)


def end_of(valid_until: str, zone: str) -> int | None:
    """The first second after a letter's last day by the office's clock, since 1970 UTC; none where it has no end ("").

    >>> end_of("2026-11-22", "Asia/Makassar"), end_of("", "Asia/Makassar")
    (1795363200, None)
    """
    if not valid_until:
        return None
    return int(datetime.combine(date.fromisoformat(valid_until) + timedelta(days=1), time(), ZoneInfo(zone)).timestamp())


def masked(name: str) -> str:
    """A name that tells its holder that it is meant, and nobody else who.

    >>> masked("Budi Santoso"), masked("PT A.B.")
    ('B*** S******', 'P* A***')
    """
    return " ".join(word[0] + "*" * (len(word) - 1) for word in name.split())


def check_hash(office_id: str, number: str, code: str) -> str:
    """What the register keeps of a check code: SHA-256 in hex over office, number and code."""
    return hashlib.sha256(canonical({"office": office_id, "number": number, "code": code})).hexdigest()


@dataclass(frozen=True)
class Sealed:
    """What the log says of a letter: `claims_hash` is SHA-256 of the signed payload in hex, `at` seconds since 1970 UTC."""

    office: str
    position: int
    serial: int
    number: str
    claims_hash: str
    key: str
    at: int


def link_hash(previous: str, sealed: Sealed) -> str:
    """The hash of a line of the log, in hex: SHA-256 over the hash before it (hex) and the line as canonical JSON."""
    return hashlib.sha256(previous.encode() + canonical(vars(sealed))).hexdigest()


def breaks(lines: Sequence[Any]) -> list[tuple[int, str]]:
    """Where the log is not what it was: position and what is wrong ("missing", "unlinked", "edited", "serial twice"), in order.

    `lines` have the fields of `Sealed` (`office_id` for the office), `previous_hash` and `hash`. None at all is a whole log.
    """
    found: list[tuple[int, str]] = []
    previous, seen = GENESIS, set[int]()
    for expected, line in enumerate(lines, start=1):
        sealed = Sealed(line.office_id, line.position, line.serial, line.number, line.claims_hash, line.key, line.at)
        wrong = (
            (line.position != expected, "missing"),
            (line.previous_hash != previous, "unlinked"),
            (line.hash != link_hash(line.previous_hash, sealed), "edited"),
            (line.serial in seen, "serial twice"),
        )
        found += [(line.position, what) for is_so, what in wrong if is_so]
        previous, seen = line.hash, seen | {line.serial}
    return found
