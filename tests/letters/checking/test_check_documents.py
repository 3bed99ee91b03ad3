"""A sealed PDF is valid when nothing of it was touched; each way to touch it has its reason."""

import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pytest
from cryptography import x509

from kiosk.letters.checking import documents, file
from kiosk.letters.checking.child import told
from kiosk.letters.checking.readers import Readers
from kiosk.letters.page.texts import spoken
from kiosk.letters.trust.judging import Judgement
from kiosk.letters.trust.trust_list import SUPERSEDED, TrustedKey
from tests.letters import forgeries
from tests.letters.checking.office import CHECK_CODE, HOST, Office, rendered, saved
from tests.letters.keyring import opened

YEARS = 3 * 365 * 86_400


def test_an_untouched_letter_is_valid(issuer: Office) -> None:
    found = issuer.judge(issuer.pdf)
    assert (found.scope, found.verdict, found.reasons) == ("document", "valid", ())
    told = found.as_json()
    assert told["fields"]["name"] == "Siti Rahmah"
    assert told["issuer"]
    assert told["trust_as_of"]
    assert told["revocations_as_of"]


def test_a_process_of_its_own_says_the_same_within_200_mb(issuer: Office) -> None:
    readers = Readers(ahead=False)
    facts = readers.read(issuer.pdf)
    assert file.weigh(facts, issuer.knowledge, issuer.now) == issuer.judge(issuer.pdf)
    assert 0 < facts.peak_kb < 200 * 1024
    assert facts.guarded


def test_an_expired_letter_is_expired_and_its_knowledge_stale(issuer: Office) -> None:
    found = issuer.judge(issuer.pdf, issuer.now + YEARS)
    assert found.verdict == "expired"
    assert {"letter_expired", "trust_stale", "revocations_stale"} <= set(found.reasons)


@pytest.mark.parametrize("name", forgeries.ALL)
def test_what_was_added_after_signing_is_found(name: str, issuer: Office) -> None:
    found = issuer.judge(forgeries.ALL[name](issuer.pdf))
    assert found.verdict == "altered"
    assert "changed_after_signing" in found.reasons
    assert found.as_json()["fields"] is None


SHOWN = {
    "overlay_name": {"text_differs", "picture_differs"},
    "replace_contents": {"text_differs"},
    "add_annotation": {"picture_differs"},
    "append_page": {"picture_differs"},
    "swap_attachment": {"record_differs"},
}


@pytest.mark.parametrize("name", SHOWN)
def test_what_a_forgery_shows_is_told_too(name: str, issuer: Office) -> None:
    assert SHOWN[name] <= set(issuer.judge(forgeries.ALL[name](issuer.pdf)).reasons)


def test_pdfsig_passes_the_overlay_and_this_does_not(issuer: Office, tmp_path: Path) -> None:
    forged = forgeries.overlay_name(issuer.pdf)
    (tmp_path / "forged.pdf").write_bytes(forged)
    said = subprocess.run(["pdfsig", "-nocert", tmp_path / "forged.pdf"], capture_output=True, text=True).stdout
    assert "Signature is Valid" in said
    assert issuer.judge(forged).verdict == "altered"


def test_a_changed_byte_breaks_the_signature(issuer: Office) -> None:
    place = issuer.pdf.index(b"/MediaBox")
    forged = issuer.pdf[:place] + b"/Mediabox" + issuer.pdf[place + 9 :]
    assert "pades_wrong" in issuer.judge(forged).reasons


@pytest.mark.parametrize("tail", [b"\n", b"%%EOF\n", b"\0" * 1000, b"% nothing"])
def test_bytes_behind_the_end_are_found(tail: bytes, issuer: Office) -> None:
    found = issuer.judge(issuer.pdf + tail)
    assert found.verdict == "altered"
    assert {"changed_after_signing", "pades_wrong"} & set(found.reasons)


