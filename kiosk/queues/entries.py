"""Numbers that a device issued in its own lane while the node was gone, handed in.

A touch whose answer was lost has a ticket already, under the same id and with a number that nobody saw: the visit keeps its place and
gets the number that the visitor was shown; the other one is burned, and nobody else gets it.
"""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select, text
from sqlmodel import Session

from kiosk.core.actors import device_actor
from kiosk.core.clock import stored
from kiosk.core.i18n import N_
from kiosk.devices.entries import Entry, taken_in
from kiosk.devices.errors import EntryWrong, ForeignLane, KeptAside
from kiosk.devices.service import DeviceIdentity, was_given
from kiosk.queues import board
from kiosk.queues.errors import QueueUnknown
from kiosk.queues.events import renumbered
from kiosk.queues.house import House, house
from kiosk.queues.rules import number_text
from kiosk.queues.service import INSERT, TICKETS
from kiosk.sync import outbox

MOST = 99_999  # numbers of one lane on one day
AT_LEAST = text(
    "INSERT INTO lane_counter (office_id, queue, business_date, lane, last) VALUES (:office_id, :queue, :business_date, :lane, :serial)"
    " ON CONFLICT (office_id, queue, business_date, lane) DO UPDATE SET last ="
    " CASE WHEN lane_counter.last < excluded.last THEN excluded.last ELSE lane_counter.last END"
)


class NumberTwice(KeptAside):
    """The number of a lane that was handed in already, for another visit: two browsers issue in one lane."""

    code = "TICKET-0410"
    sentence = N_("The number {number} was given twice: the device was copied. Both are kept; the admin sees it on the page Devices.")
    copied = True


class Issued(BaseModel):
    """A number as the device issued it. `date`: the office's day as the device knew it."""

    model_config = ConfigDict(extra="ignore")
    queue: str = Field(min_length=1, max_length=8)
    lane: str = Field(pattern=r"^[A-Z][0-9]{1,6}$")
    serial: int = Field(ge=1, le=MOST)


@taken_in("ticket.taken", then=lambda: board.board().changed())
def take_in(session: Session, device: DeviceIdentity, entry: Entry, now: datetime) -> dict[str, Any]:
    """Put a visit with a number of the device's lane into the waiting list, where it arrived. The same again is the same visit.

    Gives `{"number", "business_date"}`. Raises `EntryWrong`, `QueueUnknown`, and `ForeignLane`, `NumberTwice`, `KeptAside`.
    """
    try:
        issued = Issued.model_validate(entry.body)
    except ValidationError:
        raise EntryWrong() from None
    here = house(session, entry.office_id)
    if issued.queue not in here.queues:
        raise QueueUnknown(queue=issued.queue)
    if issued.lane != device.lane and was_given(session, entry.office_id, issued.lane) is None:
        raise ForeignLane()
    row = _find(session, office_id=entry.office_id, id=entry.id)
    if row is not None and row["queue"] != issued.queue:
        raise KeptAside()
    if row is None:
        row = _insert(session, here=here, device=device, entry=entry, issued=issued, now=now)
    elif (row["lane"], row["serial"]) != (issued.lane, issued.serial):
        row = _renumber(session, row, issued, device, now)
    return {"number": _text(row), "business_date": row["business_date"]}


def _insert(session: Session, *, here: House, device: DeviceIdentity, entry: Entry, issued: Issued, now: datetime) -> dict[str, Any]:
    at, queue = stored(entry.arrived), issued.queue
    place = {"office_id": entry.office_id, "queue": queue, "business_date": here.today(entry.arrived), "lane": issued.lane}
    row = {
        **place,
        "id": entry.id,
        "serial": issued.serial,
        "taken_at": at,
        "device_id": device.id,
        "current_queue": queue,
        "joined_at": at,
    }
    row |= {"status": "waiting", "counter": None, "called_at": None, "calls": 0, "started_at": None, "ended_at": None}
    _claim(session, row)
    session.connection().execute(INSERT, row)
    body = {**place, "id": entry.id, "serial": issued.serial, "number": _text(row), "taken_at": at}
    facts: dict[str, Any] = {"body": body, "actor": device_actor(device.id), "at": now, "event_id": entry.event_id}
    outbox.record(session, office_id=entry.office_id, kind="ticket.taken", **facts)
    return row


def _renumber(session: Session, row: dict[str, Any], issued: Issued, device: DeviceIdentity, now: datetime) -> dict[str, Any]:
    new = {**row, "lane": issued.lane, "serial": issued.serial}
    _claim(session, new)
    body = {name: new[name] for name in ("office_id", "id", "queue", "business_date", "lane", "serial")}
    body |= {"number": _text(new), "burned": _text(row)}
    renumbered(session, {"office_id": row["office_id"], "body": body})
    outbox.record(session, office_id=row["office_id"], kind="ticket.renumbered", body=body, actor=device_actor(device.id), at=now)
    return new


def _claim(session: Session, row: dict[str, Any]) -> None:
    """The number is this visit's alone. Raises `NumberTwice`."""
    place = {name: row[name] for name in ("office_id", "queue", "business_date", "lane", "serial")}
    holder = _find(session, **place)
    if holder is not None and holder["id"] != row["id"]:
        raise NumberTwice(number=_text(row))
    session.connection().execute(AT_LEAST, place)


def _text(row: dict[str, Any]) -> str:
    return number_text(row["queue"], row["lane"], row["serial"])


def _find(session: Session, **where: Any) -> dict[str, Any] | None:
    found = session.connection().execute(select(TICKETS).where(*(TICKETS.c[name] == value for name, value in where.items()))).mappings()
    row = found.first()
    return dict(row) if row else None
