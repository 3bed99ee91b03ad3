"""The audit chain: each event carries the hash of the one before it, so that an edit, a cut or a fork shows.

A chain belongs to one office and one epoch; its sequence is also the order in which the outbox is sent.
"""

import hashlib
import json
from typing import Any

from sqlmodel import Field, Session, SQLModel

GENESIS = "0" * 64
FIRST_EPOCH = 1


class AuditLink(SQLModel, table=True):
    """One link: what happened (by hash), who did it, and the link before it."""

    __tablename__ = "audit_link"
    office_id: str = Field(primary_key=True)
    epoch: int = Field(primary_key=True)
    seq: int = Field(primary_key=True)
    event_id: str
    actor: str
    at: str
    previous_hash: str
    hash: str


class ChainHead(SQLModel, table=True):
    """Where an office's chain stands."""

    __tablename__ = "chain_head"
    office_id: str = Field(primary_key=True)
    epoch: int
    seq: int
    hash: str


def canonical(value: dict[str, Any]) -> bytes:
    """The one spelling of `value` that is hashed: JSON, sorted keys, no spaces, UTF-8."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def link_hash(previous_hash: str, event: dict[str, Any]) -> str:
    """SHA-256 over the previous hash (hex) and the canonical event, in hex."""
    return hashlib.sha256(previous_hash.encode() + canonical(event)).hexdigest()


def append(session: Session, event: dict[str, Any]) -> AuditLink:
    """Add `event` (at least `office_id`, `event_id`, `actor`, `at`) to its office's chain in the caller's transaction."""
    office_id = event["office_id"]
    head = session.get(ChainHead, office_id)
    if head is None:
        head = ChainHead(office_id=office_id, epoch=FIRST_EPOCH, seq=0, hash=GENESIS)
        session.add(head)
    numbered = {**event, "epoch": head.epoch, "seq": head.seq + 1}
    link = AuditLink(
        office_id=office_id,
        epoch=head.epoch,
        seq=head.seq + 1,
        event_id=event["event_id"],
        actor=event["actor"],
        at=event["at"],
        previous_hash=head.hash,
        hash=link_hash(head.hash, numbered),
    )
    head.seq, head.hash = link.seq, link.hash
    session.add(link)
    return link
