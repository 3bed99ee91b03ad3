"""What the centre sends down about an office: its words and hours, its queues' words, its free days."""

from datetime import date, datetime
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import delete
from sqlmodel import Session, col

from kiosk.core import office
from kiosk.core.office import TEXTS, Holiday, Line, Office, OfficeTexts
from kiosk.queues.errors import QueueUnknown
from kiosk.queues.house import forget, house
from kiosk.queues.loading import load
from kiosk.queues.seed import CounterSeed, QueueSeed, QueueTexts
from kiosk.sync.outbox import record
from kiosk.sync.topics import ACTOR, topic


class Texts(OfficeTexts):
    """The office's words and hours, and those of the queues that are named."""

    queues: list[QueueTexts] = Field(default_factory=list)

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len({queue.code for queue in self.queues}) < len(self.queues):
            raise ValueError("two queues have the same code")
        return self


class FreeDay(BaseModel):
    """A day on which the office is closed."""

    model_config = ConfigDict(extra="forbid")
    day: date
    name: Line
    kind: Annotated[str, Field(pattern="^[a-z_]{1,40}$")]


class Calendar(BaseModel):
    """All free days of an office; a day that is not here is none."""

    model_config = ConfigDict(extra="forbid")
    days: Annotated[list[FreeDay], Field(max_length=2000)]

    @model_validator(mode="after")
    def _once(self) -> Self:
        if len({one.day for one in self.days}) < len(self.days):
            raise ValueError("a day stands here twice")
        return self


@topic("texts", body=Texts)
def take_texts(session: Session, office_id: str, body: Texts, at: datetime) -> None:
    """Give the office and its queues these words. Raises `OfficeUnknown`, `QueueUnknown` for a queue that the office has not."""
    row = office.get(session, office_id)
    before = row.model_dump()
    for name, value in body.model_dump(mode="json", include=set(TEXTS)).items():
        setattr(row, name, value)
    session.add(row)
    _take_queue_words(session, office_id, body.queues, at)
    if row.model_dump() != before:
        record(session, office_id=office_id, kind="office.loaded", body=facts_of(row), actor=ACTOR, at=at)
    session.flush()
    forget(session, office_id)


def _take_queue_words(session: Session, office_id: str, words: list[QueueTexts], at: datetime) -> None:
    forget(session, office_id)  # what was read a moment ago may lack a queue that was loaded since
    here = house(session, office_id)
    queues = {queue.code: queue.model_dump(exclude={"office_id", "retired"}) for queue in here.queues.values() if not queue.retired}
    for one in words:
        if one.code not in queues:
            raise QueueUnknown(queue=one.code)
        queues[one.code] |= one.model_dump()
    counters = [counter.model_dump(exclude={"office_id", "retired"}) for counter in here.counters.values() if not counter.retired]
    same_desks = [CounterSeed(**counter) for counter in counters]
    load(session, office_id=office_id, queues=[QueueSeed(**queue) for queue in queues.values()], counters=same_desks, at=at, actor=ACTOR)


def facts_of(row: Office) -> dict[str, object]:
    """The office as `office.loaded` tells it."""
    return {"id": row.office_id, **row.model_dump(exclude={"office_id", "digest"})}


@topic("calendar", body=Calendar)
def take_calendar(session: Session, office_id: str, body: Calendar, _at: datetime) -> None:
    """Make these the office's free days. Raises `OfficeUnknown`."""
    office.get(session, office_id)
    session.connection().execute(delete(Holiday).where(col(Holiday.office_id) == office_id))
    session.add_all(Holiday(office_id=office_id, **one.model_dump()) for one in body.days)
    session.flush()
    forget(session, office_id)
