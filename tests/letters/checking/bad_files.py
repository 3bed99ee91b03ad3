"""Files that mean harm, made by code: each says what is to be told of it."""

import struct
import zlib
from collections.abc import Callable
from io import BytesIO

from PIL import Image

MEGA = 1024 * 1024


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int, *, rows: int | None = None, before: bytes = b"") -> bytes:
    """A PNG of one bit a pixel that says it is so large, with `rows` of them in it."""
    packer = zlib.compressobj(9)
    row = bytes(1 + (width + 7) // 8)
    packed = b"".join(packer.compress(row) for _ in range(height if rows is None else rows)) + packer.flush()
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + before + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def saved(picture: Image.Image, kind: str, **how: object) -> bytes:
    file = BytesIO()
    picture.save(file, kind, **how)
    return file.getvalue()


def pdf(*objects: bytes, trailer: bytes = b"", prev: int | None = None) -> bytes:
    """A PDF of these objects, the first of which is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    loop = b"" if prev is None else b" /Prev %d" % (start if prev < 0 else prev)
    out += b"trailer << /Size %d /Root 1 0 R%s%s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, loop, trailer, start)
    return bytes(out)


CATALOGUE, PAGES = b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>"
PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> >> >>"


def stream(data: bytes, words: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n" % (len(data), words) + data + b"\nendstream"


def one_page(content: bytes, extra: bytes = b"<< >>", words: bytes = b"") -> bytes:
    return pdf(CATALOGUE, PAGES, PAGE, stream(content, words), extra)


def zip_bomb() -> bytes:
    """A content stream of 3 GB in a few kilobytes: packed thrice."""
    data = zlib.compress(b"0 0 m 9 9 l S\n" * (MEGA * 3), 1)
    return one_page(zlib.compress(zlib.compress(data * 40, 9), 9), words=b"/Filter [/FlateDecode /FlateDecode /FlateDecode]")


def picture_bomb() -> bytes:
    """A page with a picture of 10,000 x 10,000 pixels in colour: 300 MB, in some kilobytes."""
    packer = zlib.compressobj(1)
    packed = b"".join(packer.compress(bytes(MEGA)) for _ in range(300)) + packer.flush()
    words = b"/Type /XObject /Subtype /Image /Width 10000 /Height 10000 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /FlateDecode"
    return one_page(b"q 595 0 0 842 0 0 cm /X Do Q", stream(packed, words))


def form_loop() -> bytes:
    """A form that draws itself."""
    words = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X 5 0 R >> >>"
    return one_page(b"/X Do", stream(b"/X Do /X Do /X Do", words))


def many_forms(levels: int = 24) -> bytes:
    """A form that draws another twice, which draws another twice: sixteen million times in the end."""
    words = b"/Type /XObject /Subtype /Form /BBox [0 0 595 842] /Resources << /XObject << /X %d 0 R >> >>"
    forms = [stream(b"/X Do /X Do", words % (number + 6)) for number in range(levels)]
    return pdf(CATALOGUE, PAGES, PAGE, stream(b"/X Do"), *forms, stream(b"0 0 m 500 800 l S " * 50, words % 5))


def pages(count: int) -> bytes:
    kids = b" ".join(b"%d 0 R" % (number + 3) for number in range(count))
    sheet = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"
    return pdf(CATALOGUE, b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count), *[sheet] * count)


def locked() -> bytes:
    """A PDF that wants a password."""
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.pdf_utils.writer import copy_into_new_writer

    writer = copy_into_new_writer(PdfFileReader(BytesIO(one_page(b""))))
    writer.encrypt("pemilik", "pembaca")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def with_script() -> bytes:
    """A PDF that wants to run a script, open an address and start a program."""
    script = b"<< /S /JavaScript /JS (app.alert\\(1\\); this.submitForm\\('http://127.0.0.1:9/'\\); while\\(true\\){}) >>"
    start = b"<< /Type /Catalog /Pages 2 0 R /OpenAction 5 0 R /AA << /WC 5 0 R >> >>"
    sheet = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /AA << /O 5 0 R >> /Contents 4 0 R >>"
    return pdf(start, PAGES, sheet, stream(b""), script)


def _noise() -> Image.Image:
    return Image.effect_noise((1200, 1200), 90)


NOT_READ: dict[str, tuple[Callable[[], bytes], str]] = {
    "nothing known": (lambda: b"GIF89a" + bytes(100), "broken_picture"),
    "text": (lambda: b"surat", "broken_picture"),
    "a program": (lambda: b"\x7fELF" + bytes(1000), "broken_picture"),
    "11 MB": (lambda: b"%PDF-1.7\n" + bytes(11 * MEGA), "too_large"),
    "png of 400 megapixels in 50 kB": (lambda: png(20_000, 20_000), "too_many_pixels"),
    "png that says 4 billion by 4 billion": (lambda: png(2**32 - 1, 2**32 - 1, rows=1), "too_many_pixels"),
    "png without a size": (lambda: png(0, 0), "broken_picture"),
    "png cut off": (lambda: png(3000, 3000)[:300], "broken_picture"),
    "png with a comment bomb": (
        lambda: png(10, 10, before=chunk(b"zTXt", b"x\0\0" + zlib.compress(bytes(50 * MEGA), 1))),
        "broken_picture",
    ),
    "jpeg that is png": (lambda: b"\xff\xd8\xff" + png(10, 10), "broken_picture"),
    "png that is jpeg": (lambda: b"\x89PNG\r\n\x1a\n" + saved(_noise(), "JPEG"), "broken_picture"),
    "jpeg cut off": (lambda: saved(_noise(), "JPEG")[:200], "broken_picture"),
    "jpeg of 2 by 65,535 by 65,535": (lambda: b"\xff\xd8\xff\xc0\x00\x11\x08\xff\xff\xff\xff\x03" + bytes(100), "too_many_pixels"),
    "webp of 16,383 squared": (lambda: b"RIFF\x20\0\0\0WEBPVP8L\x10\0\0\0\x2f" + b"\xff\xff\xff\x0f" + bytes(30), "too_many_pixels"),
    "webp of 9 megapixels": (
        lambda: b"RIFF\x20\0\0\0WEBPVP8L\x10\0\0\0\x2f" + struct.pack("<I", 2999 | 2999 << 14) + bytes(30),
        "too_many_pixels",
    ),
    "webp cut off": (lambda: saved(_noise(), "WEBP")[:60], "broken_picture"),
    "pdf without anything": (lambda: b"%PDF-1.7\n", "broken_pdf"),
    "pdf of zeros": (lambda: b"%PDF-1.7\n" + bytes(MEGA), "broken_pdf"),
    "pdf with a password": (locked, "encrypted_pdf"),
    "pdf of 1,000 pages": (lambda: pages(1000), "too_many_pages"),
    "pdf of 51 pages": (lambda: pages(51), "too_many_pages"),
}
# Whatever is told of these, it comes in time and in bounds.
ENDLESS: dict[str, Callable[[], bytes]] = {
    "xref that leads to itself": lambda: pdf(CATALOGUE, PAGES, PAGE, stream(b""), b"<< >>", prev=-1),
    "arrays in arrays": lambda: pdf(CATALOGUE, PAGES, PAGE, stream(b""), b"[" * 100_000 + b"]" * 100_000),
    "catalogue in dictionaries": lambda: pdf(b"<< /A " * 50_000 + b"null" + b" >>" * 50_000, PAGES, PAGE, stream(b"")),
    "pages that lead to themselves": lambda: pdf(CATALOGUE, b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 >>"),
    "stream of 3 GB": zip_bomb,
    "picture of 300 MB": picture_bomb,
    "form that draws itself": form_loop,
    "forms, sixteen million times": many_forms,
    "page as large as a town": lambda: one_page(b"").replace(b"[0 0 595 842]", b"[0 0 9e9 9e9]"),
    "page without a size": lambda: one_page(b"").replace(b"[0 0 595 842]", b"[0 0 0 0]    "),
    "script": with_script,
    "length of a stream that is itself": lambda: one_page(b"").replace(b"/Length 0", b"/Length 4 0 R"),
}