def test_the_certified_signer_alone_may_sign_behind_the_office(issuer: Office) -> None:
    known = (x509.load_der_x509_certificate(opened("Penanda Tersertifikasi").certificate),)
    twice = forgeries.sign_again(issuer.pdf, opened("Penanda Tersertifikasi").pades)

    def weighed(pdf: bytes) -> Judgement:
        return file.weigh(told(pdf), issuer.knowledge, issuer.now, known)

    assert weighed(twice).verdict == "valid"
    assert issuer.judge(twice).reasons == ("changed_after_signing",)
    assert "changed_after_signing" in weighed(forgeries.overlay_name(twice)).reasons
    assert (
        "changed_after_signing"
        in weighed(forgeries.sign_again(forgeries.overlay_name(issuer.pdf), opened("Penanda Tersertifikasi").pades)).reasons
    )


def test_a_certified_signer_out_of_its_time_may_not(issuer: Office) -> None:
    known = (x509.load_der_x509_certificate(opened("Penanda Tersertifikasi").certificate),)
    facts = told(forgeries.sign_again(issuer.pdf, opened("Penanda Tersertifikasi").pades))
    assert facts.seals is not None
    assert file.weigh(facts, issuer.knowledge, issuer.now, known).verdict == "valid"
    for at in (None, known[0].not_valid_after_utc.replace(year=known[0].not_valid_after_utc.year + 1)):
        late = facts.model_copy(update={"seals": (facts.seals[0], facts.seals[1].model_copy(update={"at": at}))})
        assert file.weigh(late, issuer.knowledge, issuer.now, known).reasons == ("changed_after_signing",)


def test_a_stranger_may_not_sign_the_offices_letter(issuer: Office) -> None:
    found = issuer.judge(issuer.make(key=opened("Bukan Dinas")))
    assert found.verdict == "unknown_issuer"
    assert found.reasons == ("pdf_signer_unknown",)


def test_the_offices_own_key_for_other_things_may_not_sign_letters(issuer: Office) -> None:
    found = issuer.judge(issuer.make(key=issuer.registry.key("node")))
    assert (found.verdict, found.reasons) == ("unknown_issuer", ("pdf_signer_unknown",))


@pytest.mark.parametrize(
    "other",
    [{"office": "berau"}, {"not_before": 1, "not_after": 2}, {"purpose": "node"}, {"revoked_at": 1, "reason": SUPERSEDED}],
)
def test_the_signers_key_must_be_listed_for_letters_of_this_office_at_that_time(other: dict[str, Any], issuer: Office) -> None:
    second = opened("Kunci Kedua")
    (own,) = issuer.knowledge.lists
    ours = next(key for key in own.keys if key.purpose == "letters")
    fitting = replace(ours, kid=second.signer.kid, public=second.signer.public)

    def with_key(key: TrustedKey) -> Office:
        offices = {**own.offices, "berau": ("Berau", "")}
        return replace(issuer, knowledge=replace(issuer.knowledge, lists=(replace(own, keys=(*own.keys, key), offices=offices),)))

    sealed = issuer.make(key=second)
    assert with_key(fitting).judge(sealed).verdict == "valid"
    assert with_key(replace(fitting, **other)).judge(sealed).reasons == ("pdf_signer_unknown",)


def test_the_reason_of_the_verdict_stands_first_and_is_read_aloud(issuer: Office) -> None:
    """A letter of a key that was replaced, and painted over: what to do follows from the paint."""
    (own,) = issuer.knowledge.lists
    replaced = tuple(replace(key, revoked_at=1, reason=SUPERSEDED) if key.purpose == "letters" else key for key in own.keys)
    later = replace(issuer, knowledge=replace(issuer.knowledge, lists=(replace(own, keys=replaced),)))
    found = later.judge(forgeries.overlay_name(issuer.pdf))
    assert (found.verdict, found.reasons[0]) == ("altered", "changed_after_signing")
    assert "key_revoked" in found.reasons
    assert f"verify-{found.verdict}-{found.reasons[0]}" in spoken()


def test_without_a_signature(issuer: Office) -> None:
    found = issuer.judge(issuer.make(key=None))
    assert (found.verdict, found.reasons) == ("altered", ("pades_missing",))


def test_without_the_record(issuer: Office) -> None:
    found = issuer.judge(issuer.make(before=_printed_anew))
    assert (found.verdict, found.reasons) == ("altered", ("record_missing",))


