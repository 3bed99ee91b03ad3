"""The printed symbol (ISO/IEC 18004): level Q, three segments, a fixed mask."""

import re

import qrcode
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.util import QRData

MASK = 0  # trying all eight takes four fifths of the time: docs/adr/0011-letter-codes.md
_PARTS = re.compile(r"([0-9A-Z:/.-]+)(#)([0-9]+)")


def matrix(text: str) -> list[list[bool]]:
    """The modules of `text` (as `text.to_text` makes it), row by row, True for dark, without the quiet zone: whoever draws leaves it free.

    Raises ValueError for a text of another shape, `qrcode.exceptions.DataOverflowError` for one that no symbol holds.

    >>> len(matrix("HTTPS://CEK.KALTIM.GO.ID/V#" + "1" * 478))
    69
    """
    parts = _PARTS.fullmatch(text)
    if not parts:
        raise ValueError("not the text of a letter's code")
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=0, mask_pattern=MASK)
    for part in parts.groups():
        code.add_data(QRData(str(part)), optimize=0)  # QRData takes the densest mode that the part allows
    code.make(fit=True)
    return [[bool(dark) for dark in row] for row in code.get_matrix()]
