"""What visitors do: see the queues, take a number, follow it. The caller owns the transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, insert, or_, select, text
from sqlmodel import Session

from kiosk.core import audit
from kiosk.core.actors import device_actor
from kiosk.core.clock import stored
from kiosk.core.table_of import table_of
from kiosk.queues.errors import ByTransferOnly, OfficeClosed, TicketConflict, TicketUnknown
from kiosk.queues.hours import Closed
from kiosk.queues.house import House, house
from kiosk.queues.loading import load
from kiosk.queues.model import Ticket
from kiosk.queues.rules import number_text, own_lane
from kiosk.sync import outbox

__all__ = ["TicketView", "is_known", "list_queues", "load", "take_ticket", "ticket_view", "waiting_by_queue"]

# Statements are built once, on the table instead of the objects: taking a number then costs the node half the work.
TICKETS = table_of(Ticket)
INSERT = insert(TICKETS)
BY_ID = select(TICKETS).where(TICKETS.c.office_id == bindparam("office_id"), TICKETS.c.id == bindparam("id"))
# Who came in the same microsecond stands in the order of ids.
AHEAD = select(func.count()).where(
    *(TICKETS.c[name] == bindparam(name) for name in ("office_id", "business_date", "status", "current_queue")),
    or_(TICKETS.c.joined_at < bindparam("joined_at"), and_(TICKETS.c.joined_at == bindparam("joined_at"), TICKETS.c.id < bindparam("id"))),
)
WAITING = (
    select(TICKETS.c.current_queue, func.count())
    .where(TICKETS.c.office_id == bindparam("office_id"), TICKETS.c.business_date == bindparam("business_date"))
    .where(TICKETS.c.status == "waiting")
    .group_by(TICKETS.c.current_queue)
)
NEXT_SERIAL = text(
    "INSERT INTO lane_counter (office_id, queue, business_date, lane, last) VALUES (:office_id, :queue, :business_date, :lane, 1)"
    " ON CONFLICT (office_id, queue, business_date, lane) DO UPDATE SET last = lane_counter.last + 1 RETURNING last"
)


@dataclass(frozen=True)
class TicketView:
    """A visit as its holder sees it. `queue` is the one it was taken for, `current_queue` where it stands now; moments are UTC text."""

    id: str
    number: str
    queue: str
    business_date: str
    ahead: int
    status: str
    current_queue: str
    queue_name: str
    queue_name_en: str
    counter: str | None
    counter_name: str | None
    counter_name_en: str | None
    calls: int
    taken_at: str
    called_at: str | None
    today: bool
    new: bool = False


def take_ticket(
    session: Session,
    *,
    office_id: str,
    ticket_id: str,
    queue: str,
    device_id: str,
    now: datetime,
    lane: str | None = None,
    always_open: bool = False,
) -> TicketView:
    """Give the next number of `queue` to the ticket `ticket_id`, a canonical UUID that the device made.

    The same id again gives the same ticket (`new` is False), after closing time too. Raises `TicketConflict` when the id
    belongs to another queue, `QueueUnknown`, `ByTransferOnly`, and `OfficeClosed` outside office hours. `lane`: None for the node's own.
    """
    here = house(session, office_id)
    known = _row(session, office_id, ticket_id)
    if known is not None:
        if known["queue"] != queue:
            raise TicketConflict()
        return _view(session, here, known, now)
    if here.queue(queue).by_transfer:
        raise ByTransferOnly(queue=queue)
    state = here.state(now, always_open=always_open)
    if isinstance(state, Closed):
        raise OfficeClosed(opens_at=state.opens_at)
    if lane is None:
        lane = own_lane(audit.epoch_of(session, office_id))
    place = {"office_id": office_id, "queue": queue, "business_date": here.today(now), "lane": lane}
    serial = session.connection().execute(NEXT_SERIAL, place).scalar_one()
    at = stored(now)
    row = {**place, "id": ticket_id, "serial": serial, "taken_at": at, "device_id": device_id, "current_queue": queue, "joined_at": at}
    row |= {"status": "waiting", "counter": None, "called_at": None, "calls": 0, "started_at": None, "ended_at": None}
    session.connection().execute(INSERT, row)
    body = {**place, "id": ticket_id, "serial": serial, "number": number_text(queue, lane, serial), "taken_at": at}
    outbox.record(session, office_id=office_id, kind="ticket.taken", body=body, actor=device_actor(device_id), at=now)
    return _view(session, here, row, now, new=True)


def ticket_view(session: Session, *, office_id: str, ticket_id: str, now: datetime) -> TicketView:
    """The ticket for its holder, who knows its id. Raises `TicketUnknown`, for a ticket of another office too."""
    row = _row(session, office_id, ticket_id)
    if row is None:
        raise TicketUnknown()
    return _view(session, house(session, office_id), row, now)


def is_known(session: Session, *, office_id: str, ticket_id: str) -> bool:
    """Whether the office has a ticket with this id."""
    return _row(session, office_id, ticket_id) is not None


def list_queues(session: Session, *, office_id: str, now: datetime, always_open: bool = False) -> list[dict[str, Any]]:
    """The queues in use, in their order, each with how many wait and whether numbers are given (`opens_at`: local ISO text or None)."""
    here = house(session, office_id)
    state = here.state(now, always_open=always_open)
    opens_at = state.opens_at.isoformat() if isinstance(state, Closed) and state.opens_at else None
    waiting = waiting_by_queue(session, office_id, here.today(now))
    return [
        {
            **queue.model_dump(exclude={"office_id", "retired"}),
            "open": not isinstance(state, Closed),
            "opens_at": opens_at,
            "waiting": waiting.get(queue.code, 0),
        }
        for queue in here.queues.values()
        if not queue.retired
    ]


def waiting_by_queue(session: Session, office_id: str, business_date: str) -> dict[str, int]:
    """How many wait in each queue where anybody does."""
    rows = session.connection().execute(WAITING, {"office_id": office_id, "business_date": business_date})
    return dict(rows.tuples().all())


def _row(session: Session, office_id: str, ticket_id: str) -> dict[str, Any] | None:
    found = session.connection().execute(BY_ID, {"office_id": office_id, "id": ticket_id}).mappings().first()
    return dict(found) if found else None


def _ahead(session: Session, row: dict[str, Any]) -> int:
    """How many wait in the same queue and came before."""
    if row["status"] != "waiting":
        return 0
    return session.connection().execute(AHEAD, row).scalar_one()


def _view(session: Session, here: House, row: dict[str, Any], now: datetime, *, new: bool = False) -> TicketView:
    queue, counter = here.queues[row["current_queue"]], here.counters.get(row["counter"] or "")
    return TicketView(
        id=row["id"],
        number=number_text(row["queue"], row["lane"], row["serial"]),
        queue=row["queue"],
        business_date=row["business_date"],
        ahead=_ahead(session, row),
        status=row["status"],
        current_queue=row["current_queue"],
        queue_name=queue.name,
        queue_name_en=queue.name_en,
        counter=row["counter"],
        counter_name=counter.name if counter else None,
        counter_name_en=counter.name_en if counter else None,
        calls=row["calls"],
        taken_at=row["taken_at"],
        called_at=row["called_at"],
        today=row["business_date"] == here.today(now),
        new=new,
    )