def _printed_anew(pdf: bytes) -> bytes:
    """The same pages in a file of their own: what was attached does not come along."""
    into = pdfium.PdfDocument.new()
    into.import_pages(pdfium.PdfDocument(pdf))
    out = BytesIO()
    into.save(out)
    return out.getvalue()


def test_another_record_than_the_one_whose_hash_is_signed(issuer: Office) -> None:
    """Sealed with the office's own key: the code of one letter on the pages of another."""
    other = {**issuer.record, "recipient": {"name": "Orang Lain", "address": None}}
    found = issuer.judge(issuer.make(record=other, coded=issuer.record))
    assert (found.verdict, found.reasons) == ("altered", ("record_differs",))


def test_pages_that_do_not_show_their_record(issuer: Office) -> None:
    """Sealed with the office's own key, over a file that was painted on before: the record says otherwise than the page."""
    found = issuer.judge(issuer.make(before=forgeries.overlay_name))
    assert set(found.reasons) == {"text_differs", "picture_differs"}


def test_a_page_painted_over_with_a_picture_alone(issuer: Office) -> None:
    found = issuer.judge(issuer.make(before=forgeries.add_annotation))
    assert "picture_differs" in found.reasons


def test_another_letters_code_on_the_page(issuer: Office) -> None:
    other = {**issuer.record, "number": "503/9999/LAIN"}
    both = issuer.make(before=lambda pdf: _with_page(pdf, issuer.make(record=other, key=None)))
    assert "several_codes" in issuer.judge(both).reasons


def _with_page(pdf: bytes, other: bytes) -> bytes:
    into = pdfium.PdfDocument(pdf)
    into.import_pages(pdfium.PdfDocument(other))
    out = BytesIO()
    into.save(out)
    return out.getvalue()


def test_an_address_that_is_not_the_offices(issuer: Office) -> None:
    (own,) = issuer.knowledge.lists
    named = replace(own, offices={"kaltim": (own.offices["kaltim"][0], HOST)})
    knows_host = replace(issuer, knowledge=replace(issuer.knowledge, lists=(named,)))
    assert knows_host.judge(issuer.pdf).verdict == "valid"
    found = knows_host.judge(issuer.make(qr=issuer.code(issuer.record, host="cek.penipu.example")))
    assert (found.verdict, found.reasons) == ("altered", ("address_foreign",))


def test_a_letter_whose_code_a_stranger_signed(issuer: Office) -> None:
    code = issuer.code(issuer.record, signer=opened("Bukan Dinas").signer)
    found = issuer.judge(issuer.make(qr=code, key=opened("Bukan Dinas")))
    assert found.verdict == "unknown_issuer"
    assert found.as_json()["fields"] is None


def test_a_letter_of_a_newer_format_is_no_forgery_and_not_wholly_checked(issuer: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another office may have a newer program. Its file is whole; how it should look nobody here can say."""
    monkeypatch.setattr(documents, "FORMAT", 0)
    found = issuer.judge(issuer.pdf)
    assert (found.scope, found.verdict, found.reasons) == ("code", "code_genuine", ())
    changed = issuer.judge(issuer.pdf + b" ")
    assert (changed.scope, changed.verdict) == ("document", "altered"), "of a changed file the signature was checked, not the code alone"
    assert "changed_after_signing" in changed.reasons


def test_what_stands_about_the_file_changes_nothing(issuer: Office) -> None:
    """Title, author and dates of a PDF are words of whoever wrote it; here they are signed, and read by nobody."""
    metadata = issuer.make(before=lambda pdf: pdf.replace(b"/Producer (ReportLab", b"/Producer (Rep0rtLab"))
    assert issuer.judge(metadata).verdict == "valid"


def test_a_scan_of_the_letter_is_told_by_its_code_alone(issuer: Office) -> None:
    found = issuer.judge(saved(rendered(issuer.pdf), "PDF", resolution=200))
    assert (found.scope, found.verdict, found.reasons) == ("code", "code_genuine", ())


def test_the_check_code_is_in_the_record(issuer: Office) -> None:
    other = {**issuer.record, "foot": {**issuer.record["foot"], "check_code": CHECK_CODE}}
    found = issuer.judge(issuer.make(record=other, coded=issuer.record))
    assert "record_differs" in found.reasons
