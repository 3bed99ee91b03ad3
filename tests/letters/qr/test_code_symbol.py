"""The printed symbol reads back, with both readers.

They are asked for QR codes alone: in one of some hundred symbols a reader also sees a small linear code among the modules.
"""

from random import Random

import numpy
import pytest
import zxingcpp
from PIL import Image
from pyzbar import pyzbar

from kiosk.letters.qr import symbol
from kiosk.letters.qr.text import to_text
from kiosk.paper.qr import QUIET_ZONE
from tests.letters.ground import printed
from tests.letters.make_mutants import pool


def picture(text: str, module: int) -> Image.Image:
    """The symbol with its quiet zone, `module` pixels a module."""
    dark = numpy.pad(numpy.array(symbol.matrix(text)), QUIET_ZONE)
    return Image.fromarray(numpy.where(dark, 0, 255).astype("uint8")).resize((len(dark) * module,) * 2, Image.Resampling.NEAREST)


CODES = [to_text("cek.kaltim.go.id", code) for _, code in pool(Random(6), 12)]
SIZES = [to_text("a.id", Random(7).randbytes(size)) for size in (1, 7, 50, 195, 320, 600)]


@pytest.mark.parametrize("text", [*CODES, *SIZES], ids=len)
@pytest.mark.parametrize("module", [3, 4])
def test_both_readers_read_the_exact_text(text: str, module: int):
    drawn = picture(text, module)
    assert [one.text for one in zxingcpp.read_barcodes(drawn, formats=zxingcpp.BarcodeFormat.QRCode)] == [text]
    assert [one.data.decode() for one in pyzbar.decode(drawn, symbols=[pyzbar.ZBarSymbol.QRCODE])] == [text]


def test_a_typical_letter_is_a_symbol_of_version_13_at_level_q():
    """30 mm on paper: a module of 0.43 mm."""
    found = zxingcpp.read_barcodes(picture(printed(), 4))[0]
    assert len(symbol.matrix(printed())) == 17 + 4 * 13
    assert found.ec_level == "Q"


@pytest.mark.parametrize("text", ["", "HTTPS://A.ID/V", "https://a.id/v#1", "HTTPS://A.ID/V#", "HTTPS://A.ID/V#1A", "HTTPS://A ID/V#1"])
def test_any_other_text_is_refused(text: str):
    with pytest.raises(ValueError, match="not the text"):
        symbol.matrix(text)
