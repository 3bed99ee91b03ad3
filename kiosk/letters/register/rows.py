"""Rows of the register: found by id, number or state, and made of what an event says."""

from typing import Any

from sqlmodel import Session, col, select

from kiosk.letters.register.errors import LetterUnknown
from kiosk.letters.register.model import RegisterEntry
from kiosk.letters.register.rules import RESERVED


def row_of(session: Session, office_id: str, letter_id: str) -> RegisterEntry:
    """The register's row. Raises `LetterUnknown`."""
    row = session.get(RegisterEntry, (office_id, letter_id))
    if row is None:
        raise LetterUnknown(number=letter_id)
    return row


def numbered(session: Session, office_id: str, number: str) -> RegisterEntry | None:
    """The row of the letter with exactly this number; none where there is none."""
    return session.exec(select(RegisterEntry).where(RegisterEntry.office_id == office_id, RegisterEntry.number == number)).first()


def by_its_number(session: Session, office_id: str, number: str) -> RegisterEntry:
    """The row of the letter with this number, in the spelling of the paper. Raises `LetterUnknown`."""
    row = numbered(session, office_id, number.strip())
    if row is None:
        raise LetterUnknown(number=number)
    return row


def reserved(session: Session, office_id: str) -> list[str]:
    """Ids of the letters that are not finished, in the order of their serials."""
    waiting = select(RegisterEntry.id).where(RegisterEntry.office_id == office_id, RegisterEntry.state == RESERVED)
    return list(session.exec(waiting.order_by(col(RegisterEntry.serial))))


def put(session: Session, office_id: str, body: dict[str, Any]) -> RegisterEntry:
    """The row of an event's letter with what the event says, in the caller's transaction; what is known beyond that stays."""
    row = session.get(RegisterEntry, (office_id, body["id"])) or RegisterEntry(office_id=office_id, **body)
    for name, value in body.items():
        setattr(row, name, value)
    session.add(row)
    return row
