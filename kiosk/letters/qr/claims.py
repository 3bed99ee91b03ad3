"""What a letter's code says: the signed fields, five of the letter and two times (RFC 8392 for 4 and 6)."""

import re
import unicodedata
from dataclasses import dataclass
from typing import Any

from kiosk.letters.qr import cbor
from kiosk.letters.qr.errors import BadClaim, Malformed

EXP, IAT, LETTER = 4, 6, -65537  # labels below -65536 are for private use (RFC 8392, 9.1)
NUMBER, NAME, SERVICE, RECORD, SERIAL = range(1, 6)
MOST_NUMBER, MOST_NAME, MOST_SERVICE = 64, 100, 80  # characters
RECORD_HASH = 16  # bytes
LAST_SERIAL = 2**32 - 1
LAST_TIME = 253_402_300_799  # the last second of the year 9999
# Signs that turn the order of others around: with them a name could read otherwise than it was signed.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Claims:
    """The fields of a letter that a code holds; times are seconds since 1970 UTC, `expires_at` is the first at which it counts no more."""

    number: str
    name: str
    service: str
    record_hash: bytes
    serial: int
    issued_at: int
    expires_at: int | None = None


def is_plain(text: Any, most: int) -> bool:
    """Whether `text` is text of 1 to `most` characters, none of which controls a terminal or turns the order of others around.

    >>> is_plain("Siti", 4), is_plain("", 4), is_plain("Siti!", 4), is_plain("a\\tb", 4), is_plain("a\\u202eb", 4), is_plain(5, 4)
    (True, False, False, False, False, False)
    """
    if not isinstance(text, str) or not 1 <= len(text) <= most:
        return False
    return not _TURNING.search(text) and not any(unicodedata.category(sign) in {"Cc", "Cs"} for sign in text)


def is_whole(value: Any, most: int) -> bool:
    """Whether `value` is an integer of 0 to `most` (True and False are none).

    >>> is_whole(3, 3), is_whole(4, 3), is_whole(-1, 3), is_whole(True, 3), is_whole("1", 3)
    (True, False, False, False, False)
    """
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most


def _is_hash(value: Any) -> bool:
    return isinstance(value, bytes) and len(value) == RECORD_HASH


def _fault(claims: Claims) -> str | None:
    """The name of the first field that breaks its limit."""
    rules = {
        "number": is_plain(claims.number, MOST_NUMBER),
        "name": is_plain(claims.name, MOST_NAME),
        "service": is_plain(claims.service, MOST_SERVICE),
        "record_hash": _is_hash(claims.record_hash),
        "serial": is_whole(claims.serial, LAST_SERIAL),
        "issued_at": is_whole(claims.issued_at, LAST_TIME),
        "expires_at": claims.expires_at is None or is_whole(claims.expires_at, LAST_TIME),
    }
    broken = next((name for name, kept in rules.items() if not kept), None)
    if broken is None and claims.expires_at is not None and claims.expires_at < claims.issued_at:
        return "expires_at"
    return broken


def encode(claims: Claims) -> bytes:
    """The payload of a letter's code. Raises `BadClaim` that names the field."""
    if fault := _fault(claims):
        raise BadClaim(what=fault)
    letter = {NUMBER: claims.number, NAME: claims.name, SERVICE: claims.service, RECORD: claims.record_hash, SERIAL: claims.serial}
    until = {} if claims.expires_at is None else {EXP: claims.expires_at}
    return cbor.encode({**until, IAT: claims.issued_at, LETTER: letter})


def decode(payload: bytes) -> Claims:
    """The fields in `payload`.

    Raises `Malformed`: the reasons of `cbor.decode`, missing_field, malformed (a field too many, or one beyond its limit).
    """
    found = cbor.decode(payload)
    if not isinstance(found, dict):
        raise Malformed("malformed")
    if IAT not in found or LETTER not in found:
        raise Malformed("missing_field")
    letter = found[LETTER]
    if not isinstance(letter, dict):
        raise Malformed("malformed")
    if any(field not in letter for field in (NUMBER, NAME, SERVICE, RECORD, SERIAL)):
        raise Malformed("missing_field")
    if len(letter) != 5 or set(found) - {EXP, IAT, LETTER} or found.get(EXP, 0) is None:
        raise Malformed("malformed")
    read = Claims(letter[NUMBER], letter[NAME], letter[SERVICE], letter[RECORD], letter[SERIAL], found[IAT], found.get(EXP))
    if _fault(read):
        raise Malformed("malformed")
    return read
