"""What officers do with visits: call, start, transfer, finish. The caller owns the transaction.

Each step is one conditional UPDATE that names the state it leaves from: of two counters that press at once one changes the
row, and the other sees that nothing changed (also on PostgreSQL, where two transactions run side by side).
Only visits of the office's business day are touched. A step is never earlier than the one before it, also when a clock was set back;
its event says how the visit stands after it.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, update
from sqlmodel import Session

from kiosk.core.table_of import table_of
from kiosk.queues.errors import CounterBusy, OtherCounter, SameQueue, StepNotAllowed, TicketUnknown
from kiosk.queues.house import house
from kiosk.queues.model import STATE, Call, Counter, Ticket, call_of
from kiosk.queues.rules import OPEN, STEPS, Step, after, moment_of, not_before, number_text
from kiosk.sync import outbox

TICKETS, CALLS = table_of(Ticket), table_of(Call)
Row = dict[str, Any]


def call_next(session: Session, *, office_id: str, counter: str, actor: str, now: datetime) -> Row | None:
    """Call who waits longest in the queues of `counter`; None when nobody waits.

    Gives the visit as `current_visit` does. Raises `CounterUnknown`, and `CounterBusy` while a visitor is at the counter.
    """
    serves = _free(session, office_id, counter, now).queues
    while (row := _first_in_line(session, office_id, house(session, office_id).today(now), serves)) is not None:
        if _change(session, row, "call", counter=counter, called_at=_moment(row, now), calls=1):
            return _called(session, row, counter, actor, now)
    return None


def call_again(session: Session, *, office_id: str, counter: str, ticket_id: str, actor: str, now: datetime) -> Row:
    """Show and say the call once more. Raises `StepNotAllowed` unless the visit is called to this counter."""
    row = _at_counter(session, office_id, ticket_id, counter, now)
    _must(session, row, "call_again", counter=counter, called_at=_moment(row, now), calls=row["calls"] + 1)
    return _called(session, row, counter, actor, now)


def recall(session: Session, *, office_id: str, counter: str, ticket_id: str, actor: str, now: datetime) -> Row:
    """Call a visitor who was marked absent today. Raises as `call_next`, and `OtherCounter` when it does not serve that queue."""
    serves = _free(session, office_id, counter, now).queues
    row = _of_today(session, office_id, ticket_id, now)
    if row["current_queue"] not in serves:
        raise OtherCounter(number=_number(row))
    _must(session, row, "recall", counter=counter, called_at=_moment(row, now), calls=row["calls"] + 1, ended_at=None)
    return _called(session, row, counter, actor, now)


def start(session: Session, *, office_id: str, counter: str, ticket_id: str, actor: str, now: datetime) -> Row:
    """The visitor has come to the counter."""
    row = _at_counter(session, office_id, ticket_id, counter, now)
    _must(session, row, "start", counter=counter, started_at=_moment(row, now))
    return _recorded(session, row, "ticket.started", actor, now, counter=counter)


def transfer(session: Session, *, office_id: str, counter: str, ticket_id: str, queue: str, actor: str, now: datetime) -> Row:
    """Send the visit, with its number, to the end of another queue. Raises `QueueUnknown`, `SameQueue`, `StepNotAllowed`."""
    row = _at_counter(session, office_id, ticket_id, counter, now)
    target = house(session, office_id).queue(queue).code
    if target == row["current_queue"]:
        raise SameQueue(number=_number(row))
    fresh = {"counter": None, "called_at": None, "calls": 0, "started_at": None}
    _must(session, row, "transfer", current_queue=target, joined_at=_moment(row, now), **fresh)
    return _recorded(session, row, "ticket.transferred", actor, now, counter=counter, queue=target)


def finish(session: Session, *, office_id: str, counter: str, ticket_id: str, actor: str, now: datetime) -> Row:
    """The visit is over."""
    row = _at_counter(session, office_id, ticket_id, counter, now)
    _must(session, row, "finish", ended_at=_moment(row, now))
    return _recorded(session, row, "ticket.finished", actor, now, counter=counter)


def mark_no_show(session: Session, *, office_id: str, counter: str, ticket_id: str, actor: str, now: datetime) -> Row:
    """Nobody came. The visitor can be called back today (`recall`)."""
    row = _at_counter(session, office_id, ticket_id, counter, now)
    _must(session, row, "no_show", ended_at=_moment(row, now))
    return _recorded(session, row, "ticket.no_show", actor, now, counter=counter)


def current_visit(session: Session, *, office_id: str, counter: str, now: datetime) -> Row | None:
    """Today's visit that is called to or served at `counter`, as a dict of the ticket's columns and its `number`."""
    columns = TICKETS.c
    today = house(session, office_id).today(now)
    here = (columns.office_id == office_id, columns.counter == counter, columns.business_date == today, columns.status.in_(OPEN))
    row = session.connection().execute(select(TICKETS).where(*here)).mappings().first()
    return _shown(dict(row)) if row else None


def _free(session: Session, office_id: str, code: str, now: datetime) -> Counter:
    """The counter, locked where the database has row locks, with nobody at it."""
    counter = house(session, office_id).counter(code)
    rows = table_of(Counter)
    session.connection().execute(select(rows.c.code).where(rows.c.office_id == office_id, rows.c.code == code).with_for_update())
    visit = current_visit(session, office_id=office_id, counter=code, now=now)
    if visit:
        raise CounterBusy(number=visit["number"])
    return counter


def _first_in_line(session: Session, office_id: str, today: str, queues: list[str]) -> Row | None:
    columns = TICKETS.c
    line = (columns.office_id == office_id, columns.business_date == today, columns.status == "waiting", columns.current_queue.in_(queues))
    found = session.connection().execute(select(TICKETS).where(*line).order_by(columns.joined_at, columns.id).limit(1)).mappings().first()
    return dict(found) if found else None


def _of_today(session: Session, office_id: str, ticket_id: str, now: datetime) -> Row:
    by_id = select(TICKETS).where(TICKETS.c.office_id == office_id, TICKETS.c.id == ticket_id)
    found = session.connection().execute(by_id).mappings().first()
    if found is None:
        raise TicketUnknown()
    if found["business_date"] != house(session, office_id).today(now):
        raise StepNotAllowed(number=_number(dict(found)))
    return dict(found)


def _at_counter(session: Session, office_id: str, ticket_id: str, counter: str, now: datetime) -> Row:
    row = _of_today(session, office_id, ticket_id, now)
    if row["counter"] != house(session, office_id).counter(counter).code:
        raise StepNotAllowed(number=_number(row))
    return row


def _must(session: Session, row: Row, step: Step, **changes: object) -> None:
    after(step, row["status"], number=_number(row))
    if not _change(session, row, step, **changes):
        raise StepNotAllowed(number=_number(row))


def _change(session: Session, row: Row, step: Step, **changes: object) -> bool:
    """Take `step` if the row is still as it was read; `row` then holds the new values."""
    sources, target = STEPS[step]
    columns, new = TICKETS.c, {"status": target, **changes}
    this = (columns.office_id == row["office_id"], columns.id == row["id"])
    unchanged = (columns.status.in_(sources), columns.counter.is_not_distinct_from(row["counter"]))
    changed = session.connection().execute(update(TICKETS).where(*this, *unchanged).values(new)).rowcount == 1
    if changed:
        row.update(new)
    return changed


def _moment(row: Row, now: datetime) -> str:
    return not_before(now, moment_of(row))


def _called(session: Session, row: Row, counter: str, actor: str, now: datetime) -> Row:
    """Record the call, and write it down for the board under the id of its event."""
    event_id = _record(session, row, "ticket.called", actor, now, counter=counter, calls=row["calls"])
    session.connection().execute(insert(CALLS), call_of(row, event_id))
    return _shown(row)


def _recorded(session: Session, row: Row, kind: str, actor: str, now: datetime, **facts: object) -> Row:
    _record(session, row, kind, actor, now, **facts)
    return _shown(row)


def _record(session: Session, row: Row, kind: str, actor: str, now: datetime, **facts: object) -> str:
    state = {name: row[name] for name in STATE}
    body = {"id": row["id"], "number": _number(row), "queue": row["current_queue"], "at": moment_of(row), "state": state, **facts}
    return outbox.record(session, office_id=row["office_id"], kind=kind, body=body, actor=actor, at=now)


def _number(row: Row) -> str:
    return number_text(row["queue"], row["lane"], row["serial"])


def _shown(row: Row) -> Row:
    return {**row, "number": _number(row)}
