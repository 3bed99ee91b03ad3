"""Real letters in the register of an office in this process: drawn, sealed, entered; and a certified signer for them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import select

from deploy.signer_stand_in import StandIn
from kiosk.catalogue.model import ServiceStandardRow
from kiosk.letters.document.letter import Letter
from kiosk.letters.later.sending import Post, beside
from kiosk.letters.later.signer import CertifiedSigner, HttpSigner
from kiosk.letters.register import files
from kiosk.letters.register.issuing import Desk, issue_letter
from kiosk.letters.register.model import RegisterEntry
from kiosk.letters.trust.certified import pinned
from tests.devices.house import House, house
from tests.letters.keyring import opened

LETTER: dict[str, Any] = {
    "template": "recommendation",
    "service": "izin-pameran",
    "recipient": {"name": "Siti Rahmawati", "address": "Jalan Mawar 1, Samarinda"},
    "subject": "Rekomendasi pameran",
    "body": ["Dengan ini kami merekomendasikan pameran tersebut."],
    "signatory": {"name": "Dra. Ani", "title": "Kepala Dinas"},
}


@contextmanager
def letter_office(folder: Path) -> Iterator[House]:
    """An office that has the service of `LETTER`, on a day on which the tests' key is good."""
    with house(folder, now=datetime(2026, 11, 22, 2, tzinfo=UTC)) as office:
        parts = dict.fromkeys(("requirements", "product", "fee", "time_limit"))
        standard = {**parts, "document": {"title": "Izin", "kind": "Izin", "number": "1"}}
        row = ServiceStandardRow(office_id="kaltim", id=LETTER["service"], position=1, name="Izin", standard=standard, digest="d")
        office.do(lambda session: session.add(row))
        yield office


def issue(office: House, name: str = "Siti Rahmawati") -> RegisterEntry:
    """Issue a letter to `name`; its row."""
    here = office.node.settings
    desk = Desk(here, office.node.writer.write, office.node.read, "cli", now=lambda: office.now)
    told = Letter.model_validate({**LETTER, "recipient": {**LETTER["recipient"], "name": name}})
    made = issue_letter(desk, told, opened())
    with office.node.reading() as session:
        return session.exec(select(RegisterEntry).where(RegisterEntry.id == made.id)).one()


def local(office: House, letter: RegisterEntry) -> Path:
    return files.path_of(office.node.settings.data_dir, letter.day, letter.serial)


def certified(office: House, letter: RegisterEntry) -> Path:
    return beside(local(office, letter))


def post(office: House, signer: CertifiedSigner | StandIn) -> Post:
    """What sends letters of `office` to `signer`."""
    here = office.node.settings
    speaks = HttpSigner(signer.address, signer.credentials, sleep=lambda _: None) if isinstance(signer, StandIn) else signer
    return Post(here, office.node.read, office.node.writer.write, lambda: office.now, speaks, pinned(here.signer_certificate))
