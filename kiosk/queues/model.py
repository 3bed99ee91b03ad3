"""Tables of the queues. Moments are UTC text (`core.clock.stored`), business dates ISO text: text order is time order."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import JSON, Column, ForeignKeyConstraint, Index
from sqlmodel import Field, SQLModel, UniqueConstraint

from kiosk.queues.rules import number_text

# What the steps of a visit change of its row; the rest is fixed when the number is given.
STATE = ("status", "current_queue", "joined_at", "counter", "called_at", "calls", "started_at", "ended_at")


class Queue(SQLModel, table=True):
    """A line of waiting visitors. `by_transfer`: officers send visitors here, the touchscreen does not."""

    __tablename__ = "queue"
    office_id: str = Field(primary_key=True, foreign_key="office.office_id")
    code: str = Field(primary_key=True)
    name: str
    name_en: str
    purpose: str
    purpose_en: str
    bring: str | None = None
    bring_en: str | None = None
    by_transfer: bool = False
    position: int
    retired: bool = False


class Counter(SQLModel, table=True):
    """A desk with an officer; `queues` are the letters it calls from."""

    __tablename__ = "counter"
    office_id: str = Field(primary_key=True, foreign_key="office.office_id")
    code: str = Field(primary_key=True)
    name: str
    name_en: str
    queues: list[str] = Field(sa_column=Column(JSON, nullable=False))
    position: int
    retired: bool = False


class LaneCounter(SQLModel, table=True):
    """The last serial of a lane on a business day."""

    __tablename__ = "lane_counter"
    office_id: str = Field(primary_key=True)
    queue: str = Field(primary_key=True)
    business_date: str = Field(primary_key=True)
    lane: str = Field(primary_key=True)
    last: int


class Ticket(SQLModel, table=True):
    """One visit. `queue`, `lane`, `serial` make its number and never change; `current_queue` follows transfers."""

    __tablename__ = "ticket"
    __table_args__ = (
        UniqueConstraint("office_id", "queue", "business_date", "lane", "serial"),
        ForeignKeyConstraint(["office_id", "queue"], ["queue.office_id", "queue.code"]),
        ForeignKeyConstraint(["office_id", "current_queue"], ["queue.office_id", "queue.code"]),
        ForeignKeyConstraint(["office_id", "counter"], ["counter.office_id", "counter.code"]),
        # who waits in a queue, in order: read for every ticket (how many are ahead), every call and every picture
        Index("ticket_in_line", "office_id", "business_date", "status", "current_queue", "joined_at"),
        Index("ticket_at_counter", "office_id", "counter", "business_date"),
    )
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    queue: str
    lane: str = ""
    serial: int
    business_date: str
    taken_at: str
    device_id: str
    current_queue: str
    joined_at: str
    status: str
    counter: str | None = None
    called_at: str | None = None
    calls: int = 0
    started_at: str | None = None
    ended_at: str | None = None


class Call(SQLModel, table=True):
    """Every call and every call again, as the board showed it."""

    __tablename__ = "call"
    __table_args__ = (
        ForeignKeyConstraint(["office_id", "ticket_id"], ["ticket.office_id", "ticket.id"]),
        ForeignKeyConstraint(["office_id", "counter"], ["counter.office_id", "counter.code"]),
        Index("call_of_day", "office_id", "business_date", "at"),
    )
    office_id: str = Field(primary_key=True)
    id: str = Field(primary_key=True)
    ticket_id: str
    business_date: str
    number: str
    queue: str
    counter: str
    at: str


def call_of(ticket: Mapping[str, Any], call_id: str) -> dict[str, Any]:
    """The row of `call` for a visit that stands as called."""
    names = {"office_id": "office_id", "ticket_id": "id", "business_date": "business_date", "queue": "current_queue"}
    number = number_text(ticket["queue"], ticket["lane"], ticket["serial"])
    call = {name: ticket[column] for name, column in names.items()}
    return {**call, "id": call_id, "number": number, "counter": ticket["counter"], "at": ticket["called_at"]}
