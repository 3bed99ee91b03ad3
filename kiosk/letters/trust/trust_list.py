"""The trust list: which keys sign for which office, from when to when, and which of them were revoked. Signed by a root."""

import hashlib
from bisect import bisect_left
from collections.abc import Set
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from kiosk.core.host import HOST
from kiosk.letters.qr import cbor
from kiosk.letters.qr.claims import LAST_TIME, is_plain, is_whole
from kiosk.letters.qr.ecdsa import is_point
from kiosk.letters.qr.errors import Malformed
from kiosk.letters.qr.sign1 import ES256
from kiosk.letters.qr.signer import KID

FORMAT = 1
MOST_BYTES = 4_000_000  # of a message; 514 offices take 50 kB, 100,000 established letters 1.6 MB
LAST_SEQUENCE = 2**53 - 1  # what JavaScript counts exactly
LETTERS, NODE, ROOT = "letters", "node", "root"
UNSPECIFIED, COMPROMISE, SUPERSEDED, CESSATION = 0, 1, 4, 5  # CRLReason (RFC 5280, 5.3.1)
ESTABLISHED = 16  # bytes of the SHA-256 of a letter's payload
_FIELDS, _ENTRY = {1, 2, 3, 4, 5, 6}, 9


@dataclass(frozen=True)
class Root:
    """A key that may sign trust lists: for `office` alone, or for every office (None). `name` is for people."""

    public: bytes
    name: str
    office: str | None = None


@dataclass(frozen=True)
class TrustedKey:
    """A key of an office; times are seconds since 1970 UTC, `not_after` included. `revoked_at` and `reason` stand or lack together."""

    kid: bytes
    public: bytes
    office: str
    not_before: int
    not_after: int
    purpose: str
    revoked_at: int | None = None
    reason: int | None = None

    def covers(self, when: int) -> bool:
        """Whether `when` lies in the key's time."""
        return self.not_before <= when <= self.not_after

    def is_revoked_for(self, when: int) -> bool:
        """Whether what the key signed at `when` by its own word counts no more: all of it when the key was compromised."""
        return self.revoked_at is not None and (self.reason == COMPROMISE or when >= self.revoked_at)


