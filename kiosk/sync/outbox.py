"""The outbox: what happened here, in order, for the centre to collect. It knows no feature: a kind and a body."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import event, insert, select
from sqlmodel import Field, Session, SQLModel, UniqueConstraint

from kiosk.core import audit
from kiosk.core.clock import stored
from kiosk.core.ids import new_id
from kiosk.core.table_of import table_of


class OutboxEvent(SQLModel, table=True):
    """One event. Order is `(epoch, seq)`, never a time; identity is `event_id`."""

    __tablename__ = "outbox_event"
    __table_args__ = (UniqueConstraint("office_id", "epoch", "seq"),)
    office_id: str = Field(primary_key=True)
    event_id: str = Field(primary_key=True)
    epoch: int
    seq: int
    kind: str
    at: str
    actor: str
    body: str


EVENTS = table_of(OutboxEvent)
FACTS = ("office_id", "event_id", "kind", "at", "actor")
_KEY = "sync.outbox"


def record(
    session: Session, *, office_id: str, kind: str, body: dict[str, Any], actor: str, at: datetime, event_id: str | None = None
) -> str:
    """Record that `kind` happened, in the caller's transaction: an outbox row and its audit link. Returns the event id.

    `event_id` is given where the same thing may be told once more by a node that was restored and forgot it: then it is one event.
    `actor` names who did it and on which device, as `core.actors` spells it. `body` is plain JSON data.
    The rows are written just before the COMMIT, those of many jobs in one statement.
    """
    facts = {"office_id": office_id, "event_id": event_id or new_id(), "kind": kind, "at": stored(at), "actor": actor}
    link = audit.append(session, {**facts, "body": body})
    row = {**facts, "body": json.dumps(body, ensure_ascii=False), "epoch": link["epoch"], "seq": link["seq"]}
    session.info.setdefault(_KEY, []).append(row)
    return facts["event_id"]


def stamp_of(session: Session, office_id: str, event_id: str | None) -> tuple[int, int]:
    """`(epoch, seq)` under which an event stands now, also one of this transaction; without one, where the chain stands.

    An event keeps its id, not its stamp: a node that was restored stamps again what the centre never saw.
    """
    for row in session.info.get(_KEY, []):
        if row["event_id"] == event_id:
            return row["epoch"], row["seq"]
    here = (EVENTS.c.office_id == office_id, EVENTS.c.event_id == event_id)
    found = session.connection().execute(select(EVENTS.c.epoch, EVENTS.c.seq).where(*here)).first()
    return (found[0], found[1]) if found else _stands(session, office_id)


def _stands(session: Session, office_id: str) -> tuple[int, int]:
    head = audit.head_of(session, office_id)
    return head.epoch, head.seq


def recorded(session: Session) -> list[str]:
    """Ids of the events that wait in this transaction, in order."""
    return [row["event_id"] for row in session.info.get(_KEY, [])]


def event_of(row: Mapping[str, Any]) -> dict[str, Any]:
    """The event in an outbox row, as it travels: without its stamp."""
    return {**{name: row[name] for name in FACTS}, "body": json.loads(row["body"])}


@event.listens_for(Session, "before_commit")
def write(session: Session) -> None:
    """Write the events and links that wait in `session` now: for who is about to move the chain itself, or to set a savepoint."""
    if rows := session.info.pop(_KEY, None):
        session.connection().execute(insert(EVENTS), rows)
    audit.write(session)


@event.listens_for(Session, "after_soft_rollback")
def _forget(session: Session, _previous: object) -> None:
    session.info.pop(_KEY, None)
    audit.forget(session)
