"""Reads back what a letter's file carries. The file may be anybody's: whoever calls limits time and memory (see `checking`)."""

import io
import zlib
from typing import Any

from kiosk.letters.document.attaching import NAME

LARGEST = 1_000_000  # bytes of a record, unpacked; that of the longest letter with a crest has 300,000


def record_in(pdf: bytes) -> bytes | None:
    """The attachment `surat.cbor` of the newest revision; None when there is none, more than one, or the file cannot be read."""
    from pyhanko.pdf_utils.misc import PdfError
    from pyhanko.pdf_utils.reader import PdfFileReader

    try:
        names = PdfFileReader(io.BytesIO(pdf), strict=False).root["/Names"]["/EmbeddedFiles"]["/Names"]
        files = [names[at + 1] for at in range(0, len(names), 2) if str(names[at]) == NAME]
        return _content(files[0]["/EF"]["/F"]) if len(files) == 1 else None
    except (PdfError, LookupError, TypeError, ValueError, AttributeError, OSError, RecursionError, zlib.error):
        return None


def _content(stream: Any) -> bytes | None:
    """The bytes of an embedded file, as `attaching` writes it: unpacked no further than a record can be."""
    if stream.get("/Filter", ["/FlateDecode"]) not in ("/FlateDecode", ["/FlateDecode"]) or "/DecodeParms" in stream:
        return None
    unpacker = zlib.decompressobj()
    data = unpacker.decompress(stream.encoded_data, LARGEST + 1)
    return data if len(data) <= LARGEST and unpacker.eof else None
