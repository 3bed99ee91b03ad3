"""The seed's queues and counters into the database."""

from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from kiosk.queues.errors import QueueUnknown
from kiosk.queues.house import forget
from kiosk.queues.model import Counter, Queue
from kiosk.queues.seed import CounterSeed, QueueSeed
from kiosk.sync import outbox


def load(
    session: Session, *, office_id: str, queues: list[QueueSeed], counters: list[CounterSeed], at: datetime, actor: str = "seed"
) -> bool:
    """Make the office's queues and counters what the seed says; whether anything changed.

    What the seed no longer names is retired, not deleted: tickets refer to it. The same seed again changes and records
    nothing. Raises `QueueUnknown` for a counter that serves a queue which the seed does not name.
    """
    codes = {queue.code for queue in queues}
    for counter in counters:
        for code in counter.queues:
            if code not in codes:
                raise QueueUnknown(queue=code)
    changed: dict[str, Any] = {
        "queues": _merge(session, Queue, office_id, {queue.code: queue.model_dump() for queue in queues}),
        "counters": _merge(session, Counter, office_id, {counter.code: counter.model_dump() for counter in counters}),
    }
    if not any(changed.values()):
        return False
    session.flush()
    forget(session, office_id)
    outbox.record(session, office_id=office_id, kind="queues.loaded", body=changed, actor=actor, at=at)
    return True


def _merge(session: Session, table: type[Queue] | type[Counter], office_id: str, wanted: dict[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Add, change or retire rows; what was changed, for the record."""
    rows: list[Any] = list(session.exec(select(table).where(table.office_id == office_id)))
    known = {row.code: row for row in rows}
    changed: list[dict[str, Any]] = []
    for code, values in wanted.items():
        row = known.get(code)
        target = {**values, "retired": False}
        if row is None:
            session.add(table(office_id=office_id, **target))
        elif any(getattr(row, name) != value for name, value in target.items()):
            for name, value in target.items():
                setattr(row, name, value)
        else:
            continue
        changed.append(target)
    for code, row in known.items():
        if code not in wanted and not row.retired:
            row.retired = True
            changed.append({"code": code, "retired": True})
    return changed
