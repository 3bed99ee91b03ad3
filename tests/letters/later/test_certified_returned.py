"""What comes back from the certified signer is kept only when it is our letter with a certified signature."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from deploy.signer_stand_in import make_key, sign
from kiosk.letters.keys import certificates
from kiosk.letters.later import returned
from kiosk.letters.later.errors import NotOurLetter
from kiosk.letters.trust.certified import is_known_signer, pinned
from tests.letters.later.sealed import issue, letter_office, local


def overlaid(pdf: bytes) -> bytes:
    """`pdf` with another name drawn over its first page, appended."""
    writer = IncrementalPdfFileWriter(BytesIO(pdf))
    stream = generic.StreamObject(stream_data=b"BT 100 500 Td (Budi) Tj ET")
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = generic.ArrayObject([page.raw_get("/Contents"), writer.add_object(stream)])
    writer.update_container(page)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def anew(pdf: bytes) -> bytes:
    """The same document written as a new file, without our signature."""
    writer = copy_into_new_writer(PdfFileReader(BytesIO(pdf)))
    for key in ("/AcroForm", "/Perms"):
        writer.root.pop(key, None)
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.fixture(scope="module")
def letter_and_other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[bytes, bytes, Path]]:
    folder = tmp_path_factory.mktemp("returned")
    make_key(folder / "signer")
    with letter_office(folder / "data") as office:
        yield local(office, issue(office)).read_bytes(), local(office, issue(office, "Budi")).read_bytes(), folder / "signer"


def test_our_file_with_one_signature_appended_is_taken(letter_and_other: tuple[bytes, bytes, Path]):
    ours, _, folder = letter_and_other
    returned.check(ours, sign(ours, folder), pinned(folder / "signer.pem"))


@pytest.mark.parametrize(
    ("bend", "why"),
    [
        (lambda ours, other, folder: ours, "0 signatures"),
        (lambda ours, other, folder: sign(sign(ours, folder), folder), "2 signatures"),
        (lambda ours, other, folder: sign(other, folder), "another record"),
        (lambda ours, other, folder: sign(overlaid(ours), folder), "changed after"),
        (lambda ours, other, folder: overlaid(sign(ours, folder)), "changed after|whole file"),
        (lambda ours, other, folder: sign(ours, folder) + b"\n% more", "whole file|changed|broken"),
        (lambda ours, other, folder: sign(anew(ours), folder), "written anew"),
        (lambda ours, other, folder: b"%PDF-1.7 nothing", "another record|broken"),
        (lambda ours, other, folder: sign(ours, folder).replace(b"/Contents <30", b"/Contents <31"), "broken|hold"),
    ],
    ids=["unsigned", "signed twice", "other letter", "overlay below", "overlay above", "tail", "anew", "no pdf", "signature bent"],
)
def test_anything_else_is_not_kept(letter_and_other: tuple[bytes, bytes, Path], bend: Callable[[bytes, bytes, Path], bytes], why: str):
    ours, other, folder = letter_and_other
    with pytest.raises(NotOurLetter, match=why):
        returned.check(ours, bend(ours, other, folder), pinned(folder / "signer.pem"))


def test_somebody_else_s_signature_is_not_a_certified_one(letter_and_other: tuple[bytes, bytes, Path], tmp_path: Path):
    ours, _, folder = letter_and_other
    make_key(tmp_path)
    for known in (pinned(folder / "signer.pem"), ()):
        with pytest.raises(NotOurLetter, match="does not name"):
            returned.check(ours, sign(ours, tmp_path), known)
    with pytest.raises(NotOurLetter, match="does not name"):
        returned.check(ours, sign(ours, folder), ())


NOW = datetime(2026, 11, 22, 4, tzinfo=UTC)
ROOT_KEY = certificates.new_key()
AUTHORITY = certificates.authority(ROOT_KEY, name="Penyelenggara", all_offices=False, now=NOW - timedelta(days=400))


def subscriber(*extensions: x509.ExtensionType, days: int = 300) -> x509.Certificate:
    """Somebody's certificate of `AUTHORITY`, for `days` from a year ago on."""
    begin, public = NOW - timedelta(days=365), certificates.new_key().public_key()
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Siapa saja")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(AUTHORITY.subject).public_key(public).serial_number(7)
    made = made.not_valid_before(begin).not_valid_after(begin + timedelta(days=365 + days))
    for extension in extensions:
        made = made.add_extension(extension, critical=True)
    return made.sign(ROOT_KEY, SHA256())


