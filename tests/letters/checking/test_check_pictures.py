"""Photographs and scans: which codes count, how they may lie, and what a page may differ by."""

from dataclasses import replace

import pytest
from PIL import Image, ImageDraw, ImageFilter

from kiosk.letters.checking import comparing, reading
from kiosk.letters.checking.child import told
from kiosk.letters.checking.sheets import Sheets
from kiosk.letters.document import drawing
from kiosk.letters.qr import cbor, symbol
from kiosk.letters.trust.knowledge import Knowledge
from tests.letters.checking.office import Office, rendered, saved

FOREIGN = "https://penipu.example/menang?klik=1"


def drawn(text: str, pixels: int = 5) -> Image.Image:
    """A code as a picture with its quiet zone."""
    if text.startswith("HTTPS://"):
        modules = symbol.matrix(text)
    else:
        import qrcode

        code = qrcode.QRCode(border=0)
        code.add_data(text)
        code.make()
        modules = code.get_matrix()
    picture = Image.new("L", (len(modules) + 8, len(modules) + 8), 255)
    for y, row in enumerate(modules, 4):
        for x, dark in enumerate(row, 4):
            picture.putpixel((x, y), 0 if dark else 255)
    return picture.resize((picture.width * pixels, picture.height * pixels), Image.Resampling.NEAREST)


def beside(*pictures: Image.Image) -> Image.Image:
    sheet = Image.new("L", (sum(one.width for one in pictures) + 40 * len(pictures), max(one.height for one in pictures) + 40), 255)
    x = 20
    for one in pictures:
        sheet.paste(one, (x, 20))
        x += one.width + 40
    return sheet


@pytest.fixture(scope="module")
def own(issuer: Office) -> str:
    return issuer.code(issuer.record)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
def test_a_photograph_of_a_letter_gives_what_was_signed(kind: str, issuer: Office) -> None:
    found = issuer.judge(saved(rendered(issuer.pdf), kind))
    assert (found.scope, found.verdict, found.reasons) == ("code", "code_genuine", ())
    assert found.as_json()["fields"]["name"] == "Siti Rahmah"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_however_the_camera_was_held(orientation: int, own: str, issuer: Office) -> None:
    """The eight orientations of EXIF, half of them mirrored: the code says by itself how it lies, so the mark is not read."""
    turn = {2: 0, 3: 3, 4: 1, 5: 5, 6: 4, 7: 6, 8: 2}  # PIL's own numbers
    picture = drawn(own)
    lying = picture if orientation == 1 else picture.transpose(Image.Transpose(turn[orientation]))
    exif = Image.Exif()
    exif[0x0112] = orientation
    assert issuer.judge(saved(lying, "JPEG", exif=exif)).verdict == "code_genuine"


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGB", "RGBA", "LA", "I;16"])
def test_whatever_the_colours_are_written_in(mode: str, own: str, issuer: Office) -> None:
    picture = drawn(own)
    picture = (
        Image.frombytes("I;16", picture.size, b"".join(bytes((0, v)) for v in picture.tobytes()))
        if mode == "I;16"
        else picture.convert(mode)
    )
    assert issuer.judge(saved(picture)).verdict == "code_genuine"


def test_what_is_transparent_is_paper(own: str, issuer: Office) -> None:
    picture = drawn(own)
    clear = Image.new("RGBA", picture.size, (0, 0, 0, 0))
    clear.paste((0, 0, 0, 255), mask=picture.point([255 - shade for shade in range(256)]))
    assert issuer.judge(saved(clear)).verdict == "code_genuine"


def test_a_foreign_code_is_not_ours_and_its_address_is_told_to_nobody() -> None:
    facts = told(saved(drawn(FOREIGN)))
    assert (facts.letters, facts.foreign) == ((), 1)
    assert "penipu" not in facts.model_dump_json()


def test_foreign_codes_alone(issuer: Office) -> None:
    assert issuer.judge(saved(drawn(FOREIGN))).reasons == ("foreign_code",)
    assert issuer.judge(saved(beside(drawn(FOREIGN), drawn("WIFI:S:x;;")))).reasons == ("no_letter_code",)


def test_a_letters_code_beside_foreign_ones_is_read(own: str, issuer: Office) -> None:
    found = issuer.judge(saved(beside(drawn(FOREIGN), drawn(own))))
    assert (found.verdict, found.reasons) == ("code_genuine", ())


def test_the_same_code_twice_is_one(own: str, issuer: Office) -> None:
    assert issuer.judge(saved(beside(drawn(own), drawn(own)))).verdict == "code_genuine"


@pytest.mark.parametrize("cut", [None, -4])  # the other letter's code whole, or a few signs of it missing
def test_codes_of_two_letters_are_not_one_letter(own: str, issuer: Office, cut: int | None) -> None:
    other = issuer.code(issuer.record, serial=78)[:cut]
    found = issuer.judge(saved(beside(drawn(own), drawn(other))))
    assert (found.verdict, found.reasons) == ("altered", ("several_codes",))
    assert found.as_json()["fields"] is None


def test_no_code_at_all(issuer: Office) -> None:
    assert issuer.judge(saved(Image.new("L", (800, 800), 255))).reasons == ("no_code_found",)


def test_nothing_is_known_without_a_trust_list(own: str, issuer: Office) -> None:
    found = replace(issuer, knowledge=Knowledge()).judge(saved(drawn(own)))
    assert (found.verdict, found.reasons) == ("unknown_issuer", ("no_trust_list",))


def test_small_codes_are_found_at_twice_their_size(own: str) -> None:
    tiny = drawn(own, 1).convert("L").filter(ImageFilter.GaussianBlur(0.3))
    assert reading.texts_of(tiny) == [own]


def page(issuer: Office) -> Image.Image:
    return Sheets(issuer.pdf).picture(0, comparing.DPI)


def test_a_page_may_differ_by_the_smoothing_of_edges(issuer: Office) -> None:
    own = page(issuer)
    assert comparing.alike(own, own.filter(ImageFilter.GaussianBlur(0.4)))


@pytest.mark.parametrize("other", ["503/0007", "503/0002", "503/0801", "Siti Rahmeh", "Siti Rahman", "Sifi Rahmah"])
def test_a_page_may_not_differ_by_one_sign(other: str, issuer: Office) -> None:
    """Under one and the same code: that alone would tell two letters apart."""
    own = "503/0001" if other.startswith("503") else "Siti Rahmah"
    code, kept = issuer.code(issuer.record), cbor.encode(issuer.record)
    assert own.encode() in kept
    records = (cbor.decode(kept.replace(own.encode(), words.encode())) for words in (own, own, other))
    given, again, forged = (Sheets(drawing.draw(one, code)).picture(0, comparing.DPI) for one in records)
    assert comparing.alike(given, again)
    assert not comparing.alike(given, forged)


def test_a_page_may_not_differ_by_a_speck_or_in_size(issuer: Office) -> None:
    own, forged = page(issuer), page(issuer)
    ImageDraw.Draw(forged).ellipse((400, 500, 403, 503), fill=0)  # less than a millimetre
    assert not comparing.alike(own, forged)
    assert not comparing.alike(own, own.crop((0, 0, own.width - 1, own.height)))
