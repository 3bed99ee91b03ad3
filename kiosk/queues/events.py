"""Events of the queues become rows again. Whatever order they come in, and however often, the same rows come of them.

A number that a restored node gave again before it knew stays with whoever took it first; the other visit keeps the number on its
paper, too, and bears a mark (`A-051*`), so that no visit is lost and the officer sees that there are two.
"""

from typing import Any

from sqlalchemy import select, update
from sqlmodel import Session

from kiosk.core.actors import read_actor
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.core.missing import add_missing
from kiosk.core.table_of import table_of
from kiosk.queues.house import forget
from kiosk.queues.model import STATE, Call, Counter, LaneCounter, Queue, Ticket, call_of
from kiosk.queues.rules import TWICE, stands_over
from kiosk.sync.kinds import Event, applied

TICKETS, CALLS, LANES = table_of(Ticket), table_of(Call), table_of(LaneCounter)
QUEUES, COUNTERS = table_of(Queue), table_of(Counter)
FRESH = {"status": "waiting", "counter": None, "called_at": None, "calls": 0, "started_at": None, "ended_at": None}
Row = dict[str, Any]


class NotTakenYet(KioskError):
    """A step of a visit of which it is not known yet that a number was taken."""

    code = "QUEUE-0425"
    status = 409
    sentence = N_("The number {number} is not known here yet.")


@applied("ticket.taken")
def taken(session: Session, event: Event) -> None:
    """The visit, where it is not there yet, and how far its lane has come.

    A restored node that took it anew has judged another moment of arrival; the one that the centre holds comes back and counts.
    """
    body = event["body"]
    fixed = {name: body[name] for name in ("id", "queue", "business_date", "lane", "serial", "taken_at")}
    joined = {"current_queue": body["queue"], "joined_at": body.get("joined_at") or body["taken_at"]}
    device = {"device_id": body.get("device_id") or read_actor(event["actor"]).place or ""}
    row = {**FRESH, **fixed, **joined, **device, "office_id": event["office_id"]}
    _count(session, row)
    here = _visit(session, row["office_id"], row["id"])
    if here is None:
        _place(session, row, row["lane"])
    elif here["taken_at"] != row["taken_at"]:
        untouched = here["status"] == "waiting" and not here["calls"] and here["joined_at"] == here["taken_at"]
        _change(session, row, {"taken_at": row["taken_at"]} | (joined if untouched else {}))


def _count(session: Session, row: Row) -> None:
    """No number of the lane up to this one is given again."""
    place = {name: row[name] for name in ("office_id", "queue", "business_date", "lane")}
    if not add_missing(session, LANES, {**place, "last": row["serial"]}):
        here = [LANES.c[name] == value for name, value in place.items()]
        session.connection().execute(update(LANES).where(*here, LANES.c.last < row["serial"]).values(last=row["serial"]))


def _place(session: Session, row: Row, lane: str) -> None:
    """Write the visit under `lane`; of several under one number the first keeps it, and those after it are marked."""
    names = ("office_id", "queue", "business_date", "serial")
    here = [*(TICKETS.c[name] == row[name] for name in names), TICKETS.c.lane == lane]
    other = session.connection().execute(select(TICKETS).where(*here)).mappings().first()
    if other is not None and (other["taken_at"], other["id"]) < (row["taken_at"], row["id"]):
        _place(session, row, lane + TWICE)
        return
    if other is not None:
        _place(session, dict(other), lane + TWICE)
    if not add_missing(session, TICKETS, {**row, "lane": lane}):
        _change(session, row, {"lane": lane})


@applied("ticket.called", "ticket.started", "ticket.transferred", "ticket.finished", "ticket.no_show")
def stepped(session: Session, event: Event) -> None:
    """How the visit stands after the step, unless a later one is known; and the call, as the board showed it."""
    body = event["body"]
    row = _visit(session, event["office_id"], body["id"])
    if row is None:
        raise NotTakenYet(number=body["number"])
    after = {**row, **{name: body["state"][name] for name in STATE}}
    if event["kind"] == "ticket.called":
        add_missing(session, CALLS, {**call_of(after, event["event_id"]), "number": body["number"]})
    if stands_over(after, row):
        _change(session, row, {name: after[name] for name in STATE})


@applied("ticket.renumbered")
def renumbered(session: Session, event: Event) -> None:
    """Give a visit the number that its holder was shown. Who was called by the other one could not come, and waits where they stood."""
    body = event["body"]
    row = _visit(session, event["office_id"], body["id"])
    if row is None:
        raise NotTakenYet(number=body["burned"])
    new = {**row, "lane": body["lane"], "serial": body["serial"]}
    _count(session, new)
    while _holder(session, new) not in {None, row["id"]}:
        new["lane"] += TWICE
    changes = {"lane": new["lane"], "serial": new["serial"]}
    if row["status"] == "no_show":
        changes |= {"status": "waiting", "counter": None, "called_at": None, "ended_at": None}
    _change(session, row, changes)


def _holder(session: Session, row: Row) -> str | None:
    """Whose number this is."""
    names = ("office_id", "queue", "business_date", "lane", "serial")
    here = [TICKETS.c[name] == row[name] for name in names]
    return session.connection().execute(select(TICKETS.c.id).where(*here)).scalar()


def _visit(session: Session, office_id: str, ticket_id: str) -> Row | None:
    here = (TICKETS.c.office_id == office_id, TICKETS.c.id == ticket_id)
    found = session.connection().execute(select(TICKETS).where(*here)).mappings().first()
    return dict(found) if found else None


def _change(session: Session, row: Row, new: Row) -> None:
    here = (TICKETS.c.office_id == row["office_id"], TICKETS.c.id == row["id"])
    session.connection().execute(update(TICKETS).where(*here).values(new))


@applied("queues.loaded")
def loaded(session: Session, event: Event) -> None:
    """Queues and counters as a seed made them; in the order of the chain, the last one counts."""
    for table, rows in ((QUEUES, event["body"]["queues"]), (COUNTERS, event["body"]["counters"])):
        for row in rows:
            here = (table.c.office_id == event["office_id"], table.c.code == row["code"])
            changed = session.connection().execute(update(table).where(*here).values(row)).rowcount
            if not changed:
                add_missing(session, table, {"office_id": event["office_id"], **row})
    forget(session, event["office_id"])
