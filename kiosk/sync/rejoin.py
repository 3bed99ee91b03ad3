"""A node that was restored from an older copy goes on: what the centre holds comes back, what only the node has gets a new epoch.

No event is lost and none changes its id: an event that the centre never saw is stamped again, at the end of the new epoch.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import and_, delete, insert, or_, select, update
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import Session

from kiosk.core import audit
from kiosk.core.audit import HEADS, LINKS
from kiosk.core.chain import FIRST_EPOCH, GENESIS, Head, link_hash
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.sync.kinds import nothing
from kiosk.sync.outbox import EVENTS, record

nothing("epoch.drawn")

FACTS = ("office_id", "event_id", "kind", "at", "actor")


class BrokenHistory(KioskError):
    """What the centre gave back does not end where it says that it stands."""

    code = "SYNC-0411"
    status = 502
    sentence = N_("What the centre gave back does not fit its own chain. Nothing was changed here; the centre must be asked.")


def rejoin(
    session: Session, *, office_id: str, agreed: Head, pulled: Sequence[tuple[int, list[str]]], cursor: Head
) -> list[dict[str, Any]]:
    """Take back what follows `agreed` at the centre, in the caller's transaction, and begin the epoch after `cursor`'s.

    `pulled` holds, epoch after epoch, every line behind `agreed`; `cursor` is where the centre stands. Returns the events that came
    back, in order, for their rooms to apply. Raises `BrokenHistory`.
    """
    events, links = _history(office_id, agreed, pulled)
    end = Head(links[-1]["epoch"], links[-1]["seq"], links[-1]["hash"]) if links else agreed
    if end != cursor:
        raise BrokenHistory()
    own = _take_out(session, office_id, agreed)
    run = session.connection().execute
    if events:
        run(insert(EVENTS), events)
        run(insert(LINKS), links)
    standing = {"epoch": cursor.epoch + 1, "seq": 0, "hash": cursor.hash}
    if run(update(HEADS).where(HEADS.c.office_id == office_id).values(standing)).rowcount == 0:
        run(insert(HEADS), {"office_id": office_id, **standing})
    known = {event["event_id"] for event in events}
    _stamp_again(session, [row for row in own if row["event_id"] not in known])
    return events


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


def draw_epoch(session: Session, *, office_id: str, actor: str, at: datetime) -> Head:
    """Begin the next epoch of this node without a centre, in the caller's transaction: a device proved that the chain was rewound.

    Its first event cites the head before it. Returns the head of the new epoch before that event.
    """
    audit.write(session)  # links of the same transaction belong to the old epoch
    run = session.connection().execute
    row = run(select(HEADS).where(HEADS.c.office_id == office_id)).mappings().first()
    old = Head(row["epoch"], row["seq"], row["hash"]) if row else Head(FIRST_EPOCH, 0, GENESIS)
    standing = {"epoch": old.epoch + 1, "seq": 0, "hash": old.hash}
    if run(update(HEADS).where(HEADS.c.office_id == office_id).values(standing)).rowcount == 0:
        run(insert(HEADS), {"office_id": office_id, **standing})
    body = {"epoch": old.epoch + 1, "after": {"epoch": old.epoch, "seq": old.seq, "hash": old.hash}}
    record(session, office_id=office_id, kind="epoch.drawn", body=body, actor=actor, at=at)
    return Head(old.epoch + 1, 0, old.hash)
