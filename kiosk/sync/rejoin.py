"""A node that was restored from an older copy goes on: what the centre holds comes back, what only the node has gets a new epoch.

No event is lost and none changes its id: an event that the centre never saw is stamped again, in the new epoch.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from kiosk.core import audit
from kiosk.core.actors import NODE
from kiosk.core.audit import LINKS
from kiosk.core.chain import Head, link_hash
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.sync import applying, outbox, reading
from kiosk.sync.kinds import Event
from kiosk.sync.outbox import EVENTS, FACTS, event_of
from kiosk.sync.rules import is_beyond

REJOINED = "office.rejoined"
RESTORED, HEAD_SHOWN = "restored", "head shown"


class BrokenHistory(KioskError):
    """What the centre gave back does not end where it says that it stands."""

    code = "SYNC-0411"
    status = 502
    sentence = N_("What the centre gave back does not fit its own chain. Nothing was changed here; the centre must be asked.")


def rejoin(
    session: Session,
    *,
    office_id: str,
    agreed: Head,
    pulled: Sequence[tuple[int, list[str]]],
    cursor: Head,
    at: datetime,
    actor: str = NODE,
) -> list[Event]:
    """Take back what follows `agreed` at the centre, in the caller's transaction, and begin a new epoch.

    `pulled` holds, epoch after epoch, every line behind `agreed`; `cursor` is where the centre stands. The new epoch begins with
    `office.rejoined`; then comes what only this node has, stamped again. What came back becomes rows again, and then what this node
    did since, in the order of the chain, as at the centre. Returns what came back. Raises `BrokenHistory`.
    """
    outbox.write(session)
    events, links = _history(office_id, agreed, pulled)
    end = Head(links[-1]["epoch"], links[-1]["seq"], links[-1]["hash"]) if links else agreed
    if end != cursor:
        raise BrokenHistory()
    before = audit.head_of(session, office_id)
    own = _take_out(session, office_id, agreed)
    run = session.connection().execute
    if events:
        run(insert(EVENTS), events)
        run(insert(LINKS), links)
    known = {event["event_id"] for event in events}
    again = [row for row in own if row["event_id"] not in known]
    _go_on(session, office_id, cursor, next_epoch(before, cursor))
    told = {"came_back": len(events), "stamped_again": len(again)}
    _tell(session, office_id=office_id, reason=RESTORED, before=before, actor=actor, at=at, **told)
    outbox.write(session)
    _stamp_again(session, again)
    came_back = [event_of(row) for row in events]
    applying.apply_all(session, [*came_back, *(event_of(row) for row in again)], at=at)
    applying.finish(session, office_id=office_id, at=at, actor=actor)
    return came_back


def draw_epoch(session: Session, *, office_id: str, at: datetime, actor: str = NODE, beyond: Head | None = None) -> Head | None:
    """Begin a new epoch, in the caller's transaction, which cites the node's own head; returns that head.

    `beyond` is a head that this node signed and that a device kept. If the chain holds it, or has gone on to a later epoch since, nothing
    is done (None); else it proves that the node was restored from an older copy, and the new epoch lies above that of `beyond`.
    """
    outbox.write(session)
    before = audit.head_of(session, office_id)
    shown = beyond or before
    if beyond and not is_beyond(before, beyond, lambda epoch, seq: reading.hash_at(session.connection(), office_id, epoch, seq)):
        return None
    audit.open_epoch(session, office_id, next_epoch(before, shown))
    facts = {"came_back": 0, "stamped_again": 0, "shown": [shown.epoch, shown.seq]}
    _tell(session, office_id=office_id, reason=HEAD_SHOWN, before=before, actor=actor, at=at, **facts)
    outbox.write(session)  # whoever reads the chain in this transaction finds the new epoch
    return before


def next_epoch(own: Head, other: Head) -> int:
    """The epoch in which nothing was stamped yet, as far as this node can know."""
    return max(own.epoch, other.epoch) + 1


def _go_on(session: Session, office_id: str, cursor: Head, epoch: int) -> None:
    """The next event is the first of `epoch` and cites `cursor`."""
    audit.put_head(session, office_id, cursor)
    audit.open_epoch(session, office_id, epoch)


def _tell(session: Session, *, office_id: str, reason: str, before: Head, actor: str, at: datetime, **more: object) -> None:
    """The first event of an epoch: an epoch is never without a link, so the chain shows it even when nothing else happened yet."""
    body = {"reason": reason, "from": [before.epoch, before.seq], **more}
    outbox.record(session, office_id=office_id, kind=REJOINED, body=body, actor=actor, at=at)


def _history(office_id: str, agreed: Head, pulled: Sequence[tuple[int, list[str]]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Rows of the outbox and of the chain for the lines that came back."""
    events: list[dict[str, Any]] = []
    links: list[dict[str, Any]] = []
    digest = agreed.hash
    for epoch, lines in pulled:
        first = agreed.seq + 1 if epoch == agreed.epoch else 1
        for seq, line in enumerate(lines, first):
            previous, digest = digest, link_hash(digest, epoch, seq, line.encode())
            event = json.loads(line)
            if event["office_id"] != office_id:
                raise BrokenHistory()
            stamp = {"office_id": office_id, "epoch": epoch, "seq": seq}
            facts = {name: event[name] for name in FACTS}
            events.append({**facts, **stamp, "body": json.dumps(event["body"], ensure_ascii=False)})
            same = {name: event[name] for name in ("event_id", "actor", "at")}
            links.append({**same, **stamp, "previous_hash": previous, "hash": digest})
    return events, links


def _behind(table: Any, office_id: str, head: Head) -> ColumnElement[bool]:
    later = or_(table.c.epoch > head.epoch, and_(table.c.epoch == head.epoch, table.c.seq > head.seq))
    return and_(table.c.office_id == office_id, later)


def _take_out(session: Session, office_id: str, agreed: Head) -> list[dict[str, Any]]:
    """The node's own events behind `agreed`, in order, out of the outbox and out of the chain."""
    run = session.connection().execute
    mine = _behind(EVENTS, office_id, agreed)
    own = [dict(row) for row in run(select(EVENTS).where(mine).order_by(EVENTS.c.epoch, EVENTS.c.seq)).mappings()]
    run(delete(EVENTS).where(mine))
    run(delete(LINKS).where(_behind(LINKS, office_id, agreed)))
    return own


def _stamp_again(session: Session, own: list[dict[str, Any]]) -> None:
    rows = []
    for row in own:
        facts = {name: row[name] for name in FACTS}
        link = audit.append(session, {**facts, "body": json.loads(row["body"])})
        rows.append({**facts, "body": row["body"], "epoch": link["epoch"], "seq": link["seq"]})
    if rows:
        session.connection().execute(insert(EVENTS), rows)
    audit.write(session)
