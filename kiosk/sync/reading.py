"""What the outbox holds for the centre: lines in the order of the chain, and the hashes between them."""

import json
from typing import Any

from sqlalchemy import Connection, func, select

from kiosk.core.audit import HEADS, LINKS
from kiosk.core.chain import FIRST_EPOCH, GENESIS, Head, line_of
from kiosk.sync.outbox import EVENTS

MOST_LINES, MOST_BYTES = 1000, 1_000_000


def head_of(connection: Connection, office_id: str) -> Head:
    """Where the office's chain stands on this node."""
    row = connection.execute(select(HEADS.c.epoch, HEADS.c.seq, HEADS.c.hash).where(HEADS.c.office_id == office_id)).first()
    return Head(*row) if row else Head(FIRST_EPOCH, 0, GENESIS)


def hash_at(connection: Connection, office_id: str, epoch: int, seq: int) -> str | None:
    """The hash of the chain at a place; before the first link of an epoch it is what that link cites. None: no such place."""
    if (epoch, seq) == (FIRST_EPOCH, 0):
        return GENESIS
    column, number = (LINKS.c.previous_hash, 1) if seq == 0 else (LINKS.c.hash, seq)
    here = (LINKS.c.office_id == office_id, LINKS.c.epoch == epoch, LINKS.c.seq == number)
    found: str | None = connection.execute(select(column).where(*here)).scalar()
    return found


def lines_after(connection: Connection, office_id: str, cursor: Head) -> tuple[Head, list[bytes]]:
    """The next lines behind `cursor`, of one epoch and no more than a batch holds, and the head that they follow.

    At the end of an epoch the next one begins: its first line follows sequence number 0 of the new epoch.
    """
    start = cursor
    rows = _rows(connection, office_id, cursor.epoch, cursor.seq)
    if not rows and (epoch := _next_epoch(connection, office_id, cursor.epoch)):
        start, rows = Head(epoch, 0, cursor.hash), _rows(connection, office_id, epoch, 0)
    lines: list[bytes] = []
    size = 0
    for row in rows:
        line = _line(row)
        size += len(line) + 1
        if size > MOST_BYTES and lines:
            break
        lines.append(line)
    return start, lines


def last_of(connection: Connection, office_id: str, epoch: int) -> int:
    """The last sequence number of an epoch on this node, 0 for none."""
    here = (EVENTS.c.office_id == office_id, EVENTS.c.epoch == epoch)
    return int(connection.execute(select(func.max(EVENTS.c.seq)).where(*here)).scalar() or 0)


def line_at(connection: Connection, office_id: str, epoch: int, seq: int) -> str | None:
    """The line of one event of this node; None where there is none."""
    here = (EVENTS.c.office_id == office_id, EVENTS.c.epoch == epoch, EVENTS.c.seq == seq)
    row = connection.execute(select(EVENTS).where(*here)).mappings().first()
    return _line(row).decode() if row else None


def _line(row: Any) -> bytes:
    return line_of({**row, "body": json.loads(row["body"])})


def _rows(connection: Connection, office_id: str, epoch: int, after: int) -> list[Any]:
    here = (EVENTS.c.office_id == office_id, EVENTS.c.epoch == epoch, EVENTS.c.seq > after)
    return list(connection.execute(select(EVENTS).where(*here).order_by(EVENTS.c.seq).limit(MOST_LINES)).mappings())


def _next_epoch(connection: Connection, office_id: str, epoch: int) -> int | None:
    here = (EVENTS.c.office_id == office_id, EVENTS.c.epoch > epoch)
    found: int | None = connection.execute(select(EVENTS.c.epoch).where(*here).order_by(EVENTS.c.epoch).limit(1)).scalar()
    return found
