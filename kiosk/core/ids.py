"""Ids made where the thing happened: UUIDv7 (RFC 9562, section 5.7)."""

import hashlib
import re

import uuid_utils

from kiosk.core.errors import BadId

UUID_TEXT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")


def new_id() -> str:
    """A fresh UUIDv7 in its 36 characters; later ids sort after earlier ones of the same process."""
    return str(uuid_utils.uuid7())


def derived_id(source: str, word: str) -> str:
    """The id of what follows from `source` (an id) and is told by `word`: whenever it is asked for, the same one.

    A UUIDv8 (RFC 9562, section 5.8): the first 48 bits are the source's, so that it sorts where that one does, the rest is a hash.

    >>> derived_id("0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b", "ticket.taken")
    '0190a5f0-7b3c-87fb-b351-fd143f1b3aef'
    """
    digest = hashlib.sha256(f"{source} {word}".encode()).hexdigest()
    return f"{source[:13]}-8{digest[:3]}-{'89ab'[int(digest[3], 16) % 4]}{digest[4:7]}-{digest[7:19]}"


def parse_id(text: str) -> str:
    """The canonical spelling (lower case, hyphens) of a UUID that a device made; raises `BadId` for anything else.

    >>> parse_id("0190A5F0-7B3C-7D2E-9A1B-0C2D3E4F5A6B")
    '0190a5f0-7b3c-7d2e-9a1b-0c2d3e4f5a6b'
    """
    canonical = text.strip().lower()
    if not UUID_TEXT.fullmatch(canonical):
        raise BadId()
    return canonical
