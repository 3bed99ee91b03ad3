"""The demonstration's letters: one that holds, and one that was revoked, so that checking can be tried. Everybody in them is made up."""

from datetime import timedelta
from typing import Any

from sqlmodel import Session

from kiosk.catalogue import service as catalogue
from kiosk.core.clock import business_date
from kiosk.letters.document import letter as letters
from kiosk.letters.keys import demo as keys
from kiosk.letters.keys import opening
from kiosk.letters.register import issuing, numbering, service
from kiosk.letters.register.issuing import Desk
from kiosk.letters.trust.revocations import ERROR
from kiosk.letters.trust.trust_list import LETTERS, NODE

SIGNATORY = {"name": "Dr. Rahmawati Pelita, M.Si.", "title": "Kepala Dinas"}
HOLDS: dict[str, Any] = {
    "template": "recommendation",
    "recipient": {"name": "Siti Rahmah", "address": "Jalan Melati Nomor 7, RT 12"},
    "subject": "Rekomendasi kegiatan pameran",
    "body": [
        "Sehubungan dengan permohonan Saudara, kami memberikan rekomendasi untuk menyelenggarakan pameran hasil kerajinan di balai kota.",
        "Penyelenggara menjaga ketertiban dan kebersihan selama pameran, serta mematuhi peraturan yang berlaku.",
    ],
    "signatory": SIGNATORY,
}
REVOKED: dict[str, Any] = {
    "template": "permit",
    "recipient": {"name": "Budi Santoso", "address": "Jalan Kenanga Nomor 21"},
    "subject": "Izin penyelenggaraan kegiatan",
    "body": ["Kegiatan diselenggarakan di halaman balai kota, dari pukul 08.00 sampai dengan pukul 17.00."],
    "signatory": SIGNATORY,
}


def load(desk: Desk) -> None:
    """Keys, trust list and two letters, where the office has none yet. The settings must be the demonstration's."""
    here, now = desk.settings, desk.now()
    desk.write(lambda s: keys.load(s, here, now))
    first = desk.read(lambda s: _first_service(s, here.office))
    if first is None:
        return
    today = business_date(now, desk.read(lambda s: numbering.zone_of(s, here.office)))
    key = opening.open_key(here, LETTERS, keys.PASSPHRASE, now=now)
    until = (today + timedelta(days=365)).isoformat()
    issuing.issue_letter(desk, letters.of({**HOLDS, "service": first, "valid_until": until}), key)
    wrong = issuing.issue_letter(desk, letters.of({**REVOKED, "service": first}), key)
    signer = opening.open_key(here, NODE, keys.PASSPHRASE, now=now).signer
    given: dict[str, Any] = {"number": wrong.number, "reason": ERROR, "successor": "", "actor": desk.actor, "signer": signer}
    desk.write(lambda s: service.revoke(s, office_id=here.office, now=now, **given))


def _first_service(session: Session, office_id: str) -> str | None:
    """The service that the letters are of; none when there are letters already."""
    if service.letters(session, office_id=office_id, most=1).rows:
        return None
    tiles = catalogue.list_services(session, office_id=office_id)
    return str(tiles[0]["id"]) if tiles else None
