"""What comes back from the certified signer is kept only when it is our letter with a certified signature."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from deploy.signer_stand_in import make_key, sign
from kiosk.letters.later import returned
from kiosk.letters.later.errors import NotOurLetter
from kiosk.letters.trust.certified import is_known_signer, pinned
from tests.letters.later.sealed import issue, letter_office, local
from tests.letters.later.tsa import Tsa


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


def test_who_is_pinned_is_known_and_who_was_issued_by_a_pinned_authority_and_nobody_else(tmp_path: Path):
    Tsa(tmp_path / "tsa")
    authority, issued = pinned(tmp_path / "tsa/ca.pem"), pinned(tmp_path / "tsa/tsa.pem")
    der = issued[0].public_bytes(Encoding.DER)
    assert is_known_signer(der, authority)
    assert is_known_signer(der, issued)
    Tsa(tmp_path / "other")
    assert not is_known_signer(der, pinned(tmp_path / "other/ca.pem"))
    assert not is_known_signer(authority[0].public_bytes(Encoding.DER), issued), "a signer is no authority"
    assert not is_known_signer(b"nothing", authority)
    assert pinned(None) == ()
