"""How this node stands with its centre: what is durable there, what waits here, and the node's own signed head."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import and_, func, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from kiosk.core.runtime import runtime
from kiosk.sync import reading
from kiosk.sync.heads import sign_head
from kiosk.sync.keys import node_key
from kiosk.sync.model import CentreLine
from kiosk.sync.outbox import EVENTS


@dataclass(frozen=True)
class Waiting:
    """How many events of a kind wait, and since when (UTC, as stored)."""

    kind: str
    count: int
    since: str


def told_durable(session: Session, office_id: str) -> tuple[int, int] | None:
    """The place `(epoch, seq)` up to which the centre said that it holds everything; None when this node has no centre."""
    line = session.get(CentreLine, office_id)
    return (line.epoch, line.seq) if line else None


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


def current_signed_head() -> dict[str, Any]:
    """The running node's head, signed, for a device to keep. Reads the database: not for the event loop."""
    node = runtime()
    with node.reading() as session:
        head = reading.head_of(session.connection(), node.office_id)
    return sign_head(_key(node.settings.data_dir), node.office_id, head)


@cache
def _key(data_dir: Path) -> Ed25519PrivateKey:
    return node_key(data_dir)
