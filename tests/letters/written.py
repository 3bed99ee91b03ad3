"""A letter for the tests, from its words to the sealed file."""

from datetime import UTC, datetime
from typing import Any

from kiosk.core.office import Office
from kiosk.letters.document import drawing, letter, letterhead, record, sealing, templates
from tests.letters.keyring import opened

CODE = "HTTPS://CEK.KALTIM.GO.ID/V#" + "1234567890" * 47 + "12345678"
SEALED_AT = datetime(2026, 11, 22, 1, 2, 3, tzinfo=UTC)
CHECK_CODE = "7GQ0K2ZDM4TX"
PARAGRAPH = (
    "Sehubungan dengan permohonan Saudara, kami sampaikan bahwa setelah pemeriksaan berkas dan peninjauan lapangan, permohonan tersebut "
    "telah memenuhi persyaratan administrasi dan teknis sesuai dengan peraturan perundang-undangan."
)


def words(**other: Any) -> dict[str, Any]:
    """`letter.json` of a permit; `other` replaces fields, None takes one away."""
    usual: dict[str, Any] = {
        "template": "permit",
        "service": "kaltim-undian-gratis-berhadiah",
        "number": "500.16.7/0123/DPMPTSP/2026",
        "date": "2026-11-22",
        "valid_until": "2027-11-21",
        "recipient": {"name": "Nyoman Sri Wahyuni", "address": "Jalan Antasari Nomor 12, Samarinda"},
        "subject": "Izin undian gratis berhadiah",
        "body": ["Undian diselenggarakan di wilayah Provinsi Kalimantan Timur.", "Pajak ditanggung oleh penyelenggara."],
        "signatory": {"name": "Ir. Bambang Hermansyah, M.Si.", "title": "Kepala Dinas"},
    }
    return {name: value for name, value in {**usual, **other}.items() if value is not None}


def recorded(**other: Any) -> dict[str, Any]:
    """The record of that letter, by the office of East Kalimantan."""
    said = letter.of(words(**other))
    head = letterhead.of(Office(office_id="kaltim", name="-", short_name="-", region="-", zone="Asia/Makassar"))
    facts = {"service_name": "Undian Gratis Berhadiah", "check_address": "cek.kaltim.go.id/v", "check_code": CHECK_CODE}
    return record.compose(said, head, templates.load(said.template), **facts)


def sealed(**other: Any) -> bytes:
    """That letter, drawn and sealed."""
    return sealing.seal(drawing.draw(recorded(**other), CODE), opened(), SEALED_AT)
