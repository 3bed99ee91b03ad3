"""What the pages show, read in a transaction that sees what the reader may see."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, Table, func, select

from kiosk.centre.ingest import ASIDE, EPOCHS, EVENTS, NODES
from kiosk.centre.model import CentreEpoch, CentreNode
from kiosk.core.office import Office
from kiosk.core.table_of import table_of
from kiosk.devices.health import KIND as HEALTH
from kiosk.devices.service import DEVICES
from kiosk.queues.model import Call, Ticket

OFFICES = table_of(Office)
TICKETS = table_of(Ticket)
CALLS = table_of(Call)
DAYS, RECENT = timedelta(days=14), timedelta(days=7)
ZONE = "Asia/Jakarta"  # of an office that has not told its own yet
CHECKLISTS = ("checklist.made", "checklist.signed")
REPORTED = ("lane", "build", "waiting", "last_seen_at")
MOST_REPORTS = 2000


@dataclass(frozen=True)
class OfficeView:
    """An office as the list shows it. `aside` counts what is set aside and not settled."""

    office_id: str
    name: str
    zone: str
    nodes: list[CentreNode] = field(default_factory=list)
    aside: int = 0


@dataclass(frozen=True)
class Day:
    """What happened in an office's queues on one business day. `wait_s`: average from taking a number to the first call; None for none."""

    day: str
    taken: int
    called: int
    served: int
    absent: int
    wait_s: float | None


def offices(connection: Connection, only: str | None = None) -> list[OfficeView]:
    """Every office (or `only` one): those that sent their facts, those with a computer."""
    nodes: dict[str, list[CentreNode]] = defaultdict(list)
    for row in connection.execute(_of(NODES, select(NODES), only).order_by(NODES.c.enrolled_at)).mappings():
        nodes[row["office_id"]].append(CentreNode(**row))
    columns = (OFFICES.c.office_id, OFFICES.c.short_name, OFFICES.c.region, OFFICES.c.zone)
    known = {row.office_id: row for row in connection.execute(_of(OFFICES, select(*columns), only))}
    waiting = select(ASIDE.c.office_id, func.count()).where(ASIDE.c.settled_at.is_(None)).group_by(ASIDE.c.office_id)
    aside: dict[str, int] = dict(connection.execute(_of(ASIDE, waiting, only)).tuples().all())
    return [
        OfficeView(
            one,
            f"{known[one].short_name} {known[one].region}" if one in known else one,
            known[one].zone if one in known else ZONE,
            nodes.get(one, []),
            aside.get(one, 0),
        )
        for one in sorted({*nodes, *known})
    ]


def _of(table: Table, asked: Select[Any], only: str | None) -> Select[Any]:
    return asked if only is None else asked.where(table.c.office_id == only)


def days(connection: Connection, office_id: str, now: datetime) -> list[Day]:
    """The office's last business days, newest first."""
    since = (now - DAYS).date().isoformat()
    first = select(CALLS.c.ticket_id, func.min(CALLS.c.at)).where(CALLS.c.office_id == office_id, CALLS.c.business_date >= since)
    called: dict[str, str] = dict(connection.execute(first.group_by(CALLS.c.ticket_id)).tuples().all())
    columns = (TICKETS.c.business_date, TICKETS.c.id, TICKETS.c.status, TICKETS.c.taken_at)
    mine = (TICKETS.c.office_id == office_id, TICKETS.c.business_date >= since)
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(select(*columns).where(*mine)):
        rows[row.business_date].append(row)
    return [_day(day, rows[day], called) for day in sorted(rows, reverse=True)]


def _day(day: str, rows: list[Any], called: dict[str, str]) -> Day:
    states = Counter(row.status for row in rows)
    waits = [_seconds(row.taken_at, called[row.id]) for row in rows if row.id in called]
    return Day(day, len(rows), len(waits), states["done"], states["no_show"], sum(waits) / len(waits) if waits else None)


def _seconds(earlier: str, later: str) -> float:
    """From one moment to another; a clock that was set back in between makes no waiting time."""
    return max((datetime.fromisoformat(later) - datetime.fromisoformat(earlier)).total_seconds(), 0.0)


def oldest_id(moment: datetime) -> str:
    """The smallest UUIDv7 of a moment: ids made since then sort behind it, so that the key itself finds what is recent.

    >>> from datetime import UTC
    >>> oldest_id(datetime(2026, 3, 12, 1, 42, tzinfo=UTC))
    '019cdfb5-3240-7000-8000-000000000000'
    """
    stamp = f"{int(moment.timestamp() * 1000):012x}"
    return f"{stamp[:8]}-{stamp[8:]}-7000-8000-000000000000"


def checklists(connection: Connection, office_id: str, now: datetime) -> dict[str, int]:
    """How many checklists were filled in and signed in the last week, by kind."""
    mine = (EVENTS.c.office_id == office_id, EVENTS.c.event_id >= oldest_id(now - RECENT), EVENTS.c.kind.in_(CHECKLISTS))
    found = connection.execute(select(EVENTS.c.kind, func.count()).where(*mine).group_by(EVENTS.c.kind)).tuples().all()
    return dict.fromkeys(CHECKLISTS, 0) | dict(found)


def health(connection: Connection, office_id: str, now: datetime) -> list[dict[str, Any]]:
    """What each of the office's devices said last, within a week, in the order of lanes: `REPORTED` (None: nothing), `at`, `name`."""
    mine = (EVENTS.c.office_id == office_id, EVENTS.c.event_id >= oldest_id(now - RECENT), EVENTS.c.kind == HEALTH)
    asked = select(EVENTS.c.line).where(*mine).order_by(EVENTS.c.event_id.desc()).limit(MOST_REPORTS)
    named = select(DEVICES.c.id, DEVICES.c.name).where(DEVICES.c.office_id == office_id)
    names: dict[str, str] = dict(connection.execute(named).tuples().all())
    last: dict[str, dict[str, Any]] = {}
    for line in connection.execute(asked).scalars():
        event = json.loads(line)
        device_id = str(event["body"].get("device_id"))
        facts = {name: event["body"].get(name) for name in REPORTED}
        last.setdefault(device_id, {**facts, "at": event["at"], "name": names.get(device_id, device_id[:8])})
    return sorted(last.values(), key=lambda one: str(one["lane"]))


def closed_epochs(connection: Connection, office_id: str) -> list[CentreEpoch]:
    """The ends of the epochs that were closed, newest first."""
    asked = select(EPOCHS).where(EPOCHS.c.office_id == office_id).order_by(EPOCHS.c.closed_at.desc()).limit(20)
    return [CentreEpoch(**row) for row in connection.execute(asked).mappings()]
