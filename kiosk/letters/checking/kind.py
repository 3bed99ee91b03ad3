"""What a file is, by its first bytes, and how large a picture says it is. Nothing is decoded; the name that came along counts nothing.

Sources: PNG (W3C, 11.2.1 IHDR), JPEG (ITU-T T.81, B.2.2 frame header), WebP (RFC 9649, 2.5 to 2.7), PDF (ISO 32000-1, 7.5.2).
"""

from typing import Literal

from kiosk.letters.checking.errors import Unreadable
from kiosk.letters.checking.limits import LARGE_PIXELS, MOST_PIXELS, MOST_WEBP_PIXELS

Kind = Literal["png", "jpeg", "webp", "pdf"]
PDF_WITHIN = 1024  # where readers look for the header (ISO 32000-1, annex H, note 13)
PNG, JPEG = b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"
# Start of frame: baseline, extended, progressive, lossless; 0xC4, 0xC8 and 0xCC are other segments.
FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
ALONE = frozenset({0x01, *range(0xD0, 0xD9)})  # markers without a length


def kind_of(data: bytes) -> Kind | None:
    """PNG, JPEG, WEBP or PDF; None for anything else.

    >>> kind_of(b"%PDF-1.7"), kind_of(b"GIF89a"), kind_of(b"")
    ('pdf', None, None)
    """
    if data.startswith(PNG):
        return "png"
    if data.startswith(JPEG):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    return "pdf" if b"%PDF-" in data[:PDF_WITHIN] else None


def size_of(data: bytes, kind: Kind) -> tuple[int, int] | None:
    """Width and height in pixels that the header of a picture tells; None when there is no such header.

    >>> size_of(PNG + b"\\0\\0\\0\\rIHDR" + (7).to_bytes(4, "big") + (9).to_bytes(4, "big"), "png")
    (7, 9)
    """
    found = {"png": _png, "jpeg": _jpeg, "webp": _webp}[kind](data) if kind != "pdf" else None
    return found if found and min(found) > 0 else None


def check_size(data: bytes, kind: Kind) -> None:
    """Raises `Unreadable`: broken_picture without a header, too_many_pixels for one that tells too much. Decodes nothing."""
    size = size_of(data, kind)
    if size is None:
        raise Unreadable("broken_picture")
    if size[0] * size[1] > (MOST_WEBP_PIXELS if kind == "webp" else MOST_PIXELS):
        raise Unreadable("too_many_pixels")


def is_large(data: bytes, kind: Kind) -> bool:
    """Whether the picture says that it needs much memory."""
    size = size_of(data, kind)
    return size is not None and size[0] * size[1] > LARGE_PIXELS


def _png(data: bytes) -> tuple[int, int] | None:
    if data[12:16] != b"IHDR" or len(data) < 24:
        return None
    return int.from_bytes(data[16:20], "big"), int.from_bytes(data[20:24], "big")


def _jpeg(data: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 <= len(data):
        if data[at] != 0xFF:
            return None
        marker = data[at + 1]
        if marker in FRAMES:
            return int.from_bytes(data[at + 7 : at + 9], "big"), int.from_bytes(data[at + 5 : at + 7], "big")
        if marker == 0xFF:  # a fill byte
            at += 1
        elif marker in ALONE:
            at += 2
        else:
            at += 2 + int.from_bytes(data[at + 2 : at + 4], "big")
    return None


def _webp(data: bytes) -> tuple[int, int] | None:
    form, head = data[12:16], data[20:30]
    if len(head) < 10:
        return None
    if form == b"VP8X":
        return 1 + int.from_bytes(head[4:7], "little"), 1 + int.from_bytes(head[7:10], "little")
    if form == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if form == b"VP8 ":
        return int.from_bytes(head[6:8], "little") & 0x3FFF, int.from_bytes(head[8:10], "little") & 0x3FFF
    return None
