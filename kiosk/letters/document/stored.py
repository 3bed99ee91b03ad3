"""A record as bytes: what is hashed, signed and put into the PDF. Needs no database, so that a file can be checked in a small process."""

import hashlib
from typing import Any

from kiosk.letters.qr import cbor
from kiosk.letters.qr.claims import RECORD_HASH

FORMAT = 1


def encode(record: dict[str, Any]) -> bytes:
    """The bytes that are hashed and that lie in the PDF as `surat.cbor`."""
    return cbor.encode(record)


def decode(data: bytes) -> dict[str, Any]:
    """The record in the bytes of `surat.cbor`. Raises ValueError (`qr.errors.NotCbor` is one) for what is no record of this format."""
    record = cbor.decode(data)
    if not isinstance(record, dict) or record.get("format") != FORMAT:
        raise ValueError("no record of this format")
    return record


def hash16(record: dict[str, Any]) -> bytes:
    """The truncated hash of a record that stands in the code: the first 16 bytes of SHA-256."""
    return hashlib.sha256(encode(record)).digest()[:RECORD_HASH]
