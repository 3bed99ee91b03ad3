"""A key that never leaves its token: made, certified and used through PKCS #11, with SoftHSM2 for the token."""

import io
import json
import os
import subprocess
from pathlib import Path
from types import SimpleNamespace

import pkcs11
import pytest
from asn1crypto import x509
from pkcs11 import TokenFlag
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, sign_pdf
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
from reportlab.pdfgen.canvas import Canvas

from kiosk.letters.keys import opening, tries
from kiosk.letters.keys.errors import PinSpared, TokenFailed, TokenLocked, WrongPin
from kiosk.letters.keys.token import close_token, open_token
from kiosk.letters.qr import ecdsa
from tests.letters.keys.machines import House

LIBRARY = Path("/usr/lib/softhsm/libsofthsm2.so")
PIN, LABEL = "24680-pin-token", "kios"


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> None:
    """One for all tests of this process: the library reads its configuration once."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder / 'tokens'}\nobjectstore.backend = file\nlog.level = ERROR\n")
    os.environ["SOFTHSM2_CONF"] = str(folder / "softhsm2.conf")
    words = ["softhsm2-util", "--init-token", "--free", "--label", LABEL, "--so-pin", "13579-so-pin", "--pin", PIN]
    subprocess.run(words, check=True, capture_output=True)


@pytest.fixture
def house_with_token(house: House, token: None) -> House:
    house.rooted()
    words = ("--token-library", LIBRARY, "--token", LABEL, "--request", house.stick)
    house.node.did("keys", "new", "--purpose", "letters", "--days", "365", *words, words_of_key=PIN)
    house.vault.did("keys", "certify", "--root", house.disk, *house.stick.glob("*.request"), "--yes")
    house.node.did("keys", "import-trust", house.stick)
    return house


def test_the_node_keeps_only_where_the_key_is(house_with_token: House):
    (file,) = house_with_token.files("letters-*.token")
    assert json.loads(file.read_text()) == {"library": str(LIBRARY), "token": LABEL}
    assert house_with_token.files("*.p12") == []
    assert "token" in house_with_token.node.did("keys", "list")


def test_it_signs_as_a_letter_needs_it(house_with_token: House):
    opened = opening.open_key(house_with_token.node.settings, "letters", PIN)
    signature = opened.signer.sign(b"a letter")
    assert len(signature) == 64
    assert ecdsa.verifies(opened.signer.public, b"a letter", signature)
    assert not ecdsa.verifies(opened.signer.public, b"another", signature)
    assert opened.signer.kid.hex() == house_with_token.files("letters-*.token")[0].stem.partition("-")[2]


def test_the_private_key_cannot_be_taken_out(house_with_token: House):
    (file,) = house_with_token.files("letters-*.token")
    session = open_token(LIBRARY, LABEL, PIN, folder=file.parent).session
    found = session.get_key(object_class=pkcs11.ObjectClass.PRIVATE_KEY, id=bytes.fromhex(file.stem.partition("-")[2]))
    assert (found[pkcs11.Attribute.SENSITIVE], found[pkcs11.Attribute.EXTRACTABLE]) == (True, False)
    with pytest.raises(pkcs11.exceptions.AttributeSensitive):
        found[pkcs11.Attribute.VALUE]


@pytest.mark.parametrize("in_token", [True, False])
def test_pyhanko_signs_a_pdf_with_it_and_poppler_agrees(house: House, token: None, tmp_path: Path, in_token: bool):
    house.rooted()
    where = ("--token-library", LIBRARY, "--token", LABEL) if in_token else ()
    house.node.did("keys", "new", "--purpose", "letters", "--days", "365", *where, "--request", house.stick, words_of_key=PIN)
    house.vault.did("keys", "certify", "--root", house.disk, *house.stick.glob("*.request"), "--yes")
    house.node.did("keys", "import-trust", house.stick)
    opened = opening.open_key(house.node.settings, "letters", PIN)
    page = io.BytesIO()
    canvas = Canvas(page)
    canvas.drawString(72, 720, "Surat")
    canvas.save()
    how = PdfSignatureMetadata(field_name="Surat", md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    signed = sign_pdf(IncrementalPdfFileWriter(page), how, signer=opened.pades)
    roots = [x509.Certificate.load(opened.chain[-1])]
    found = validate_pdf_signature(PdfFileReader(signed).embedded_signatures[0], ValidationContext(trust_roots=roots))
    assert found.bottom_line, found.pretty_print_details()
    (tmp_path / "signed.pdf").write_bytes(signed.getvalue())
    told = subprocess.run(["pdfsig", "-nocert", tmp_path / "signed.pdf"], capture_output=True, text=True).stdout
    assert "Signature is Valid" in told


def test_a_wrong_pin_and_a_token_that_is_not_there(house_with_token: House):
    for _ in range(2):  # the session of who gave the right one is open, and then it is not
        with pytest.raises(WrongPin) as refused:
            opening.open_key(house_with_token.node.settings, "letters", "00000-wrong")
        assert refused.value.code == "KEY-0402"
        close_token(LIBRARY, LABEL)
    assert opening.open_key(house_with_token.node.settings, "letters", PIN).signer.sign(b"x")
    with pytest.raises(TokenFailed):
        open_token(LIBRARY, "another", PIN, folder=house_with_token.folder)
    with pytest.raises(TokenFailed):
        open_token(Path("/usr/lib/no-such-library.so"), LABEL, PIN, folder=house_with_token.folder)


def flags() -> int:
    return int(pkcs11.lib(str(LIBRARY)).get_token(token_label=LABEL).flags)


@pytest.fixture
def shut(house_with_token: House) -> House:
    """The node after a restart: nobody gave it the PIN."""
    close_token(LIBRARY, LABEL)
    return house_with_token


def test_after_two_wrong_pins_the_token_gets_none_at_all(shut: House):
    settings = shut.node.settings
    for _ in range(tries.MOST_WRONG):
        with pytest.raises(WrongPin):
            opening.open_key(settings, "letters", "00000-wrong")
    assert flags() & TokenFlag.USER_PIN_COUNT_LOW
    with pytest.raises(PinSpared) as spared:
        opening.open_key(settings, "letters", PIN)
    assert spared.value.code == "KEY-0430"
    assert flags() & TokenFlag.USER_PIN_COUNT_LOW  # the right PIN would have cleared it: the token was not asked
    tries.file_of(shut.node.data / "keys", LABEL).unlink()
    assert opening.open_key(settings, "letters", PIN).signer.sign(b"x")
    assert not flags() & TokenFlag.USER_PIN_COUNT_LOW


def test_the_right_pin_begins_the_count_anew_and_what_is_no_pin_does_not_count(shut: House):
    settings, keys = shut.node.settings, shut.node.data / "keys"
    for wrong in ("00000-wrong", "", "", ""):
        with pytest.raises(WrongPin):
            opening.open_key(settings, "letters", wrong)
    for _ in range(3):
        with pytest.raises(TokenFailed):
            open_token(LIBRARY, "another", PIN, folder=keys)
    assert tries.file_of(keys, "another").read_text() == "0"
    assert tries.file_of(keys, LABEL).read_text() == "1"
    assert opening.open_key(settings, "letters", PIN)
    assert tries.file_of(keys, LABEL).read_text() == "0"


@pytest.mark.parametrize(("flag", "error"), [(TokenFlag.USER_PIN_FINAL_TRY, PinSpared), (TokenFlag.USER_PIN_LOCKED, TokenLocked)])
def test_a_token_that_says_it_would_lock_itself_is_believed(flag: TokenFlag, error: type, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """SoftHSM2 never says so: this library has flags and nothing else, so that a PIN that reaches it is another error."""
    monkeypatch.setattr(pkcs11, "lib", lambda _: SimpleNamespace(get_token=lambda token_label: SimpleNamespace(flags=flag)))
    with pytest.raises(error):
        open_token(LIBRARY, "card", PIN, folder=tmp_path)
    assert tries.file_of(tmp_path, "card").read_text() == "0"
