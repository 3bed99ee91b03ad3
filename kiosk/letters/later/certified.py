"""The queue of letters for the certified signer. Nothing here speaks to it; the caller owns the transaction.

A letter is in the queue while `done_at` is None. Its reference at the signer is its id: asked again, the same signature comes back.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import insert, literal, or_, select, update
from sqlmodel import Session, col
from sqlmodel import select as rows_of
from sqlmodel.sql.expression import Select

from kiosk.core.actors import NODE
from kiosk.core.clock import stored
from kiosk.core.errors import KioskError
from kiosk.core.table_of import table_of
from kiosk.letters.later.errors import NotInQueue
from kiosk.letters.later.model import CertifiedLetter
from kiosk.letters.later.rules import LONGEST, pause
from kiosk.letters.register.model import RegisterEntry
from kiosk.letters.register.numbering import ISSUED
from kiosk.sync.outbox import record

QUEUE, LETTERS = table_of(CertifiedLetter), table_of(RegisterEntry)
SAID_MOST = 300
CERTIFIED = "letter.certified"
FAILED = "letter.certification_failed"
RETRIED = "letter.certification_retried"


@dataclass(frozen=True)
class Waiting:
    """A letter that waits, with what the register knows of it. `state` is the register's: a revoked letter is not sent any more."""

    letter: RegisterEntry
    place: CertifiedLetter


def enqueue(session: Session, office_id: str, *, at: datetime) -> int:
    """Put every letter that is issued and was never queued into the queue; returns how many."""
    known = select(QUEUE.c.letter_id).where(QUEUE.c.office_id == office_id)
    new = (LETTERS.c.office_id == office_id, LETTERS.c.state == ISSUED, LETTERS.c.id.not_in(known))
    now, nothing = literal(stored(at)), literal("")
    facts = {"queued_at": now, "not_before": now, "failed_attempts": literal(0), "needs_person": literal(value=False)}
    values = {"office_id": LETTERS.c.office_id, "letter_id": LETTERS.c.id, **facts, "reason": nothing, "said": nothing, "digest": nothing}
    return session.connection().execute(insert(QUEUE).from_select(list(values), select(*values.values()).where(*new))).rowcount


def waiting(session: Session, office_id: str) -> list[Waiting]:
    """Letters without a certified signature, the oldest first; those that need a person too, revoked ones not."""
    return [Waiting(*found) for found in session.exec(_waiting(office_id))]


def _waiting(office_id: str) -> Select[Any]:
    place, letter = CertifiedLetter, RegisterEntry
    return (
        rows_of(letter, place)
        .where(letter.office_id == place.office_id, letter.id == place.letter_id, place.office_id == office_id)
        .where(col(place.done_at).is_(None), letter.state == ISSUED)
        .order_by(col(place.queued_at), col(letter.serial))
    )


def due(session: Session, office_id: str, *, now: datetime) -> Waiting | None:
    """The letter whose turn it is; None while there is none.

    A `not_before` further away than the longest pause was set by a clock that went wrong: it holds nobody up.
    """
    until = col(CertifiedLetter.not_before)
    come = or_(until <= stored(now), until > stored(now + LONGEST))
    found = session.exec(_waiting(office_id).where(come, col(CertifiedLetter.needs_person).is_(False)).limit(1)).first()
    return Waiting(*found) if found else None


def failed(session: Session, office_id: str, letter_id: str, *, error: KioskError, at: datetime, for_person: bool) -> None:
    """Note that it did not work: not before somebody says so (`for_person`), or later; then the letters behind it rest as long."""
    row = session.get(CertifiedLetter, (office_id, letter_id))
    if row is None or row.done_at is not None:
        return
    row.failed_attempts += 1
    row.needs_person, row.reason, row.said = for_person, error.code, str(error)[:SAID_MOST]
    row.not_before = stored(at + pause(row.failed_attempts))
    if for_person:
        body = {"letter": letter_id, "code": error.code}
        record(session, office_id=office_id, kind=FAILED, body=body, actor=NODE, at=at)
    else:
        behind = (QUEUE.c.office_id == office_id, QUEUE.c.done_at.is_(None), QUEUE.c.not_before < row.not_before)
        session.connection().execute(update(QUEUE).where(*behind).values(not_before=row.not_before))


def done(session: Session, office_id: str, letter_id: str, *, digest: str, at: datetime) -> None:
    """The certified file is kept. Said twice, it happened once."""
    row = session.get(CertifiedLetter, (office_id, letter_id))
    if row is None or row.done_at is not None:
        return
    row.done_at, row.digest, row.needs_person, row.reason, row.said = stored(at), digest, False, "", ""
    record(session, office_id=office_id, kind=CERTIFIED, body={"letter": letter_id, "digest": digest}, actor=NODE, at=at)


def retry(session: Session, office_id: str, number: str | None, *, at: datetime, actor: str) -> int:
    """Try a letter (by its number; None: all that wait) again at once, whatever stood in the way; returns how many.

    Raises `NotInQueue`.
    """
    found = [one for one in waiting(session, office_id) if number is None or one.letter.number == number]
    if number is not None and not found:
        raise NotInQueue(letter=number)
    for one in found:
        one.place.not_before, one.place.failed_attempts, one.place.needs_person = stored(at), 0, False
        record(session, office_id=office_id, kind=RETRIED, body={"letter": one.letter.id}, actor=actor, at=at)
    return len(found)


def put(session: Session, office_id: str, letter_id: str, *, digest: str, at: str) -> None:
    """The row of the event `letter.certified`: on a node that was restored the file may be gone, and that it was made is known."""
    mine = (QUEUE.c.office_id == office_id, QUEUE.c.letter_id == letter_id)
    if session.connection().execute(update(QUEUE).where(*mine, QUEUE.c.done_at.is_(None)).values(done_at=at, digest=digest)).rowcount:
        return
    if session.get(CertifiedLetter, (office_id, letter_id)) is None:
        session.add(CertifiedLetter(office_id=office_id, letter_id=letter_id, queued_at=at, not_before=at, done_at=at, digest=digest))
        session.flush()