@dataclass(frozen=True)
class TrustList:
    """A list as its root signed it. `offices`: id -> (name, check host or ""). `established`: kid -> sorted hashes of 16 bytes, joined.

    `root` and, where that root is itself named by a list, `upon` are filled in by who verified the signature (knowledge.py).
    """

    sequence: int
    issued: int
    next_update: int
    offices: dict[str, tuple[str, str]]
    keys: tuple[TrustedKey, ...]
    established: dict[bytes, bytes] = field(default_factory=dict)
    root: Root | None = field(default=None, compare=False)
    upon: "TrustList | None" = field(default=None, compare=False)

    @property
    def as_of(self) -> int:
        """When the older of the lists that this one rests on was issued: so old is what is known."""
        return min(self.issued, self.upon.issued) if self.upon else self.issued

    def is_stale(self, now: int) -> bool:
        """Whether a newer list should have come, of this root or of the one above."""
        return now > self.next_update or (self.upon is not None and self.upon.is_stale(now))

    def is_established(self, kid: bytes, payload: bytes) -> bool:
        """Whether a letter stood in the log, under a timestamp, before the key of `kid` was compromised."""
        known, wanted = self.established.get(kid, b""), established_hash(payload)
        places = range(len(known) // ESTABLISHED)
        place = bisect_left(places, wanted, key=lambda at: known[at * ESTABLISHED : (at + 1) * ESTABLISHED])
        return known[place * ESTABLISHED : (place + 1) * ESTABLISHED] == wanted


def established_hash(payload: bytes) -> bytes:
    """What field 7 holds of a letter: the first 16 bytes of the SHA-256 of its payload."""
    return hashlib.sha256(payload).digest()[:ESTABLISHED]


def encode(content: TrustList) -> bytes:
    """The payload that a root signs. Raises `Malformed` when a reader would refuse it."""
    keys = [
        [key.kid, ES256, key.public, key.office, key.not_before, key.not_after, key.purpose, key.revoked_at, key.reason]
        for key in content.keys
    ]
    offices = {office: [name, host.lower()] for office, (name, host) in content.offices.items()}
    fields: dict[int, Any] = {1: FORMAT, 2: content.sequence, 3: content.issued, 4: content.next_update, 5: offices, 6: keys}
    payload = cbor.encode(fields | ({7: content.established} if content.established else {}))
    decode(payload)
    return payload


def decode(payload: bytes) -> TrustList:
    """The list in `payload`. Raises `Malformed`: the reasons of `cbor.decode`, missing_field, too_large, malformed."""
    found = headed(payload, _FIELDS, {7})
    offices = _offices(found[5])
    if not isinstance(found[6], list):
        raise Malformed("malformed")
    keys = tuple(_key(entry, offices) for entry in found[6])
    return TrustList(found[2], found[3], found[4], offices, keys, _established(found.get(7, {})))


def headed(payload: bytes, needed: set[int], more: Set[int] = frozenset()) -> dict[Any, Any]:
    """The fields of a list or of revocations: all that are `needed`, perhaps some `more`, and no other.

    Fields 1 to 4 are checked: this format, a sequence, a time and no earlier one. Raises `Malformed` as `decode`.
    """
    if len(payload) > MOST_BYTES:
        raise Malformed("too_large")
    found = cbor.decode(payload)
    if not isinstance(found, dict):
        raise Malformed("malformed")
    if needed - set(found):
        raise Malformed("missing_field")
    times = is_whole(found[3], LAST_TIME) and is_whole(found[4], LAST_TIME) and found[3] <= found[4]
    whole = (not set(found) - needed - more, found[1] is not True, found[1] == FORMAT, is_whole(found[2], LAST_SEQUENCE), times)
    if not all(whole):
        raise Malformed("malformed")
    return found


def is_office(office: Any) -> bool:
    """Whether `office` can be the id of one."""
    return is_plain(office, 64)


def is_host(host: str) -> bool:
    """Whether `host` is a check host in lower case, with `:port` where it has one, or "" for none that is known."""
    return not host or (host == host.lower() and HOST.fullmatch(host) is not None)


def _offices(found: Any) -> dict[str, tuple[str, str]]:
    if not isinstance(found, dict):
        raise Malformed("malformed")
    for office, known in found.items():
        match known:
            case [str(name), str(host)] if is_office(office) and is_plain(name, 100) and is_host(host):
                continue
        raise Malformed("malformed")
    return {office: (name, host) for office, (name, host) in found.items()}


def _key(entry: Any, offices: dict[str, tuple[str, str]]) -> TrustedKey:
    if not isinstance(entry, list) or len(entry) != _ENTRY:
        raise Malformed("malformed")
    kid, alg, public, office, first, last, purpose, revoked_at, reason = entry
    whole = (
        isinstance(kid, bytes) and len(kid) == KID,
        alg == ES256,
        is_point(public),
        isinstance(office, str) and office in offices,
        is_whole(first, LAST_TIME) and is_whole(last, LAST_TIME) and first <= last,
        purpose in (LETTERS, NODE, ROOT),
        (revoked_at is None and reason is None)
        or (is_whole(revoked_at, LAST_TIME) and is_whole(reason, CESSATION) and reason in (UNSPECIFIED, COMPROMISE, SUPERSEDED, CESSATION)),
    )
    if not all(whole):
        raise Malformed("malformed")
    return TrustedKey(kid, public, office, first, last, purpose, revoked_at, reason)


def _established(found: Any) -> dict[bytes, bytes]:
    """Field 7, checked: whole hashes, each greater than the one before."""
    if not isinstance(found, dict):
        raise Malformed("malformed")
    for kid, known in found.items():
        if not isinstance(kid, bytes) or len(kid) != KID or not isinstance(known, bytes) or len(known) % ESTABLISHED:
            raise Malformed("malformed")
        hashes = [known[at : at + ESTABLISHED] for at in range(0, len(known), ESTABLISHED)]
        if any(one >= next_one for one, next_one in pairwise(hashes)):
            raise Malformed("malformed")
    return found
