"""What the queues know of their office: zone, hours, queues and counters, read once in a session.

The writer's jobs of one batch share a session, so a burst of tickets reads these rows once; the next batch reads them
again, so a seed that was loaded meanwhile counts.
"""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from kiosk.core import office
from kiosk.core.clock import business_date
from kiosk.queues.errors import CounterUnknown, QueueUnknown
from kiosk.queues.hours import Closed, Hours, Open, opening
from kiosk.queues.model import Counter, Queue

_KEY = "queues.house"


@dataclass(frozen=True)
class House:
    """An office's queues and counters by code, in their order; those retired by a newer seed are among them."""

    office_id: str
    name: str
    short_name: str
    zone: str
    hours: Hours | None
    queues: dict[str, Queue]
    counters: dict[str, Counter]

    def queue(self, code: str) -> Queue:
        """The queue in use with this letter. Raises `QueueUnknown`."""
        found = self.queues.get(code)
        if found is None or found.retired:
            raise QueueUnknown(queue=code)
        return found

    def counter(self, code: str) -> Counter:
        """The counter in use with this code. Raises `CounterUnknown`."""
        found = self.counters.get(code)
        if found is None or found.retired:
            raise CounterUnknown(counter=code)
        return found

    def today(self, now: datetime) -> str:
        """The business date at `now`, as ISO text."""
        return business_date(now, self.zone).isoformat()


def house(session: Session, office_id: str) -> House:
    """The office as this session sees it. Raises `OfficeUnknown`."""
    known: dict[str, House] = session.info.setdefault(_KEY, {})
    if office_id not in known:
        row = office.get(session, office_id)
        queues = session.exec(select(Queue).where(Queue.office_id == office_id).order_by(Queue.position, Queue.code))  # type: ignore[arg-type]
        counters = session.exec(select(Counter).where(Counter.office_id == office_id).order_by(Counter.position, Counter.code))  # type: ignore[arg-type]
        known[office_id] = House(
            office_id=office_id,
            name=row.name,
            short_name=row.short_name,
            zone=row.zone,
            hours=row.hours,
            queues={queue.code: queue for queue in queues},
            counters={counter.code: counter for counter in counters},
        )
    return known[office_id]


def forget(session: Session) -> None:
    """Read again next time: for whoever changes queues in this session."""
    session.info.pop(_KEY, None)


def open_state(session: Session, office_id: str, *, now: datetime, always_open: bool) -> Open | Closed:
    """Whether numbers are given at `now`; moments in it are local to the office. `always_open` is the demonstration."""
    here = house(session, office_id)
    if always_open or here.hours is None:
        return Open(until=None)
    return opening(now.astimezone(ZoneInfo(here.zone)), here.hours, office.holidays(session, office_id))
