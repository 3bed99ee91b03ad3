"""A letter by its number and the check code that is printed on it: what the office's own register says, the name masked."""

from sqlmodel import Session

from kiosk.letters.qr.claims import RECORD_HASH, Claims
from kiosk.letters.register import service as register
from kiosk.letters.register.service import Registered
from kiosk.letters.trust.judging import REGISTER, Judgement
from kiosk.letters.trust.knowledge import Knowledge

UNKNOWN = Judgement(REGISTER, "not_ours", reasons=("number_unknown",))


def check(session: Session, *, office_id: str, number: str, check_code: str, knowledge: Knowledge, now: int) -> Judgement:
    """What the register says at `now` (seconds since 1970 UTC). An unknown number and a wrong code are answered alike."""
    row = register.by_number(session, office_id=office_id, number=number, check_code=check_code)
    if row is None:
        return UNKNOWN
    revoked = _revoked(row, office_id, knowledge)
    # No signature was looked at, so there is no record to hash.
    claims = Claims(row.number, row.name, row.service, bytes(RECORD_HASH), row.serial, row.issued, row.expires)
    found = Judgement(
        REGISTER,
        "registered",
        claims,
        issuer=_name(office_id, knowledge),
        key=bytes.fromhex(row.key) if row.key else None,
        revocations_as_of=now,
        revoked=revoked,
        office=office_id,
    )
    if revoked is not None:
        found = found.with_reasons("revoked", "letter_revoked")
    if row.expires is not None and now >= row.expires:
        found = found.with_reasons("expired", "letter_expired")
    return found


def _revoked(row: Registered, office_id: str, knowledge: Knowledge) -> tuple[int | None, int] | None:
    """When and why the letter was revoked. The signed list counts too: a register that was restored from an older copy has forgotten."""
    if row.revoked_at is not None:
        return row.revoked_at, row.reason or 0
    listed = knowledge.revocations.get(office_id)
    return listed.detail(row.serial) if listed else None


def _name(office_id: str, knowledge: Knowledge) -> str | None:
    try:
        return knowledge.office(office_id)[0]
    except (KeyError, StopIteration):
        return None
