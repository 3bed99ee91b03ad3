"""An office in this process with letters in its register and log, without drawing each: what is asked of them here is their log."""

import hashlib
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from sqlmodel import Session

from kiosk.core.clock import stored
from kiosk.core.ids import new_id
from kiosk.letters.qr import aad, claims, sign1
from kiosk.letters.qr.claims import Claims
from kiosk.letters.qr.signer import LocalSigner
from kiosk.letters.register import entering, files
from kiosk.letters.register.entering import SealedFile
from kiosk.letters.register.model import RegisterEntry
from tests.devices.house import House

DAY = "2026-03-12"


def signer() -> LocalSigner:
    return LocalSigner(ec.generate_private_key(ec.SECP256R1()))


def claims_of(serial: int, at: int, name: str = "Siti Rahmawati") -> Claims:
    return Claims(f"503/{serial:04}/DPMPTSP/III/2026", name, "izin-pameran", hashlib.sha256(b"%d" % serial).digest()[:16], serial, at)


def message_of(key: LocalSigner, made: Claims) -> bytes:
    return sign1.make(claims.encode(made), key, aad.LETTER)


def issue(office: House, key: LocalSigner, serial: int, *, pdf: bytes = b"%PDF-1.7 none", name: str = "Siti Rahmawati") -> bytes:
    """Enter a letter as issued now, with its file; gives the COSE message of its code."""
    at = int(office.now.timestamp())
    made = claims_of(serial, at, name)
    letter_id, payload = new_id(), claims.encode(made)
    row = RegisterEntry(
        office_id="kaltim", id=letter_id, serial=serial, number=made.number, state="reserved", day=DAY, reserved_at=stored(office.now)
    )
    files.keep(files.path_of(office.node.settings.data_dir, DAY, serial), pdf)

    def enter(session: Session) -> None:
        session.add(row)
        session.flush()
        sealed = SealedFile(payload, key.kid, pdf, "0" * 12, at)
        entering.enter(session, office_id="kaltim", letter_id=letter_id, sealed=sealed, actor="cli")

    office.do(enter)
    return message_of(key, made)


def later(office: House, **words: Any) -> None:
    office.now += timedelta(**words)
