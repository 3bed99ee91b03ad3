"""What the queues know of their office: zone, hours, free days, queues and counters.

Read at most once a second, not for every ticket: these rows change with a new seed only, and a second later everybody
sees the change.
"""

from dataclasses import dataclass
from datetime import date, datetime
from weakref import WeakKeyDictionary
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Engine
from sqlmodel import Session, select

from kiosk.core import office
from kiosk.core.clock import business_date
from kiosk.core.recent import Recent
from kiosk.queues.errors import CounterUnknown, QueueUnknown
from kiosk.queues.hours import Closed, Hours, Open, opening
from kiosk.queues.model import Counter, Queue

SECONDS = 1.0
_CHANGED = "queues.changed"
_recent: WeakKeyDictionary[Engine | Connection, Recent["House"]] = WeakKeyDictionary()


@dataclass(frozen=True)
class House:
    """An office's queues and counters by code, in their order; those retired by a newer seed are among them."""

    office_id: str
    name: str
    short_name: str
    zone: str
    hours: Hours | None
    holidays: dict[date, str]
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

    def state(self, now: datetime, *, always_open: bool) -> Open | Closed:
        """Whether numbers are given at `now`; moments in it are local to the office. `always_open` is the demonstration."""
        if always_open:
            return Open(until=None)
        return opening(now.astimezone(ZoneInfo(self.zone)), self.hours, self.holidays)


def house(session: Session, office_id: str) -> House:
    """The office, at most a second old. Raises `OfficeUnknown`."""
    if session.info.get(_CHANGED):
        return _read(session, office_id)
    recent = _recent.setdefault(session.get_bind(), Recent(seconds=SECONDS))
    known = recent.get(office_id)
    if known is None:
        known = _read(session, office_id)
        recent.put(office_id, known)
    return known


def forget(session: Session, office_id: str) -> None:
    """For whoever changes these rows: this session reads its own changes, the others read again."""
    session.info[_CHANGED] = True
    if (recent := _recent.get(session.get_bind())) is not None:
        recent.forget(office_id)


def _read(session: Session, office_id: str) -> House:
    row = office.get(session, office_id)
    queues = session.exec(select(Queue).where(Queue.office_id == office_id))
    counters = session.exec(select(Counter).where(Counter.office_id == office_id))
    return House(
        office_id=office_id,
        name=row.name,
        short_name=row.short_name,
        zone=row.zone,
        hours=row.hours,
        holidays=office.holidays(session, office_id),
        # copies: rows belong to their session, and this outlives it
        queues={queue.code: Queue(**queue.model_dump()) for queue in sorted(queues, key=_place)},
        counters={counter.code: Counter(**counter.model_dump()) for counter in sorted(counters, key=_place)},
    )


def _place(row: Queue | Counter) -> tuple[int, str]:
    return row.position, row.code
