"""Reports of suspected forgeries: taken in, listed, handled, and removed after a year. The caller owns the transaction.

What a reporter wrote stands in the row alone: what the trail says of it goes to the centre and cannot be taken out again.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import and_, delete, or_, update
from sqlmodel import Session, col, select

from kiosk.core.clock import stored
from kiosk.core.missing import add_missing
from kiosk.core.table_of import table_of
from kiosk.devices.codes import ALPHABET, shown
from kiosk.letters.later.errors import OutcomeMissing, SuspicionHandled, SuspicionUnknown
from kiosk.letters.later.model import Suspicion
from kiosk.sync.outbox import record

Verdict = Literal[
    "valid", "code_genuine", "registered", "expired", "revoked", "unknown_issuer", "altered", "not_ours", "unreadable"
]  # fmt: skip
Scope = Literal["document", "code", "register"]

ROWS = table_of(Suspicion)
KEPT = timedelta(days=365)
PAGE = 20
OUTCOME_MOST = 500
TOLD = "letter.suspected"
HANDLED = "letter.suspicion_handled"
WRITTEN = ("text", "number", "note")  # by whoever reports: names may stand in them
_SIGNS, _BITS = 8, 5


@dataclass(frozen=True)
class Reported:
    """What somebody sent: the verdict and scope that the check had shown, and what that person added ("" for nothing)."""

    verdict: str
    scope: str
    text: str = ""
    number: str = ""
    note: str = ""


def reference_of(suspicion_id: str) -> str:
    """The short code that a reporter is told: eight signs (40 bits) of the id's SHA-256, so that the same report has the same one.

    >>> reference_of("0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b")
    '2R4R-J2B3'
    """
    number = int.from_bytes(hashlib.sha256(suspicion_id.encode()).digest()[:_BITS])
    return shown("".join(ALPHABET[number >> _BITS * place & 31] for place in reversed(range(_SIGNS))))


def take(session: Session, *, office_id: str, suspicion_id: str, reported: Reported, at: datetime, actor: str) -> str:
    """Keep a report and tell that there is one; the same id again is the same report. Returns its reference."""
    reference = reference_of(suspicion_id)
    row = _row(office_id, suspicion_id, reference, stored(at), vars(reported))
    if add_missing(session, ROWS, row):
        said = [name for name in WRITTEN if row[name]]
        body = {"id": suspicion_id, "reference": reference, "verdict": reported.verdict, "scope": reported.scope, "said": said}
        record(session, office_id=office_id, kind=TOLD, body=body, actor=actor, at=at)
    return reference


def put(session: Session, office_id: str, body: dict[str, Any], at: str) -> None:
    """The row of the event that tells of a report: without what was written, where the row itself is lost."""
    facts = {name: str(body[name]) for name in ("verdict", "scope")}
    add_missing(session, ROWS, _row(office_id, str(body["id"]), str(body["reference"]), at, facts))


def _row(office_id: str, suspicion_id: str, reference: str, at: str, facts: dict[str, str]) -> dict[str, Any]:
    empty = {**dict.fromkeys(WRITTEN, ""), "handled_at": None, "handled_by": "", "outcome": ""}
    return {**empty, **facts, "office_id": office_id, "id": suspicion_id, "reference": reference, "at": at}


def page(session: Session, office_id: str, *, before: tuple[str, str] | None = None, size: int = PAGE) -> tuple[list[Suspicion], bool]:
    """Reports, newest first, behind the place `before` (`at`, `id`); and whether there are more."""
    wanted = select(Suspicion).where(Suspicion.office_id == office_id)
    if before is not None:
        at, last = before
        wanted = wanted.where(or_(col(Suspicion.at) < at, and_(col(Suspicion.at) == at, col(Suspicion.id) < last)))
    found = session.exec(wanted.order_by(col(Suspicion.at).desc(), col(Suspicion.id).desc()).limit(size + 1)).all()
    return list(found[:size]), len(found) > size


def handle(session: Session, *, office_id: str, suspicion_id: str, outcome: str, at: datetime, actor: str) -> None:
    """Write down what was done about a report; the trail says who did it, not what.

    Raises `OutcomeMissing`, `SuspicionUnknown`, `SuspicionHandled` when somebody else was faster.
    """
    words = outcome.strip()[:OUTCOME_MOST]
    if not words:
        raise OutcomeMissing()
    row = session.get(Suspicion, (office_id, suspicion_id))
    if row is None:
        raise SuspicionUnknown()
    if row.handled_at is not None:
        raise SuspicionHandled()
    mark(session, office_id, suspicion_id, at=stored(at), actor=actor, outcome=words)
    body = {"id": suspicion_id, "reference": row.reference}
    record(session, office_id=office_id, kind=HANDLED, body=body, actor=actor, at=at)


def mark(session: Session, office_id: str, suspicion_id: str, *, at: str, actor: str, outcome: str | None = None) -> None:
    """The report is handled; without an `outcome` what stands there stays, as does who was first."""
    mine = (ROWS.c.office_id == office_id, ROWS.c.id == suspicion_id, ROWS.c.handled_at.is_(None))
    words = {} if outcome is None else {"outcome": outcome}
    session.connection().execute(update(ROWS).where(*mine).values(handled_at=at, handled_by=actor, **words))


def sweep(session: Session, office_id: str, *, now: datetime) -> int:
    """Remove reports whose year is over, handled or not; returns how many."""
    old = (ROWS.c.office_id == office_id, ROWS.c.at < stored(now - KEPT))
    return session.connection().execute(delete(ROWS).where(*old)).rowcount
