"""One letter to the certified signer and back: read, send, check, keep. In this order a cut anywhere costs nothing.

The file is kept before the queue says so, and the signer gives the same signature for the same reference: what is cut off is done again
and ends the same.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509

from kiosk.core.config import Settings
from kiosk.core.errors import KioskError
from kiosk.core.writer import Transact
from kiosk.letters.later import certified, returned
from kiosk.letters.later.errors import LetterFileMissing, NotOurLetter, SignerUnreachable
from kiosk.letters.later.signer import CertifiedSigner
from kiosk.letters.register import files
from kiosk.letters.register.model import RegisterEntry

BESIDE = "-tersertifikasi.pdf"


@dataclass(frozen=True)
class Post:
    """What sending takes: settings, how to read and write, the clock, the signer, and whose signature is taken."""

    settings: Settings
    read: Transact
    write: Transact
    now: Callable[[], datetime]
    signer: CertifiedSigner
    known: tuple[x509.Certificate, ...]

    def send_next(self) -> bool | None:
        """Send the letter whose turn it is. None: none waits; False: the signer cannot be reached, and all of them rest a while.

        A letter that is refused, or comes back as something else, waits for a person (True as well): the next one may go.
        """
        office_id = self.settings.office
        one = self.read(lambda session: certified.due(session, office_id, now=self.now()))
        if one is None:
            return None
        letter_id = one.letter.id
        try:
            digest = self._sign(one.letter)
        except KioskError as wrong:
            later = isinstance(wrong, SignerUnreachable)
            self._note(letter_id, wrong, for_person=not later)
            return not later
        self.write(lambda session: certified.done(session, office_id, letter_id, digest=digest, at=self.now()))
        return True

    def _note(self, letter_id: str, wrong: KioskError, *, for_person: bool) -> None:
        office_id, at = self.settings.office, self.now()
        self.write(lambda session: certified.failed(session, office_id, letter_id, error=wrong, at=at, for_person=for_person))

    def _sign(self, letter: RegisterEntry) -> str:
        path = files.path_of(self.settings.data_dir, letter.day, letter.serial)
        local = local_file(path, letter)
        signed = self.signer.sign(local, letter.id)
        returned.check(local, signed, self.known)
        files.keep(beside(path), signed)
        return hashlib.sha256(signed).hexdigest()


def beside(path: Path) -> Path:
    """Where the certified file of the letter at `path` lies.

    >>> str(beside(Path("2026/000007.pdf")))
    '2026/000007-tersertifikasi.pdf'
    """
    return path.with_name(path.stem + BESIDE)


def local_file(path: Path, letter: RegisterEntry) -> bytes:
    """The letter's own file, as the register knows it. Raises `LetterFileMissing`, `NotOurLetter` when the disk has something else."""
    try:
        local = path.read_bytes()
    except OSError:
        raise LetterFileMissing(file=path.name) from None
    if hashlib.sha256(local[: letter.file_bytes]).hexdigest() != letter.file_hash:
        raise NotOurLetter(reason="the file in this computer is not the one that the register knows")
    return local[: letter.file_bytes]
