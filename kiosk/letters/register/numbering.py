"""The first write of a letter: number, serial and date are fixed before anything is sealed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
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
from kiosk.letters.register.rows import put
from kiosk.letters.register.rules import RESERVED, VOID, check_days, number_of
from kiosk.sync.outbox import record

Enter = Callable[[dict[str, Any]], None]
PASSED_OVER = "its number was given to another letter by hand"


@dataclass(frozen=True)
class Reserved:
    """A letter whose number and date do not change any more. `id` names it, `zone` is the office's."""

    id: str
    serial: int
    letter: Letter
    zone: str


def reserve(session: Session, *, office_id: str, letter: Letter, letter_id: str, scheme: str, actor: str, now: datetime) -> Reserved:
    """Enter `letter` in the register, in the caller's transaction: the next serial, its number by `scheme` unless it brings one, its date.

    Raises `DateAhead`, `EndsBefore`, `OverAlready`, `ServiceMissing`, `NumberTaken`.
    """
    zone = zone_of(session, office_id)
    today = business_date(now, zone)
    day = letter.date or today
    check_days(day, letter.valid_until, today)
    title = _title(session, office_id, letter.service)
    enter: Enter = partial(_enter, session, office_id, actor, now)
    serial = _last_serial(session, office_id) + 1
    if letter.number is None:
        serial, number = _free(session, office_id, serial, lambda next_one: number_of(scheme, next_one, day), enter)
    elif _is_taken(session, office_id, number := letter.number):
        raise NumberTaken(number=number)
    fixed = letter.model_copy(update={"number": number, "date": day})
    facts: dict[str, Any] = {"id": letter_id, "serial": serial, "number": number, "template": letter.template, "service": letter.service}
    facts |= {"title": title, "day": day.isoformat(), "valid_until": letter.valid_until.isoformat() if letter.valid_until else ""}
    enter({**facts, "state": RESERVED})
    row = session.get_one(RegisterEntry, (office_id, facts["id"]))
    row.name, row.draft = letter.recipient.name, fixed.model_dump(mode="json")  # not in the event: they stay at the office
    session.flush()
    return Reserved(row.id, serial, fixed, zone)


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


def _is_taken(session: Session, office_id: str, number: str) -> bool:
    same = select(RegisterEntry.id).where(RegisterEntry.office_id == office_id, RegisterEntry.number == number)
    return session.exec(same).first() is not None


def _free(session: Session, office_id: str, serial: int, named: Callable[[int], str], enter: Enter) -> tuple[int, str]:
    """The next serial whose number nobody has; those that are passed over stay in the register as gaps with a reason."""
    while _is_taken(session, office_id, number := named(serial)):
        enter({"id": new_id(), "serial": serial, "number": None, "state": VOID, "note": PASSED_OVER})
        serial += 1
    return serial, number


def _enter(session: Session, office_id: str, actor: str, now: datetime, facts: dict[str, Any]) -> None:
    body = {**facts, "reserved_at": stored(now)}
    put(session, office_id, body)
    record(session, office_id=office_id, kind="letter.numbered", body=body, actor=actor, at=now)
    session.flush()
