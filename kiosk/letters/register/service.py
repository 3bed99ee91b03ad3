"""What people ask of the register: does this letter hold, take it back, which letters are there."""

import hmac
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, or_, select

from kiosk.core import office
from kiosk.core.clock import stored
from kiosk.devices import codes
from kiosk.letters.qr.signer import Signer
from kiosk.letters.register.entering import told
from kiosk.letters.register.errors import NotIssued, ReasonWrong, RevokedAlready, SuccessorWrong
from kiosk.letters.register.model import RegisterEntry
from kiosk.letters.register.rows import by_its_number, numbered
from kiosk.letters.register.rules import (
    CHECK_LENGTH,
    ISSUED,
    RESERVED,
    REVOKED,
    VOID,
    check_hash,
    end_of,
    masked,
)
from kiosk.letters.trust.publishing import publish_again, revoked_by
from kiosk.letters.trust.revocations import REASONS, REPLACED
from kiosk.sync.outbox import record

PAGE = 20


@dataclass(frozen=True)
class Registered:
    """What the register says to whoever knows a letter's number and its check code. The name is masked.

    `issued`, `expires` and `revoked_at` are seconds since 1970 UTC; `reason` is one of `trust.revocations.REASONS`.
    """

    number: str
    serial: int
    name: str
    service: str
    issued: int
    expires: int | None
    key: str
    revoked_at: int | None
    reason: int | None


def by_number(session: Session, *, office_id: str, number: str, check_code: str) -> Registered | None:
    """The letter with this number and this check code, as they were typed.

    None for an unknown number and for a wrong code alike, after the same work: who guesses learns nothing.
    """
    wanted, code = " ".join(number.split())[:100], codes.parse(check_code, CHECK_LENGTH) or ""
    row = numbered(session, office_id, wanted)
    given, kept = check_hash(office_id, wanted, code), (row.check_hash if row else "") or "0" * 64
    if not hmac.compare_digest(given, kept) or row is None or row.state not in (ISSUED, REVOKED):
        return None
    return Registered(
        number=wanted,
        serial=row.serial,
        name=masked(row.name),
        service=row.service,
        issued=_seconds(row.issued_at),
        expires=end_of(row.valid_until, office.get(session, office_id).zone),
        key=row.key,
        revoked_at=_seconds(row.revoked_at) if row.revoked_at else None,
        reason=row.reason,
    )


def _seconds(moment: str) -> int:
    return int(datetime.fromisoformat(moment).timestamp())


def revoke(
    session: Session, *, office_id: str, number: str, reason: int, successor: str, actor: str, now: datetime, signer: Signer | None
) -> RegisterEntry:
    """Take a letter back for good, in the caller's transaction, and publish the office's revocations signed by `signer` (the node's key).

    `successor`: the number of the letter that replaces it, where that is the reason. Without a signer the register knows at once, and
    whoever checks elsewhere after the next publication.
    Raises `LetterUnknown`, `NotIssued`, `RevokedAlready`, `ReasonWrong`, `SuccessorWrong`.
    """
    row = by_its_number(session, office_id, number)
    if row.state in (RESERVED, VOID):
        raise NotIssued(number=number)
    if row.state == REVOKED:
        raise RevokedAlready(number=number)
    if reason not in REASONS:
        raise ReasonWrong()
    row.replaced_by = _successor(session, office_id, row, successor) if reason == REPLACED else ""
    row.state, row.reason, row.revoked_at = REVOKED, reason, stored(now)
    session.flush()
    record(session, office_id=office_id, kind="letter.revoked", body=told(row), actor=actor, at=now)
    if signer is not None:
        publish_again(session, office_id, signer, now)
    return row


def _successor(session: Session, office_id: str, row: RegisterEntry, number: str) -> str:
    other = numbered(session, office_id, number.strip())
    if other is None or other.state != ISSUED or other.id == row.id:
        raise SuccessorWrong()
    return number.strip()


@revoked_by
def revoked(session: Session, office_id: str) -> dict[int, tuple[int, int]]:
    """Every revocation of the office: serial to moment (seconds, UTC) and reason."""
    gone = select(RegisterEntry).where(RegisterEntry.office_id == office_id, RegisterEntry.state == REVOKED)
    return {one.serial: (_seconds(one.revoked_at), one.reason or 0) for one in session.exec(gone.order_by(col(RegisterEntry.serial)))}


@dataclass(frozen=True)
class Page:
    """Letters, the newest first, and whether there are older ones."""

    rows: list[RegisterEntry]
    more: bool


def letters(session: Session, *, office_id: str, words: str = "", before: int | None = None, most: int = PAGE) -> Page:
    """The office's letters and gaps. `words`: a part of the number or of the holder's name; `before`: only below this serial."""
    asked = select(RegisterEntry).where(RegisterEntry.office_id == office_id)
    if wanted := words.strip():
        parts = (col(column).icontains(wanted, autoescape=True) for column in (RegisterEntry.number, RegisterEntry.name))
        asked = asked.where(or_(*parts))
    if before is not None:
        asked = asked.where(RegisterEntry.serial < before)
    found = list(session.exec(asked.order_by(col(RegisterEntry.serial).desc()).limit(most + 1)))
    return Page(found[:most], len(found) > most)
