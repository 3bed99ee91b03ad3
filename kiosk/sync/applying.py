"""Events become rows again: each one whole or not at all, and none that fails holds up those that follow."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select
from sqlmodel import Session

from kiosk.core.clock import stored
from kiosk.core.errors import KioskError
from kiosk.core.missing import add_missing
from kiosk.core.table_of import table_of
from kiosk.sync import kinds, outbox
from kiosk.sync.kinds import Event
from kiosk.sync.model import UnappliedEvent
from kiosk.sync.outbox import EVENTS

log = logging.getLogger("kiosk.sync")
TABLE = table_of(UnappliedEvent)
UNKNOWN_KIND, FAILED = "SYNC-0426", "SYNC-0520"
LONGEST_REASON = 300


@dataclass(frozen=True)
class Failure:
    """Why no rows were made of an event: a stable code, and the reason in the words of who refused."""

    event: Event
    code: str
    reason: str


def attempt(session: Session, events: Sequence[Event]) -> list[Failure]:
    """Make rows of `events` in their order, in the caller's transaction; gives those of which none could be made.

    All share one savepoint; only when one fails each gets its own.
    """
    outbox.write(session)  # rolling a savepoint back forgets what waits to be written
    if len(events) > 1:
        try:
            with session.begin_nested():
                for event in events:
                    _apply(session, event)
        except Exception:  # noqa: S110 (found out below, one by one)
            pass
        else:
            return []
    return [failure for event in events if (failure := _alone(session, event))]


def _apply(session: Session, event: Event) -> None:
    apply = kinds.find(event["kind"])
    if apply is None:
        raise KeyError(event["kind"])
    apply(session, event)


def _alone(session: Session, event: Event) -> Failure | None:
    if kinds.find(event["kind"]) is None:
        return Failure(event, UNKNOWN_KIND, event["kind"])
    try:
        with session.begin_nested():
            _apply(session, event)
    except KioskError as refused:
        return Failure(event, refused.code, refused.text("en"))
    except Exception as broken:  # whatever an event does to its room, the next one must come through
        log.exception("event not applied", extra={"kind": event["kind"], "event_id": event["event_id"]})
        return Failure(event, FAILED, f"{type(broken).__name__}: {broken}"[:LONGEST_REASON])
    return None


def apply_all(session: Session, events: Sequence[Event], *, at: datetime) -> list[Failure]:
    """As `attempt`, on a node: what fails is noted, and tried again by `try_again`."""
    failed = attempt(session, events)
    for one in failed:
        row = {"office_id": one.event["office_id"], "event_id": one.event["event_id"], "kind": one.event["kind"]}
        add_missing(session, TABLE, {**row, "code": one.code, "reason": one.reason, "since": stored(at)})
    return failed


def try_again(session: Session, office_id: str, *, at: datetime) -> int:
    """Make rows of the events of which none could be made before; returns how many are left. For the start after an update."""
    mine = (TABLE.c.office_id == office_id, EVENTS.c.office_id == office_id, EVENTS.c.event_id == TABLE.c.event_id)
    waiting = select(EVENTS).select_from(TABLE).join(EVENTS, mine[2]).where(*mine[:2]).order_by(EVENTS.c.epoch, EVENTS.c.seq)
    events = [outbox.event_of(dict(row)) for row in session.connection().execute(waiting).mappings()]
    if events:
        session.connection().execute(delete(TABLE).where(mine[0]))
    return len(apply_all(session, events, at=at))


Finish = Callable[..., None]
_finish: list[Finish] = []


def after_rejoin(function: Finish) -> Finish:
    """Register `function(session, office_id=, at=, actor=)`, called once when a node has taken its history back: it may record events."""
    _finish.append(function)
    return function


def finish(session: Session, *, office_id: str, at: datetime, actor: str) -> None:
    """Let every room put right what its rows cannot be any more after a restore."""
    for function in _finish:
        function(session, office_id=office_id, at=at, actor=actor)
