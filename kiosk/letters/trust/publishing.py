"""The office's own revocations: signed by its node key, newest number, for the next seven days.

A revocation is never taken back: each list holds all that the one before held, also when a restored register has forgotten them.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from sqlmodel import Session

from kiosk.letters.qr import aad, sign1
from kiosk.letters.qr.signer import Signer
from kiosk.letters.trust import revocations
from kiosk.letters.trust.revocations import Revocations
from kiosk.letters.trust.service import knowledge_of, number_used, take_revocations
from kiosk.letters.trust.trust_list import LAST_SEQUENCE

VALID = timedelta(days=7)
ANEW = timedelta(hours=20)  # published again after so long, so that each day has its own

Revoked = Mapping[int, tuple[int, int]]  # serial -> moment (seconds since 1970 UTC) and reason (0 to 4)
Source = Callable[[Session, str], Revoked]
_sources: list[Source] = []


def revoked_by(source: Source) -> Source:
    """Register who knows an office's revoked letters: asked before each publication."""
    _sources.append(source)
    return source


def publish_revocations(session: Session, office_id: str, signer: Signer, revoked: Revoked, now: datetime, *, by: str = "node") -> bytes:
    """Sign the revocations of this office anew, with `revoked` and whatever was revoked before; keep them, tell of them; the message.

    `signer` is that of the office's node key. Raises `NotTrusted` when no trust list here has that key for this office and purpose,
    `Malformed` for a serial or reason that cannot be.
    """
    before = _before(session, office_id)
    told = dict(sorted({**(before.details if before else {}), **revoked}.items()))
    bits = _joined(before.bits if before else b"", revocations.bits_of(told))
    content = Revocations(_next(session, office_id), int(now.timestamp()), int((now + VALID).timestamp()), office_id, bits, told)
    message = sign1.make(revocations.encode(content), signer, aad.REVOCATIONS)
    take_revocations(session, office_id, message, now, by=by)
    return message


def publish_again(session: Session, office_id: str, signer: Signer, now: datetime) -> bytes:
    """What the register knows, and what was published before, for the next seven days. Raises as `publish_revocations`."""
    revoked = {serial: told for source in _sources for serial, told in source(session, office_id).items()}
    return publish_revocations(session, office_id, signer, revoked, now)


def is_due(session: Session, office_id: str, now: datetime) -> bool:
    """Whether the office's revocations are missing, or old enough to be published again."""
    before = _before(session, office_id)
    return before is None or now.timestamp() - before.issued > ANEW.total_seconds()


def fresh_until(session: Session, office_id: str) -> int | None:
    """Until when (seconds since 1970 UTC) verifiers take the office's own revocations for fresh; None when there are none."""
    before = _before(session, office_id)
    return before.next_update if before else None


def _before(session: Session, office_id: str) -> Revocations | None:
    return knowledge_of(session, office_id).revocations.get(office_id)


def _next(session: Session, office_id: str) -> int:
    """One more than the newest number that a node key of this office signed. A thief may use the last one up: then it begins again.

    Whoever knows that the thief's key is revoked takes no notice of its numbers.
    """
    used = number_used(session, office_id)
    return used + 1 if used < LAST_SEQUENCE else 1


def _joined(one: bytes, other: bytes) -> bytes:
    size = max(len(one), len(other))
    return bytes(a | b for a, b in zip(one.ljust(size, b"\0"), other.ljust(size, b"\0"), strict=True))
