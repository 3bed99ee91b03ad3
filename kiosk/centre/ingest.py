"""Taking a batch: each event once, in order, and the cursor with it in one transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import psycopg
from sqlalchemy import Connection, Table, case, insert, select, update
from sqlalchemy.dialects import sqlite
from sqlalchemy.exc import DBAPIError, IntegrityError

from kiosk.centre import rules
from kiosk.centre.model import CentreEpoch, CentreEvent, CentreNode, CentreRepeat, SetAside
from kiosk.core.chain import Head, follow
from kiosk.core.clock import stored
from kiosk.core.table_of import table_of

EVENTS = table_of(CentreEvent)
NODES = table_of(CentreNode)
EPOCHS = table_of(CentreEpoch)
REPEATS = table_of(CentreRepeat)
ASIDE = table_of(SetAside)
FACTS = ("event_id", "seq", "kind", "at", "content_hash")
_LIST = ", ".join((*FACTS, "line"))
STAGING = f"CREATE TEMP TABLE IF NOT EXISTS arriving ON COMMIT DELETE ROWS AS SELECT {_LIST} FROM centre_event LIMIT 0"  # noqa: S608
ARRIVE = (
    f"INSERT INTO centre_event (office_id, node_id, epoch, received_at, {_LIST}) "  # noqa: S608  (our own names)
    f"SELECT %(office_id)s, %(node_id)s, %(epoch)s, %(received_at)s, {_LIST} FROM arriving"
)


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
    odd = [*sorted_.odd, *store(connection, stamp, sorted_.events)]
    if odd:
        rows = [{**stamp, "seq": one.seq, "code": one.code, "event_id": one.event_id, "line": _text(one.line)} for one in odd]
        connection.execute(insert(ASIDE), rows)
    move(connection, office_id=office_id, node_id=node_id, head=head, taken=len(new), at=at)
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


def move(connection: Connection, *, office_id: str, node_id: str, head: Head, taken: int, at: datetime) -> None:
    """Move the cursor to `head`, over so many lines as were taken: what is said to wait there goes down by as many."""
    left = case((NODES.c.backlog > taken, NODES.c.backlog - taken), else_=0)  # until the node says hello again
    standing = {"epoch": head.epoch, "seq": head.seq, "hash": head.hash, "last_contact_at": stored(at), "backlog": left}
    connection.execute(update(NODES).where(NODES.c.office_id == office_id, NODES.c.node_id == node_id).values(standing))


def store(connection: Connection, stamp: dict[str, Any], events: list[rules.Event]) -> list[rules.Odd]:
    """Store what is new; `stamp`: office_id, node_id, epoch, received_at. Gives the events whose id is there with another body."""
    if not events:
        return []
    add = _copy if connection.dialect.name == "postgresql" else _insert
    if add(connection, stamp, events) == len(events):
        return []
    return _known(connection, stamp, events)


def _copy(connection: Connection, stamp: dict[str, Any], events: list[rules.Event]) -> int:
    """PostgreSQL: COPY into a table of this connection's own, then one INSERT, which row level security sees.

    Asking for conflicts row by row takes twice the time of an INSERT that simply fails, and a batch with one is rare.
    """
    connection.exec_driver_sql(STAGING)
    try:
        with connection.connection.cursor().copy(f"COPY arriving ({_LIST}) FROM STDIN") as copy:
            copy.write(b"".join(map(_row, events)))
    except psycopg.Error as failure:  # a disk without room, a server that went away: as for any other statement
        raise DBAPIError("COPY", None, failure) from failure
    try:
        with connection.begin_nested():
            return connection.exec_driver_sql(ARRIVE, stamp).rowcount
    except IntegrityError:
        return connection.exec_driver_sql(f"{ARRIVE} ON CONFLICT DO NOTHING", stamp).rowcount


def _row(event: rules.Event) -> bytes:
    """An event in COPY's text format. In a line of JSON only the backslash needs care, and blanks that may stand between its words."""
    head = f"{event.event_id}\t{event.seq}\t{event.kind}\t{event.at}\t{event.content_hash}\t".encode()
    return head + event.line.replace(b"\\", b"\\\\").replace(b"\t", b"\\t").replace(b"\r", b"\\r") + b"\n"


def _insert(connection: Connection, stamp: dict[str, Any], events: list[rules.Event]) -> int:
    rows = [stamp | {name: getattr(one, name) for name in FACTS} | {"line": one.line.decode()} for one in events]
    return int(connection.execute(sqlite.insert(EVENTS).on_conflict_do_nothing(), rows).rowcount)


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
