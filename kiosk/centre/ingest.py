"""Taking a batch: each event once, in order, and the cursor with it in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, case, insert, select, update
from sqlalchemy.dialects import sqlite

from kiosk.centre import rules
from kiosk.centre.model import CentreEpoch, CentreEvent, CentreNode, CentreRepeat, SetAside
from kiosk.core.chain import Head, follow
from kiosk.core.clock import stored

EVENTS: Table = CentreEvent.__table__  # type: ignore[attr-defined]
NODES: Table = CentreNode.__table__  # type: ignore[attr-defined]
EPOCHS: Table = CentreEpoch.__table__  # type: ignore[attr-defined]
REPEATS: Table = CentreRepeat.__table__  # type: ignore[attr-defined]
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
    mine = {"office_id": office_id, "node_id": node_id}
    cursor = cursor_of(connection, **mine)
    start = rules.go_on(cursor, batch)
    new = batch.lines[start.seq - batch.first + 1 :]
    if batch.lines and not new:
        _same(connection, mine, batch)
    if start.epoch != cursor.epoch:
        closed = {"epoch": cursor.epoch, "seq": cursor.seq, "hash": cursor.hash, "closed_at": stored(at)}
        connection.execute(insert(EPOCHS), {**mine, **closed})
    head = follow(start, new)
    stamp = {**mine, "epoch": head.epoch, "received_at": stored(at)}
    sorted_ = rules.sort(office_id, start.seq + 1, new)
    odd = [*sorted_.odd, *_store(connection, stamp, sorted_.events)]
    if odd:
        rows = [{**stamp, "seq": one.seq, "code": one.code, "event_id": one.event_id, "line": _text(one.line)} for one in odd]
        connection.execute(insert(ASIDE), rows)
    left = case((NODES.c.backlog > len(new), NODES.c.backlog - len(new)), else_=0)  # until the node says hello again
    standing = {"epoch": head.epoch, "seq": head.seq, "hash": head.hash, "last_contact_at": stored(at), "backlog": left}
    connection.execute(update(NODES).where(NODES.c.office_id == office_id, NODES.c.node_id == node_id).values(standing))
    return Receipt(head, sorted((one.seq, one.code) for one in odd))


def _same(connection: Connection, mine: dict[str, str], batch: rules.Batch) -> None:
    """A batch that lies wholly behind the cursor must be what came then, or it is another chain. Raises `Rewound`."""
    seq = batch.first + len(batch.lines) - 1
    if held(connection, **mine, epoch=batch.epoch, after=seq - 1, limit=1) != [(seq, _text(batch.lines[-1]))]:
        raise rules.Rewound()


def held(connection: Connection, *, office_id: str, node_id: str, epoch: int, after: int, limit: int) -> list[tuple[int, str]]:
    """What the centre holds of an epoch of a node, behind the sequence number `after`: numbers and lines, in order."""

    def of(table: Table, line: Any = None) -> Any:
        here = (table.c.office_id == office_id, table.c.node_id == node_id, table.c.epoch == epoch, table.c.seq > after)
        return select(table.c.seq, table.c.line if line is None else line).where(*here).order_by(table.c.seq).limit(limit)

    same = (EVENTS.c.office_id == REPEATS.c.office_id) & (EVENTS.c.event_id == REPEATS.c.event_id)
    repeats = of(REPEATS, EVENTS.c.line).join(EVENTS, same)
    rows = [tuple(row) for asked in (of(EVENTS), of(ASIDE), repeats) for row in connection.execute(asked)]
    return sorted(rows)[:limit]


def cursor_of(connection: Connection, *, office_id: str, node_id: str) -> Head:
    """Where the centre stands with a node; the row is held until the transaction ends."""
    asked = select(NODES.c.epoch, NODES.c.seq, NODES.c.hash).where(NODES.c.office_id == office_id, NODES.c.node_id == node_id)
    return Head(*connection.execute(asked.with_for_update()).one())


def _store(connection: Connection, stamp: dict[str, Any], events: list[rules.Event]) -> list[rules.Odd]:
    """Store what is new; gives the events whose id is there already with another body."""
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
    return _known(connection, stamp, events)


def _copy(connection: Connection, rows: list[tuple[Any, ...]]) -> int:
    """PostgreSQL: COPY into a table of this connection's own, then one INSERT, which row level security sees."""
    cursor = connection.connection.cursor()
    cursor.execute("CREATE TEMP TABLE IF NOT EXISTS arriving (LIKE centre_event) ON COMMIT DELETE ROWS")
    with cursor.copy(f"COPY arriving ({_LIST}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)
    cursor.execute(f"INSERT INTO centre_event ({_LIST}) SELECT {_LIST} FROM arriving ON CONFLICT DO NOTHING")  # noqa: S608  (our own names)
    return int(cursor.rowcount)


def _insert(connection: Connection, rows: list[tuple[Any, ...]]) -> int:
    statement = sqlite.insert(EVENTS).on_conflict_do_nothing()
    return int(connection.execute(statement, [dict(zip(COLUMNS, row, strict=True)) for row in rows]).rowcount)


def _known(connection: Connection, stamp: dict[str, Any], events: list[rules.Event]) -> list[rules.Odd]:
    """Of events whose id may be there already: note which are, and give those that have another body."""
    ours = (EVENTS.c.office_id == stamp["office_id"]) & EVENTS.c.event_id.in_([one.event_id for one in events])
    columns = (EVENTS.c.event_id, EVENTS.c.content_hash, EVENTS.c.node_id, EVENTS.c.epoch, EVENTS.c.seq)
    there = {row.event_id: row for row in connection.execute(select(*columns).where(ours))}
    other = [one for one in events if there[one.event_id].content_hash != one.content_hash]
    place = {"office_id": stamp["office_id"], "node_id": stamp["node_id"], "epoch": stamp["epoch"]}
    repeats = [
        {**place, "seq": one.seq, "event_id": one.event_id}
        for one in events
        if one not in other and there[one.event_id][2:] != (stamp["node_id"], stamp["epoch"], one.seq)
    ]
    if repeats:
        connection.execute(insert(REPEATS), repeats)
    return [rules.Odd(one.seq, rules.OTHER_BODY, one.line, one.event_id) for one in other]


def _text(line: bytes) -> str:
    """A line as the database can hold it: what is not UTF-8, and NUL, as an escape."""
    return line.decode(errors="backslashreplace").replace("\0", "\\x00")
