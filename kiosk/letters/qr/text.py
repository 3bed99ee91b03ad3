"""A message as text: the address that a phone opens, and behind `#` the bytes as digits, which QR packs best.

Seven bytes, read little-endian, are 17 digits; a rest of 6 to 1 bytes 15, 13, 10, 8, 5 or 3. The lengths make each spelling the only one.
"""

import re
from dataclasses import dataclass

from kiosk.core.host import HOST
from kiosk.letters.qr.errors import Foreign, Malformed

MOST = 4296  # characters: the most that a QR code holds in its alphanumeric mode (ISO/IEC 18004, table 7)
GROUP, DIGITS = 7, 17
_DIGITS_OF = {0: 0, 1: 3, 2: 5, 3: 8, 4: 10, 5: 13, 6: 15, GROUP: DIGITS}
_BYTES_OF = {digits: count for count, digits in _DIGITS_OF.items()}
_CODE = re.compile(rf"https?://({HOST.pattern})/v/?#([0-9]+)", re.ASCII | re.IGNORECASE)


@dataclass(frozen=True)
class Scanned:
    """What stood in a code: `host` (lower case, with its port when one is named) and the message's bytes."""

    host: str
    message: bytes


def to_digits(message: bytes) -> str:
    """The bytes as digits.

    >>> to_digits(b""), to_digits(b"\\x01"), to_digits(b"\\xff" * 7)
    ('', '001', '72057594037927935')
    """
    groups = (message[start : start + GROUP] for start in range(0, len(message), GROUP))
    return "".join(str(int.from_bytes(group, "little")).zfill(_DIGITS_OF[len(group)]) for group in groups)


def from_digits(digits: str) -> bytes:
    """The bytes of `digits` (0 to 9 alone). Raises `Malformed`: malformed for a length that cannot be, group_too_large.

    >>> from_digits("001"), from_digits(to_digits(b"a letter"))
    (b'\\x01', b'a letter')
    """
    rest = len(digits) % DIGITS
    if rest not in _BYTES_OF:
        raise Malformed("malformed")
    parts = []
    for start in range(0, len(digits), DIGITS):
        group = digits[start : start + DIGITS]
        try:
            parts.append(int(group).to_bytes(_BYTES_OF[len(group)], "little"))
        except OverflowError:
            raise Malformed("group_too_large") from None
    return b"".join(parts)


def to_text(host: str, message: bytes) -> str:
    """The text of a letter's code. `host` is a name, with `:port` where it needs one.

    Raises ValueError when `host` is none, or when the text would be longer than readers accept.

    >>> to_text("cek.kaltim.go.id", b"\\x01")
    'HTTPS://CEK.KALTIM.GO.ID/V#001'
    """
    if not HOST.fullmatch(host):
        raise ValueError(f"not a host: {host!r}")
    text = f"HTTPS://{host.upper()}/V#{to_digits(message)}"
    if len(text) > MOST:
        raise ValueError("the code would be too long")
    return text


def from_text(text: str) -> Scanned:
    """What stands in a scanned text. The address is for comparing only: nothing opens it.

    Raises `Malformed` (too_long, malformed, group_too_large), `Foreign` for a text of another shape.

    >>> from_text(" https://cek.kaltim.go.id/v/#001\\n")
    Scanned(host='cek.kaltim.go.id', message=b'\\x01')
    """
    if len(text) > MOST:
        raise Malformed("too_long")
    found = _CODE.fullmatch(text.strip(" \r\n\t"))
    if not found:
        raise Foreign()
    return Scanned(found[1].lower(), from_digits(found[2]))
