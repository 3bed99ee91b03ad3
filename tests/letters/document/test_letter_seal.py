"""The seal: confirmed by a program that is not ours; what forgers do to it, and what that program says then."""

import io
import subprocess
from functools import cache
from pathlib import Path

import pypdfium2
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from kiosk.letters.document import reading, record
from tests.letters import forgeries
from tests.letters.keyring import opened
from tests.letters.written import recorded, sealed


@cache
def untouched() -> bytes:
    return sealed()


def pdfsig(pdf: bytes, folder: Path) -> str:
    """What poppler's program says of the signatures."""
    file = folder / "surat.pdf"
    file.write_bytes(pdf)
    return subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout


def test_pdfsig_confirms_an_untouched_letter(tmp_path):
    told = pdfsig(untouched(), tmp_path)
    assert "Signature is Valid" in told
    assert "- Total document signed" in told
    assert "Signature Type: ETSI.CAdES.detached" in told
    assert "Signing Hash Algorithm: SHA-256" in told


def test_a_changed_byte_breaks_the_seal(tmp_path):
    broken = untouched().replace(b"/CreationDate (D:2026", b"/CreationDate (D:2027")
    assert broken != untouched()
    assert "Signature is Valid" not in pdfsig(broken, tmp_path)


def test_the_seal_certifies_for_its_office_at_the_time_of_the_letter():
    signature = PdfFileReader(io.BytesIO(untouched())).embedded_signatures[0]
    assert signature.docmdp_level.name == "FILL_FORMS"
    assert signature.self_reported_timestamp.isoformat() == "2026-11-22T01:02:03+00:00"
    assert signature.signer_cert.dump() == opened().certificate
    assert [one.dump() for one in signature.other_embedded_certs] == opened().chain
    assert "signing_time" not in {one["type"].native for one in signature.signer_info["signed_attrs"]}  # PAdES: the time is in /M


def test_pyhanko_finds_the_seal_whole_below_the_office_s_root():
    from asn1crypto import x509

    roots = [x509.Certificate.load(one) for one in opened().chain]
    context = ValidationContext(trust_roots=roots, allow_fetching=False, moment=forgeries.WHEN)
    signature = PdfFileReader(io.BytesIO(untouched())).embedded_signatures[0]
    status = validate_pdf_signature(signature, context)
    assert status.intact
    assert status.valid
    assert status.trusted
    assert status.modification_level == ModificationLevel.NONE


def test_the_seal_shows_on_no_page():
    """The pages of the sealed file are those of the drawn one: a verifier compares pictures."""
    document = pypdfium2.PdfDocument(untouched())
    assert len(document) == 1
    signature = PdfFileReader(io.BytesIO(untouched())).embedded_signatures[0]
    assert [float(edge) for edge in signature.sig_field["/Rect"]] == [0, 0, 0, 0]


def test_the_record_reads_back_from_the_sealed_file():
    assert reading.record_in(untouched()) == record.encode(recorded())


@pytest.mark.parametrize("name", forgeries.ALL)
def test_pdfsig_passes_what_forgers_do(name, tmp_path):
    """Which is why ours does not rest on it: every one of these keeps the signed bytes. `checking` refuses each."""
    forged = forgeries.ALL[name](untouched())
    assert forged.startswith(untouched())
    assert "Signature is Valid" in pdfsig(forged, tmp_path)


@pytest.mark.parametrize("name", ["overlay_name", "add_annotation", "point_contents_elsewhere", "replace_contents", "append_page"])
def test_forgeries_can_be_seen(name):
    forged = forgeries.ALL[name](untouched())
    assert _pictures(forged) != _pictures(untouched())


def test_forged_attachments_are_not_the_record():
    assert reading.record_in(forgeries.swap_attachment(untouched())) == b"\xa0"
    assert reading.record_in(forgeries.add_attachment(untouched())) is None


def test_a_bomb_in_the_place_of_the_record_is_not_unpacked():
    assert reading.record_in(forgeries.swap_attachment(untouched(), bytes(50_000_000))) is None
    assert reading.record_in(forgeries.swap_attachment(untouched(), bytes(1_000_000))) == bytes(1_000_000)


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"\x89PNG", b"%PDF-1.7\n%%EOF", b"%PDF-1.7\nstartxref\n99\n%%EOF"])
def test_what_is_no_letter_has_no_record(data):
    assert reading.record_in(data) is None


def test_a_letter_that_was_cut_has_no_record():
    whole = untouched()
    for length in range(0, len(whole), 997):
        reading.record_in(whole[:length])  # whatever it gives, it raises nothing


def _pictures(pdf: bytes) -> list[bytes]:
    return [page.render(scale=0.5, may_draw_forms=True).to_pil().tobytes() for page in pypdfium2.PdfDocument(pdf)]
