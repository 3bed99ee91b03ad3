"""Taking a batch: each event once, in order, and the cursor with it in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.dialects import sqlite

from kiosk.centre import rules
from kiosk.centre.model import CentreEvent, CentreNode, SetAside
from kiosk.core.chain import Head, follow
from kiosk.core.clock import stored

EVENTS: Table = CentreEvent.__table__  # type: ignore[attr-defined]
NODES: Table = CentreNode.__table__  # type: ignore[attr-defined]
ASIDE: Table = SetAside.__table__  # type: ignore[attr-defined]
COLUMNS = tuple(column.name for column in EVENTS.columns)
_LIST = ", ".join(COLUMNS)


@dataclass(frozen=True)
class Receipt:
    """Where the cursor stands now, and which sequence numbers were set aside with which code."""

    head: Head
    set_aside: list[tuple[int, str]]


def take(connection: Connection, *, office_id: str, node_id: str, batch: rules.Batch, at: datetime) -> Receipt:
    """Take `batch` in the caller's transaction. Raises `Rewound` when it does not go on from the cursor."""
    cursor = _cursor(connection, office_id, node_id)
    known = rules.begins(cursor, batch)
    new = batch.lines[known:]
    _agree(cursor, batch, known)
    sorted_ = rules.sort(office_id, cursor.seq + 1, new)
    stamp = {"office_id": office_id, "node_id": node_id, "epoch": batch.epoch, "received_at": stored(at)}
    odd = [*sorted_.odd, *_store(connection, stamp, sorted_.events)]
    if odd:
        _set_aside(connection, stamp, odd)
    head = follow(cursor, new)
    mine = (NODES.c.office_id == office_id) & (NODES.c.node_id == node_id)
    connection.execute(update(NODES).where(mine).values(seq=head.seq, hash=head.hash, last_contact_at=stored(at)))
    return Receipt(head, sorted((one.seq, one.code) for one in odd))


def _cursor(connection: Connection, office_id: str, node_id: str) -> Head:
    mine = (NODES.c.office_id == office_id) & (NODES.c.node_id == node_id)
    row = connection.execute(select(NODES.c.epoch, NODES.c.seq, NODES.c.hash).where(mine).with_for_update()).one()
    return Head(row.epoch, row.seq, row.hash)


def _agree(cursor: Head, batch: rules.Batch, known: int) -> None:
    """The chain before the new lines must be the one that the centre holds."""
    before = follow(Head(batch.epoch, batch.first - 1, batch.previous), batch.lines[:known])
    if known < len(batch.lines) and before != cursor:
        raise rules.Rewound()


def _store(connection: Connection, stamp: dict[str, Any], events: list[rules.Event]) -> list[rules.Odd]:
    """Store what is new; gives the events whose id is already there with another body."""
    if not events:
        return []
    rows = [
        (stamp["office_id"], one.event_id, stamp["node_id"], stamp["epoch"], one.seq, one.kind, one.at, stamp["received_at"],
         one.content_hash, one.line.decode())
        for one in events
    ]  # fmt: skip
    add = _copy if connection.dialect.name == "postgresql" else _insert
    if add(connection, rows) == len(rows):
        return []
    return _conflicts(connection, stamp, events)


def _copy(connection: Connection, rows: list[tuple[Any, ...]]) -> int:
    """PostgreSQL: COPY into a table of this connection's own, then one INSERT, which row level security sees."""
    cursor = connection.connection.cursor()
    cursor.execute("CREATE TEMP TABLE IF NOT EXISTS arriving (LIKE centre_event) ON COMMIT DELETE ROWS")
    with cursor.copy(f"COPY arriving ({_LIST}) FROM STDIN") as copy:  # type: ignore[attr-defined]
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"INSERT INTO centre_event ({_LIST}) SELECT {_LIST} FROM arriving ON CONFLICT DO NOTHING")  # noqa: S608  (our own names)
    return int(cursor.rowcount)


def _insert(connection: Connection, rows: list[tuple[Any, ...]]) -> int:
    statement = sqlite.insert(EVENTS).on_conflict_do_nothing()
    return int(connection.execute(statement, [dict(zip(COLUMNS, row, strict=True)) for row in rows]).rowcount)


def _conflicts(connection: Connection, stamp: dict[str, Any], events: list[rules.Event]) -> list[rules.Odd]:
    here = (EVENTS.c.office_id == stamp["office_id"]) & EVENTS.c.event_id.in_([one.event_id for one in events])
    there = dict(connection.execute(select(EVENTS.c.event_id, EVENTS.c.content_hash).where(here)).tuples().all())
    return [rules.Odd(one.seq, rules.OTHER_BODY, one.line, one.event_id) for one in events if there[one.event_id] != one.content_hash]


def _set_aside(connection: Connection, stamp: dict[str, Any], odd: list[rules.Odd]) -> None:
    rows = [{**stamp, "seq": one.seq, "code": one.code, "event_id": one.event_id, "line": _text(one.line)} for one in odd]
    connection.execute(insert(ASIDE), rows)


def _text(line: bytes) -> str:
    """A line as the database can hold it: what is not UTF-8, and NUL, as an escape."""
    return line.decode(errors="backslashreplace").replace("\0", "\\x00")
