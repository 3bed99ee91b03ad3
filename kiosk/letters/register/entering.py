"""The second write of a letter: its line of the log and what the centre hears; and giving a number up that was never sealed."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlmodel import Session

from kiosk.core.clock import stored
from kiosk.letters.register import log
from kiosk.letters.register.errors import NotReserved
from kiosk.letters.register.model import RegisterEntry
from kiosk.letters.register.rows import row_of
from kiosk.letters.register.rules import ISSUED, RESERVED, VOID, check_hash
from kiosk.sync.outbox import record

# What the centre needs to answer for a letter. Holder, address and words stay at the office (UU 27/2022, purpose and minimisation).
TOLD = (
    "id", "serial", "number", "state", "template", "service", "title", "day", "valid_until", "reserved_at", "issued_at",
    "check_hash", "claims_hash", "key", "file_hash", "file_bytes", "revoked_at", "reason", "note", "replaced_by",
)  # fmt: skip


@dataclass(frozen=True)
class SealedFile:
    """What was made outside of the writer: the signed payload, the key's id, the file, the printed code, and when (seconds, UTC)."""

    payload: bytes
    kid: bytes
    pdf: bytes
    check_code: str
    at: int


def enter(session: Session, *, office_id: str, letter_id: str, sealed: SealedFile, actor: str) -> None:
    """The letter is sealed and its file lies there: write its line of the log, in the caller's transaction. Raises `NotReserved`."""
    row = _waiting(session, office_id, letter_id)
    number, at = row.number or "", datetime.fromtimestamp(sealed.at, UTC)
    row.claims_hash, row.key = hashlib.sha256(sealed.payload).hexdigest(), sealed.kid.hex()
    row.check_hash = check_hash(office_id, number, sealed.check_code)
    row.file_hash, row.file_bytes = hashlib.sha256(sealed.pdf).hexdigest(), len(sealed.pdf)
    row.state, row.issued_at, row.draft = ISSUED, stored(at), None  # the file has the words now
    facts = {"serial": row.serial, "number": number, "claims_hash": row.claims_hash, "key": row.key, "at": sealed.at}
    line = log.append(session, office_id=office_id, **facts)
    body = {"letter": told(row), "line": {name: getattr(line, name) for name in log.LINE}}
    record(session, office_id=office_id, kind="letter.issued", body=body, actor=actor, at=at)


def give_up(session: Session, *, office_id: str, letter_id: str, reason: str, actor: str, now: datetime) -> None:
    """A number that was fixed and never sealed becomes a gap with a reason; nobody gets it again. Raises `NotReserved`."""
    row = _waiting(session, office_id, letter_id)
    row.state, row.note, row.draft, row.name = VOID, reason, None, ""
    session.flush()
    record(session, office_id=office_id, kind="letter.void", body=told(row), actor=actor, at=now)


def told(row: RegisterEntry) -> dict[str, Any]:
    """What an event says of a letter."""
    return {name: getattr(row, name) for name in TOLD}


def _waiting(session: Session, office_id: str, letter_id: str) -> RegisterEntry:
    row = row_of(session, office_id, letter_id)
    if row.state != RESERVED:
        raise NotReserved(number=row.number)
    return row
