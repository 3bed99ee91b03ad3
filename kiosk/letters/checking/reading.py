"""Square codes in a picture: zxing-cpp first; where it finds none, the picture twice as large; then pyzbar, which misses other ones.

`make bench` has the measurements (`bench/letters_reading.py`). Nothing that stands in a code is opened or followed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import zxingcpp
from PIL import Image

from kiosk.letters.checking.limits import MOST_CODES
from kiosk.letters.qr.errors import Foreign, Malformed
from kiosk.letters.qr.text import from_text

try:
    from pyzbar import pyzbar
except ImportError:  # the wheel has no libzbar: zxing-cpp reads nine of ten by itself
    pyzbar = None

FORMATS = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
LARGE = 5_000_000  # pixels: a picture of more is not drawn twice as large, for its memory and because its code is large already


@dataclass(frozen=True)
class Codes:
    """`letters`: different texts that have the shape of a letter's code, as they were found. `foreign`: how many others."""

    letters: tuple[str, ...] = ()
    foreign: int = 0


def texts_in(picture: Image.Image) -> list[str]:
    """The texts of the codes that zxing-cpp finds in a grey picture, turned or mirrored however."""
    found = zxingcpp.read_barcodes(picture, formats=FORMATS, text_mode=zxingcpp.TextMode.Plain)
    return [code.text for code in found]


def texts_hard_to_find(picture: Image.Image) -> list[str]:
    """The same with more effort: twice as large, then by pyzbar. Empty when there is nothing to be found."""
    small = picture.width * picture.height <= LARGE
    if small and (found := texts_in(picture.resize((picture.width * 2, picture.height * 2), Image.Resampling.BICUBIC))):
        return found
    if pyzbar is None:
        return []
    found = pyzbar.decode(picture, symbols=[pyzbar.ZBarSymbol.QRCODE])
    return [code.data.decode("utf-8", "replace") for code in found]


def texts_of(picture: Image.Image) -> list[str]:
    """The texts of the codes in a grey picture, with as much effort as it takes."""
    return texts_in(picture) or texts_hard_to_find(picture)


def sort(texts: Iterable[str]) -> Codes:
    """Letters' codes apart from foreign ones; the same one twice is one.

    >>> sort(["https://example.org", "https://cek.go.id/v#001", " https://cek.go.id/v#001 "])
    Codes(letters=('https://cek.go.id/v#001',), foreign=1)
    """
    letters: dict[str, None] = {}
    foreign = set()
    for text in list(texts)[:MOST_CODES]:
        bare = text.strip(" \r\n\t")
        if is_letter(bare):
            letters[bare] = None
        else:
            foreign.add(bare)
    return Codes(tuple(letters), len(foreign))


def is_letter(text: str) -> bool:
    """Whether `text` has the shape of a letter's code, damaged or not."""
    try:
        from_text(text)
    except Foreign:
        return False
    except Malformed:
        return True
    return True
