"""The bytes of an event, and the chain over them: what is stored, sent and verified is one spelling.

An event's line holds no stamp, so that an event which gets another epoch keeps its bytes; the stamp enters the link's hash.
"""

import hashlib
import json
from dataclasses import dataclass
from typing import Any

GENESIS = "0" * 64
FIRST_EPOCH = 1
FIELDS = ("actor", "at", "body", "event_id", "kind", "office_id")


@dataclass(frozen=True)
class Head:
    """Where a chain stands: the epoch, the last sequence number in it (0: none yet) and the hash of that link, in hex."""

    epoch: int
    seq: int
    hash: str


def canonical(value: dict[str, Any]) -> bytes:
    """The one spelling of `value` that is hashed: JSON, sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def line_of(event: dict[str, Any]) -> bytes:
    """An event's line: canonical JSON of what happened (`FIELDS`), without its stamp."""
    return canonical({name: event[name] for name in FIELDS})


def content_hash(line: bytes) -> str:
    """SHA-256 of an event's line in hex: what tells "the same id with another body"."""
    return hashlib.sha256(line).hexdigest()


def link_hash(previous: str, epoch: int, seq: int, line: bytes) -> str:
    """SHA-256 in hex over the hash before it (hex), the stamp, and the event's line.

    >>> link_hash(GENESIS, 1, 1, b"{}")[:12]
    'b442792519e1'
    """
    return hashlib.sha256(f"{previous}{epoch}.{seq}.".encode() + line).hexdigest()


def follow(head: Head, lines: list[bytes]) -> Head:
    """Where the chain stands after `lines` were appended to `head`, in the same epoch."""
    seq, digest = head.seq, head.hash
    for line in lines:
        seq += 1
        digest = link_hash(digest, head.epoch, seq, line)
    return Head(head.epoch, seq, digest)
