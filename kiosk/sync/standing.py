"""Where the running node stands, as devices are told: how far its chain has come, signed, and how far the centre holds it durably."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from kiosk.core.chain import Head
from kiosk.core.runtime import runtime
from kiosk.sync.heads import read_head, sign_head
from kiosk.sync.keys import node_key
from kiosk.sync.model import CentreLine
from kiosk.sync.outbox import EVENTS
from kiosk.sync.reading import hash_at, head_of
from kiosk.sync.rules import is_beyond


@cache
def _key(data_dir: Path) -> Ed25519PrivateKey:
    return node_key(data_dir)


@dataclass(frozen=True)
class Waiting:
    """How many events of a kind wait, and since when (UTC, as stored)."""

    kind: str
    count: int
    since: str


def told_durable(session: Session, office_id: str) -> tuple[int, int] | None:
    """`(epoch, seq)` up to which the centre holds everything durably, as it said last; None: this node runs without a centre."""
    line = session.get(CentreLine, office_id)
    return None if line is None else (line.epoch, line.seq)


def backlog(session: Session, office_id: str) -> int:
    """How many events wait for the centre; 0 when this node has none."""
    place = told_durable(session, office_id)
    if place is None:
        return 0
    asked = select(func.count()).select_from(EVENTS).where(behind(office_id, place))
    return int(session.connection().execute(asked).scalar() or 0)


def waiting(session: Session, office_id: str) -> list[Waiting]:
    """What waits for the centre, by kinds, the most first; nothing when this node has no centre."""
    place = told_durable(session, office_id)
    if place is None:
        return []
    count = func.count()
    asked = select(EVENTS.c.kind, count, func.min(EVENTS.c.at)).where(behind(office_id, place)).group_by(EVENTS.c.kind)
    return [Waiting(*row) for row in session.connection().execute(asked.order_by(count.desc(), EVENTS.c.kind))]


def behind(office_id: str, place: tuple[int, int]) -> ColumnElement[bool]:
    """The condition for events of the office behind `(epoch, seq)`."""
    epoch, seq = place
    later = or_(EVENTS.c.epoch > epoch, and_(EVENTS.c.epoch == epoch, EVENTS.c.seq > seq))
    return and_(EVENTS.c.office_id == office_id, later)


def signed_head() -> dict[str, Any]:
    """The head of the running node's chain, signed (`sync.heads`). Reads the database: not on the event loop."""
    node = runtime()
    with node.engine.connect() as connection:
        head = head_of(connection, node.office_id)
    return sign_head(_key(node.settings.data_dir), node.office_id, head)


def proof_of_rewind(told: object) -> Head | None:
    """The head in `told`, when this node signed it and its chain does not hold it: the node was restored from an older copy.

    None for a head that is not signed by this node's own key, and for one of an epoch that this node has left behind already: what it
    proves was heeded. Reads the database and, the first time, the key's file.
    """
    node = runtime()
    head = read_head(_key(node.settings.data_dir).public_key(), node.office_id, told)
    if head is None:
        return None
    with node.engine.connect() as connection:
        own = head_of(connection, node.office_id)
        ahead = is_beyond(own, head, lambda epoch, seq: hash_at(connection, node.office_id, epoch, seq))
    return head if ahead else None