def usage(**named: bool) -> x509.KeyUsage:
    names = "digital_signature content_commitment key_encipherment data_encipherment key_agreement key_cert_sign crl_sign encipher_only"
    return x509.KeyUsage(**{name: named.get(name, False) for name in [*names.split(), "decipher_only"]})


def known(shown: x509.Certificate, *trusted: x509.Certificate, at: datetime | None = NOW) -> bool:
    return is_known_signer(shown.public_bytes(Encoding.DER), at, trusted)


def test_who_is_pinned_is_known_and_who_was_issued_by_a_pinned_authority_and_nobody_else():
    signer, other = subscriber(usage(digital_signature=True)), subscriber()
    assert known(signer, AUTHORITY)
    assert known(signer, signer)
    assert not known(signer, other)
    assert not known(signer)
    assert not known(AUTHORITY, signer), "a signer is no authority"
    assert not known(AUTHORITY, AUTHORITY), "an authority signs no letters"
    assert not is_known_signer(b"nothing", NOW, (AUTHORITY,))
    assert pinned(None) == ()


def test_an_authority_below_a_pinned_one_names_no_signer():
    """One step: who pins a nation's root does not believe all that is below it."""
    key = certificates.new_key()
    public = certificates.point_of(key.public_key())
    below = certificates.below(ROOT_KEY, AUTHORITY, public, name="Di bawah", now=NOW - timedelta(days=9), until=NOW + timedelta(days=9))
    kid, signer = bytes(8), certificates.point_of(certificates.new_key().public_key())
    facts = {"name": "x", "purpose": "letters", "kid": kid, "now": NOW - timedelta(days=1), "until": NOW + timedelta(days=1)}
    assert not known(certificates.leaf(key, below, signer, **facts), AUTHORITY)


def test_a_certificate_must_be_in_its_time_when_it_signs():
    old = subscriber(usage(digital_signature=True), days=-30)
    assert not known(old, AUTHORITY)
    assert not known(old, old)
    assert known(old, AUTHORITY, at=NOW - timedelta(days=31))
    assert not known(old, AUTHORITY, at=None), "who says no time says nothing"


@pytest.mark.parametrize(
    ("extension", "fits"),
    [
        (usage(digital_signature=True), True),
        (usage(content_commitment=True), True),
        (usage(key_agreement=True), False),
        (usage(crl_sign=True), False),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), False),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), False),
        (x509.ExtendedKeyUsage([certificates.DOCUMENT_SIGNING]), True),
        (x509.ExtendedKeyUsage([ExtendedKeyUsageOID.CLIENT_AUTH, ExtendedKeyUsageOID.EMAIL_PROTECTION]), True),
        (x509.BasicConstraints(ca=True, path_length=None), False),
    ],
)
def test_a_certificate_for_something_else_signs_no_letter(extension: x509.ExtensionType, fits: bool):
    assert known(subscriber(extension), AUTHORITY) is fits


def test_the_time_is_the_one_in_the_signature(letter_and_other: tuple[bytes, bytes, Path], monkeypatch: pytest.MonkeyPatch):
    ours, _, folder = letter_and_other
    asked = []
    monkeypatch.setattr(returned, "is_known_signer", lambda _der, at, _known: asked.append(at) or True)
    returned.check(ours, sign(ours, folder), ())
    assert abs(asked[0] - datetime.now(UTC)) < timedelta(minutes=2)
