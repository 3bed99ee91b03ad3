"""The outbox: what happened here, in order, for the centre to collect. It knows no feature: a kind and a body."""

import json
from datetime import datetime
from typing import Any

from sqlmodel import Field, Session, SQLModel, UniqueConstraint

from kiosk.core import audit
from kiosk.core.clock import stored
from kiosk.core.ids import new_id


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


def record(session: Session, *, office_id: str, kind: str, body: dict[str, Any], actor: str, at: datetime) -> str:
    """Record that `kind` happened, in the caller's transaction: an outbox row and its audit link. Returns the event id.

    `actor` names who did it (`device:<id>`, `staff:<id>`, `cli`, `seed`), never a visitor. `body` is plain JSON data.
    """
    facts = {"office_id": office_id, "event_id": new_id(), "kind": kind, "at": stored(at), "actor": actor}
    link = audit.append(session, {**facts, "body": body})
    session.add(OutboxEvent(**facts, body=json.dumps(body, ensure_ascii=False), epoch=link.epoch, seq=link.seq))
    return facts["event_id"]
