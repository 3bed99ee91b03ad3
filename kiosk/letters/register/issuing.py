"""A letter from its words to the sealed file: number and date first, then the seal, then the log.

```
first write: serial, number, date   ->   record, code, drawing, seal, file   ->   second write: line of the log, events
```
What dies between the two writes stays "reserved" and is finished by `finish`: made anew with the same number and date, because a file
without a line in the log was handed to nobody. One letter is made at a time on a node, whichever process makes it: so what is found
reserved by whoever holds the lock belongs to nobody else.
"""

import fcntl
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from kiosk.core.clock import utc_now
from kiosk.core.config import Settings
from kiosk.core.ids import new_id
from kiosk.core.writer import Transact
from kiosk.devices.codes import new_code
from kiosk.letters.document import drawing, record, sealing
from kiosk.letters.document.letter import Letter
from kiosk.letters.keys.opening import OpenedKey
from kiosk.letters.qr import aad, claims, sign1, text
from kiosk.letters.qr.claims import Claims
from kiosk.letters.register import entering, files, numbering, rows
from kiosk.letters.register.errors import NothingToFinish, NotReserved
from kiosk.letters.register.model import RegisterEntry
from kiosk.letters.register.numbering import Reserved
from kiosk.letters.register.rules import CHECK_LENGTH, RESERVED, VOID, end_of
from kiosk.letters.trust.service import knowledge_of


@dataclass(frozen=True)
class Desk:
    """Where letters are made: the node's settings, how it writes and reads, its clock, and who sits there."""

    settings: Settings
    write: Transact
    read: Transact
    actor: str
    now: Callable[[], datetime] = field(default=utc_now)


@dataclass(frozen=True)
class Issued:
    """A letter that is in the log, and its file."""

    id: str
    serial: int
    number: str
    path: Path


def issue_letter(desk: Desk, letter: Letter, key: OpenedKey, *, letter_id: str | None = None) -> Issued:
    """Number, seal and enter one letter. Raises what `numbering.reserve` and the drawing raise, and then nothing has happened.

    `letter_id`: for who may ask for the same letter again (a batch that was cut off). Then it is the same letter, whatever it says now.
    What fails after the number was given leaves the letter reserved: see `finish`.
    """
    with _alone(desk):
        known = desk.read(lambda s: s.get(RegisterEntry, (desk.settings.office, letter_id))) if letter_id else None
        if known is None:
            desk.read(lambda s: _try(s, desk, letter))  # what cannot be drawn must not cost a number
            return _seal(desk, desk.write(lambda s: _reserve(s, desk, letter, letter_id or new_id())), key)
        if known.state == RESERVED:
            return _seal(desk, _again(desk, known), key)
        if known.state == VOID:
            raise NotReserved(number=known.number)
        return Issued(known.id, known.serial, known.number or "", files.path_of(desk.settings.data_dir, known.day, known.serial))


def unfinished(desk: Desk) -> list[str]:
    """Ids of the letters whose number is fixed and that were never sealed, in the order of their serials."""
    with _alone(desk):
        return desk.read(lambda s: rows.reserved(s, desk.settings.office))


def finish(desk: Desk, letter_id: str, key: OpenedKey) -> Issued | None:
    """Seal and enter a letter that was cut off; none when it is not reserved any more. Raises `NothingToFinish`."""
    with _alone(desk):
        row = desk.read(lambda s: rows.row_of(s, desk.settings.office, letter_id))
        return _seal(desk, _again(desk, row), key) if row.state == RESERVED else None


@contextmanager
def _alone(desk: Desk) -> Iterator[None]:
    folder = desk.settings.data_dir / "letters"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (folder / "issuing.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _try(session: Session, desk: Desk, letter: Letter) -> None:
    """Raises what stands in the letter's way."""
    _, title, _ = numbering.check(session, office_id=desk.settings.office, letter=letter, now=desk.now())
    record.preview(session, desk.settings, letter, service_name=title)


def _reserve(session: Session, desk: Desk, letter: Letter, letter_id: str) -> Reserved:
    office_id, now = desk.settings.office, desk.now()
    revoked = knowledge_of(session, office_id).revocations.get(office_id)

    def is_spent(serial: int) -> bool:
        """A register that was restored from an older copy has forgotten; the folder and the signed list have not."""
        return files.has(desk.settings.data_dir, serial) or (revoked is not None and revoked.is_revoked(serial))

    facts: dict[str, Any] = {"office_id": office_id, "scheme": desk.settings.letter_number, "actor": desk.actor}
    return numbering.reserve(session, letter=letter, letter_id=letter_id, now=now, is_spent=is_spent, **facts)


def _again(desk: Desk, row: RegisterEntry) -> Reserved:
    if row.draft is None:
        raise NothingToFinish(number=row.number)
    zone = desk.read(lambda s: numbering.zone_of(s, row.office_id))
    return Reserved(row.id, row.serial, Letter.model_validate(row.draft), zone, row.title)


def _seal(desk: Desk, reserved: Reserved, key: OpenedKey) -> Issued:
    letter, at, code = reserved.letter, int(desk.now().timestamp()), new_code(CHECK_LENGTH)
    said = desk.read(lambda s: record.record_of(s, desk.settings, letter, code, service_name=reserved.title))
    payload = claims.encode(
        Claims(
            number=letter.number or "",
            name=letter.recipient.name,
            service=letter.service,
            record_hash=record.hash16(said),
            serial=reserved.serial,
            issued_at=at,
            expires_at=end_of(str(letter.valid_until or ""), reserved.zone),
        )
    )
    message = sign1.make(payload, key.signer, aad.LETTER)
    pdf = sealing.seal(drawing.draw(said, text.to_text(desk.settings.checked_at, message)), key, desk.now())
    path = files.path_of(desk.settings.data_dir, str(letter.date), reserved.serial)
    files.keep(path, pdf)
    sealed = entering.SealedFile(payload, key.signer.kid, pdf, code, at)
    desk.write(lambda s: entering.enter(s, office_id=desk.settings.office, letter_id=reserved.id, sealed=sealed, actor=desk.actor))
    return Issued(reserved.id, reserved.serial, letter.number or "", path)
