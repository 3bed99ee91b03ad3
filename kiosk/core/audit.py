"""The audit chain: each event carries the hash of the one before it, so that an edit, a cut or a fork shows.

A chain belongs to one office and one epoch; its sequence is also the order in which the outbox is sent.
"""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Field, Session, SQLModel

from kiosk.core import chain
from kiosk.core.chain import FIRST_EPOCH, GENESIS, Head
from kiosk.core.table_of import table_of


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


LINKS, HEADS = table_of(AuditLink), table_of(ChainHead)


def link_hash(previous_hash: str, event: dict[str, Any]) -> str:
    """The hash of an event's link, in hex: over the hash before it, the event's stamp (`epoch`, `seq`), and its line."""
    return chain.link_hash(previous_hash, event["epoch"], event["seq"], chain.line_of(event))


@dataclass
class _Chain:
    """An office's chain as a transaction sees it: where it stands, and the links that the transaction adds."""

    epoch: int
    seq: int
    hash: str
    new: list[dict[str, Any]]


_KEY = "audit.chains"


def append(session: Session, event: dict[str, Any]) -> dict[str, Any]:
    """Add `event` (at least `office_id`, `event_id`, `actor`, `at`) to its office's chain in the caller's transaction.

    Gives the link's columns. Links are written together just before the COMMIT (`write`): under load many jobs share one.
    """
    here = _chain(session, event["office_id"])
    seq = here.seq + 1
    digest = link_hash(here.hash, {**event, "epoch": here.epoch, "seq": seq})
    link = {name: event[name] for name in ("office_id", "event_id", "actor", "at")}
    link |= {"epoch": here.epoch, "seq": seq, "previous_hash": here.hash, "hash": digest}
    here.new.append(link)
    here.seq, here.hash = seq, digest
    return link


def _chain(session: Session, office_id: str) -> _Chain:
    chains: dict[str, _Chain] = session.info.setdefault(_KEY, {})
    if office_id not in chains:
        head = session.connection().execute(select(HEADS).where(HEADS.c.office_id == office_id).with_for_update()).mappings().first()
        chains[office_id] = _Chain(head["epoch"], head["seq"], head["hash"], []) if head else _Chain(FIRST_EPOCH, 0, GENESIS, [])
    return chains[office_id]


def epoch_of(session: Session, office_id: str) -> int:
    """The epoch in which the next event of the caller's transaction will stand. Read once for each transaction."""
    return _chain(session, office_id).epoch


def head_of(session: Session, office_id: str) -> Head:
    """Where the chain stands in the caller's transaction."""
    here = _chain(session, office_id)
    return Head(here.epoch, here.seq, here.hash)


def put_head(session: Session, office_id: str, head: Head) -> None:
    """Let the chain go on from `head`, in the caller's transaction; nothing may wait to be written."""
    here = _chain(session, office_id)
    here.epoch, here.seq, here.hash = head.epoch, head.seq, head.hash


def open_epoch(session: Session, office_id: str, epoch: int) -> None:
    """Go on in `epoch`, a later one. The caller records its first event in the same transaction, which cites the old head."""
    here = _chain(session, office_id)
    here.epoch, here.seq = epoch, 0


def write(session: Session) -> None:
    """Write the links that wait in `session`, and where each chain stands now."""
    for office_id, here in session.info.pop(_KEY, {}).items():
        if not here.new:
            continue
        connection = session.connection()
        connection.execute(insert(LINKS), here.new)
        standing = {"epoch": here.epoch, "seq": here.seq, "hash": here.hash}
        if connection.execute(update(HEADS).where(HEADS.c.office_id == office_id).values(standing)).rowcount == 0:
            connection.execute(insert(HEADS), {"office_id": office_id, **standing})


def forget(session: Session) -> None:
    """Drop what waits in `session`: its transaction was rolled back."""
    session.info.pop(_KEY, None)
