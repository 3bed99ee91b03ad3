"""Find acts in the trail: newest first, so many at a time, by words and days.

A word is looked for in what happened, in the names of people and devices, and in what the screen calls the act (both languages).
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, and_, func, or_, select, tuple_
from sqlmodel import Session

from kiosk.audit.texts import KINDS
from kiosk.core.clock import stored
from kiosk.core.i18n import both
from kiosk.core.table_of import table_of
from kiosk.devices.model import Device
from kiosk.staff.model import Account
from kiosk.sync.outbox import EVENTS

AT_ONCE = 50
MOST_WORDS, LONGEST_WORD = 6, 60

Place = tuple[int, int]


@dataclass(frozen=True)
class Days:
    """From the first to the last of these days, in the office's zone; None: from the beginning, to the end."""

    first: date | None = None
    last: date | None = None

    def within(self, zone: str) -> list[ColumnElement[bool]]:
        """Conditions on the moment of an act."""
        at, wanted = EVENTS.c.at, []
        if self.first and self.first > date.min:
            wanted.append(at >= stored(datetime.combine(self.first, time(), ZoneInfo(zone))))
        if self.last and self.last < date.max:
            wanted.append(at < stored(datetime.combine(self.last + timedelta(days=1), time(), ZoneInfo(zone))))
        return wanted


@dataclass(frozen=True)
class Names:
    """What accounts and devices are called, by id."""

    people: dict[str, str]
    devices: dict[str, str]


@dataclass(frozen=True)
class Found:
    """Acts, newest first; `more`: there are older ones."""

    rows: list[dict[str, Any]]
    more: bool


def names(session: Session, office_id: str) -> Names:
    """Everybody and everything that may stand behind an act; also accounts that were closed and devices that were revoked."""

    def read(table: Any) -> dict[str, str]:
        rows = session.connection().execute(select(table.c.id, table.c.name).where(table.c.office_id == office_id))
        return dict(rows.tuples().all())

    return Names(read(table_of(Account)), read(table_of(Device)))


def find(
    session: Session, office_id: str, *, words: str = "", days: Days | None = None, zone: str = "UTC", before: Place | None = None
) -> Found:
    """Up to fifty acts that hold every word (the first six count) and lie on these days, older than the place `before`."""
    columns, known = EVENTS.c, names(session, office_id)
    wanted = [columns.office_id == office_id, *(days or Days()).within(zone)]
    wanted += [_holds(word[:LONGEST_WORD], known) for word in words.split()[:MOST_WORDS]]
    if before is not None:
        wanted.append(tuple_(columns.epoch, columns.seq) < tuple_(*before))
    asked = select(EVENTS).where(and_(*wanted)).order_by(columns.epoch.desc(), columns.seq.desc()).limit(AT_ONCE + 1)
    rows = [dict(row) for row in session.connection().execute(asked).mappings()]
    return Found(rows[:AT_ONCE], len(rows) > AT_ONCE)


def _holds(word: str, known: Names) -> ColumnElement[bool]:
    columns = EVENTS.c
    people, devices = _named(word, known.people), _named(word, known.devices)
    kinds = [kind for kind, label in KINDS.items() if any(word.lower() in text.lower() for text in both(label).values())]
    ways = [column.icontains(word, autoescape=True) for column in (columns.body, columns.kind, columns.actor, columns.event_id)]
    ways += [columns.kind.in_(kinds)]
    ways += [columns.actor.startswith(f"staff:{one}@", autoescape=True) for one in people]
    ways += [columns.actor.endswith(f"{sign}{one}", autoescape=True) for one in devices for sign in "@:"]
    ways += [columns.body.contains(one, autoescape=True) for one in (*people, *devices)]
    if word.isdecimal() and len(word) <= 12:
        ways.append(columns.seq == int(word))
    return or_(*ways)


def _named(word: str, known: dict[str, str]) -> Iterable[str]:
    return [key for key, name in known.items() if word.lower() in name.lower()]


def count(session: Session, office_id: str) -> int:
    """How many acts the office's trail holds, in all its parts: each part counts from 1 without a gap."""
    ends = select(func.max(EVENTS.c.seq)).where(EVENTS.c.office_id == office_id).group_by(EVENTS.c.epoch)
    return sum(session.connection().execute(ends).scalars())
