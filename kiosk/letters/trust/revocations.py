"""Which letters of an office were revoked: a bit for each serial, and for each revoked one when and why. Signed by a node key."""

import gzip
import zlib
from dataclasses import dataclass, field
from typing import Any

from kiosk.letters.qr import cbor
from kiosk.letters.qr.claims import LAST_SERIAL, LAST_TIME, is_whole
from kiosk.letters.qr.errors import Malformed
from kiosk.letters.trust.trust_list import FORMAT, headed, is_office

MOST_UNPACKED = 1_000_000  # bytes: eight million letters
UNSPECIFIED, ERROR, WITHDRAWN, REPLACED, FALSE_STATEMENTS = REASONS = range(5)  # letter-reason of docs/letter-qr.cddl
_FIELDS = {1, 2, 3, 4, 5, 6, 7}
_PLAIN_HEAD = b"\x1f\x8b\x08\x00"  # gzip, deflate, and none of the optional fields (RFC 1952, 2.3)
_GZIP = 16 + zlib.MAX_WBITS  # zlib's word for "a gzip member" (RFC 1952)


@dataclass(frozen=True)
class Revocations:
    """The revoked letters of `office`. `bits`: bit 7 - n % 8 of byte n // 8 is letter n. `details`: serial -> (when, reason)."""

    sequence: int
    issued: int
    next_update: int
    office: str
    bits: bytes
    details: dict[int, tuple[int, int]] = field(default_factory=dict)

    def is_revoked(self, serial: int) -> bool:
        """Whether letter `serial` was revoked.

        >>> one = Revocations(1, 0, 0, "kaltim", b"\\x00\\x40")
        >>> one.is_revoked(9), one.is_revoked(8), one.is_revoked(4_000_000_000)
        (True, False, False)
        """
        byte, bit = divmod(serial, 8)
        return byte < len(self.bits) and bool(self.bits[byte] & 0x80 >> bit)

    def detail(self, serial: int) -> tuple[int | None, int] | None:
        """When (seconds since 1970 UTC; None where its bit alone says so) and why letter `serial` was revoked; None when it was not."""
        return self.details.get(serial, (None, UNSPECIFIED)) if self.is_revoked(serial) else None

    def is_stale(self, now: int) -> bool:
        """Whether a newer one should have come."""
        return now > self.next_update


def bits_of(details: dict[int, tuple[int, int]]) -> bytes:
    """The bits of the letters in `details`, as short as they can be.

    >>> bits_of({0: (0, 0), 9: (0, 0)}).hex(), bits_of({})
    ('8040', b'')
    """
    bits = bytearray(max(details, default=-1) // 8 + 1)
    for serial in details:
        bits[serial // 8] |= 0x80 >> serial % 8
    return bytes(bits)


def encode(content: Revocations) -> bytes:
    """The payload that a node key signs. Raises `Malformed` when a reader would refuse it."""
    details = {serial: list(told) for serial, told in content.details.items()}
    packed = gzip.compress(content.bits, compresslevel=9, mtime=0)
    fields = {1: FORMAT, 2: content.sequence, 3: content.issued, 4: content.next_update, 5: content.office, 6: packed, 7: details}
    payload = cbor.encode(fields)
    decode(payload)
    return payload


def decode(payload: bytes) -> Revocations:
    """The revocations in `payload`. Raises `Malformed`: the reasons of `cbor.decode`, missing_field, too_large, malformed."""
    found = headed(payload, _FIELDS)
    if not is_office(found[5]):
        raise Malformed("malformed")
    read = Revocations(found[2], found[3], found[4], found[5], _unpacked(found[6]), _details(found[7]))
    if not all(read.is_revoked(serial) for serial in read.details):
        raise Malformed("malformed")
    return read


def _unpacked(packed: Any) -> bytes:
    """One gzip member, no byte more; unpacking stops at the limit, whatever the member promises."""
    if not isinstance(packed, bytes) or packed[:4] != _PLAIN_HEAD:
        raise Malformed("malformed")
    opened = zlib.decompressobj(_GZIP)
    try:
        bits = opened.decompress(packed, MOST_UNPACKED + 1)
    except zlib.error:
        raise Malformed("malformed") from None
    if len(bits) > MOST_UNPACKED:
        raise Malformed("too_large")
    if not opened.eof or opened.unused_data:
        raise Malformed("malformed")
    return bits


def _details(found: Any) -> dict[int, tuple[int, int]]:
    if not isinstance(found, dict):
        raise Malformed("malformed")
    for serial, told in found.items():
        match told:
            case [at, reason] if is_whole(serial, LAST_SERIAL) and is_whole(at, LAST_TIME) and is_whole(reason, FALSE_STATEMENTS):
                continue
        raise Malformed("malformed")
    return {serial: (at, reason) for serial, (at, reason) in found.items()}
