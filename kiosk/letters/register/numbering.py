"""The first write of a letter: number, serial and date are fixed before anything is sealed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import Any

from sqlmodel import Session, func, select

from kiosk.catalogue import service as catalogue
from kiosk.core import office
from kiosk.core.clock import business_date, stored
from kiosk.core.ids import new_id
from kiosk.letters.document.letter import Letter
from kiosk.letters.register.errors import NumberTaken, ServiceMissing
from kiosk.letters.register.model import RegisterEntry
from kiosk.letters.register.rows import numbered, put
from kiosk.letters.register.rules import RESERVED, VOID, check_days, number_of
from kiosk.sync.outbox import record

Enter = Callable[[dict[str, Any]], None]
IsSpent = Callable[[int], bool]
PASSED_OVER = "its number was given to another letter by hand"
SPENT = "a letter with this serial is known that this register does not know: it was restored from an older copy"


@dataclass(frozen=True)
class Reserved:
    """A letter whose number, date and service's `title` do not change any more. `id` names it, `zone` is the office's."""

    id: str
    serial: int
    letter: Letter
    zone: str
    title: str


def reserve(
    session: Session, *, office_id: str, letter: Letter, letter_id: str, scheme: str, actor: str, now: datetime, is_spent: IsSpent
) -> Reserved:
    """Enter `letter` in the register, in the caller's transaction: the next serial, its number by `scheme` unless it brings one, its date.

    `is_spent`: whether a serial that the register does not have was given all the same; it becomes a gap with that reason.
    Raises `DateAhead`, `EndsBefore`, `OverAlready`, `ServiceMissing`, `NumberTaken`.
    """
    day, title, zone = check(session, office_id=office_id, letter=letter, now=now)
    enter: Enter = partial(_enter, session, office_id, actor, now)
    serial = _unspent(_last_serial(session, office_id) + 1, is_spent, enter)
    number = letter.number or number_of(scheme, serial, day)
    while letter.number is None and numbered(session, office_id, number):
        _pass_over(serial, PASSED_OVER, enter)
        serial = _unspent(serial + 1, is_spent, enter)
        number = number_of(scheme, serial, day)
    fixed = letter.model_copy(update={"number": number, "date": day})
    facts: dict[str, Any] = {"id": letter_id, "serial": serial, "number": number, "template": letter.template, "service": letter.service}
    facts |= {"title": title, "day": day.isoformat(), "valid_until": letter.valid_until.isoformat() if letter.valid_until else ""}
    enter({**facts, "state": RESERVED})
    row = session.get_one(RegisterEntry, (office_id, facts["id"]))
    row.name, row.draft = letter.recipient.name, fixed.model_dump(mode="json")  # not in the event: they stay at the office
    session.flush()
    return Reserved(row.id, serial, fixed, zone, title)


def check(session: Session, *, office_id: str, letter: Letter, now: datetime) -> tuple[date, str, str]:
    """Whether `letter` could be entered now: the date that it gets, its service's title, the office's zone. Raises as `reserve`."""
    zone = zone_of(session, office_id)
    today = business_date(now, zone)
    day = letter.date or today
    check_days(day, letter.valid_until, today)
    title = _title(session, office_id, letter.service)
    if letter.number is not None and numbered(session, office_id, letter.number):
        raise NumberTaken(number=letter.number)
    return day, title, zone


def zone_of(session: Session, office_id: str) -> str:
    """The office's IANA zone."""
    return office.get(session, office_id).zone


def _title(session: Session, office_id: str, service: str) -> str:
    try:
        return str(catalogue.get_service(session, office_id=office_id, service_id=service)["title"])
    except catalogue.ServiceUnknown:
        raise ServiceMissing(service=service) from None


def _last_serial(session: Session, office_id: str) -> int:
    return session.exec(select(func.max(RegisterEntry.serial)).where(RegisterEntry.office_id == office_id)).one() or 0


def _unspent(serial: int, is_spent: IsSpent, enter: Enter) -> int:
    """The next serial that nobody has; those that are passed over stay in the register as gaps with a reason."""
    while is_spent(serial):
        _pass_over(serial, SPENT, enter)
        serial += 1
    return serial


def _pass_over(serial: int, why: str, enter: Enter) -> None:
    enter({"id": new_id(), "serial": serial, "number": None, "state": VOID, "note": why})


def _enter(session: Session, office_id: str, actor: str, now: datetime, facts: dict[str, Any]) -> None:
    body = {**facts, "reserved_at": stored(now)}
    put(session, office_id, body)
    record(session, office_id=office_id, kind="letter.numbered", body=body, actor=actor, at=now)
    session.flush()
