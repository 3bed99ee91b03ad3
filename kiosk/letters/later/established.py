"""When a key was stolen: which of its letters were certainly made before, because a timestamped head of the log holds them.

The date in a letter proves nothing then, as whoever has the key writes any date. That the log had a head at a moment is signed by a
time-stamping authority, and what stands before that head cannot have been added later.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from cryptography import x509
from sqlmodel import Session, col, select

from kiosk.core.clock import stored
from kiosk.letters.later import stamps
from kiosk.letters.later.errors import KeyNotInLog, LogDiffers, NoTimestampBefore, StampRefused
from kiosk.letters.later.model import LogTimestamp
from kiosk.letters.later.stamps import Stamp
from kiosk.letters.later.timestamps import token_of
from kiosk.letters.register import log, rules
from kiosk.letters.trust.trust_list import ESTABLISHED


@dataclass(frozen=True)
class Established:
    """`hashes`: sorted and put together, as field 7 of the trust list takes them; up to which position of the log, timestamped when."""

    hashes: bytes
    position: int
    at: datetime

    @property
    def count(self) -> int:
        """How many letters stay good."""
        return len(self.hashes) // ESTABLISHED


def established(session: Session, office_id: str, key: str, *, before: datetime, authorities: list[x509.Certificate]) -> Established:
    """The letters of `key` (its kid, 16 hex digits) that stood in the log before the last head timestamped before `before`.

    Each token is verified again. Raises `KeyNotInLog`, `NoTimestampBefore`, `LogDiffers` when the log is not what was timestamped,
    `StampRefused`.
    """
    if not any(line.key == key.lower() for line in log.lines(session, office_id)):
        raise KeyNotInLog(key=key)
    mine = select(LogTimestamp).where(LogTimestamp.office_id == office_id, LogTimestamp.at < stored(before))
    rows = session.exec(mine.order_by(col(LogTimestamp.position).desc())).all()
    if not rows:
        raise NoTimestampBefore(before=before.isoformat())
    row, stamp = _last_good(rows, authorities)
    if stamp.at >= before:
        raise NoTimestampBefore(before=before.isoformat())
    lines = log.lines(session, office_id, up_to=row.position)
    if rules.breaks(lines) or not lines or lines[-1].hash != row.head:
        raise LogDiffers(position=row.position)
    found = sorted({bytes.fromhex(line.claims_hash)[:ESTABLISHED] for line in lines if line.key == key.lower()})
    return Established(b"".join(found), row.position, stamp.at)


def _last_good(rows: Sequence[LogTimestamp], authorities: list[x509.Certificate]) -> tuple[LogTimestamp, Stamp]:
    """The furthest row whose token holds: a history that came back from a centre may have rows that nobody stamped.

    Raises `StampRefused`, that of the furthest, when none does.
    """
    wrong = None
    for row in rows:
        try:
            return row, stamps.verify(token_of(row), bytes.fromhex(row.head), authorities)
        except (StampRefused, ValueError) as fault:
            wrong = wrong or fault
    raise wrong if isinstance(wrong, StampRefused) else StampRefused(reason="it is no time-stamp token")
