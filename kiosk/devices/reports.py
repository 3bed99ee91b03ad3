"""What a device tells of itself every two seconds, and what it hears back: whether it may issue numbers by itself, the day, the head."""

import json
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from kiosk.core.actors import device_actor
from kiosk.core.clock import stored
from kiosk.devices.errors import DeviceUnknown
from kiosk.devices.grants import Grant, hashed, judge, new_word, next_grant
from kiosk.devices.model import Device
from kiosk.sync.outbox import record

ISSUING = frozenset({"kiosk", "tablet"})  # kinds that give numbers to visitors


@dataclass(frozen=True)
class Report:
    """What a device said. `word`: the one that it was given last, "" for none; None: this browser cannot keep one."""

    build: str = ""
    waiting: int = 0
    parked: list[dict[str, Any]] = field(default_factory=list)
    word: str | None = None
    clock: datetime | None = None


@dataclass(frozen=True)
class Heard:
    """A device's next word, None when it may not have one. `settled`: it holds the one before, so nothing need be asked for a while."""

    word: str | None
    settled: bool


def hear(session: Session, *, office_id: str, device_id: str, said: Report, at: datetime) -> Heard:
    """Write what a device said, and judge its word.

    Raises `DeviceUnknown`, also for one whose rights were taken away.
    """
    row = session.get(Device, (office_id, device_id))
    if row is None or row.revoked_at is not None:
        raise DeviceUnknown()
    row.last_seen_at, row.build, row.waiting, row.parked = stored(at), said.build, said.waiting, json.dumps(said.parked)
    if said.clock is not None:
        row.clock_off_s = int((said.clock - at).total_seconds())
    if said.waiting == 0:
        row.clear_at = stored(at)
    issues = said.word is not None and row.kind in ISSUING
    heard = _judged(session, row, said.word or "", at) if issues else Heard(None, settled=True)
    session.add(row)
    session.flush()
    return heard


def _judged(session: Session, row: Device, word: str, at: datetime) -> Heard:
    kept = Grant(row.grant_now, row.grant_before, row.grant_replaced)
    verdict = judge(kept, hashed(word))
    if verdict in {"wiped", "cloned"}:
        mark(session, office_id=row.office_id, device_id=row.id, why=verdict, at=at)
    if row.mark:
        return Heard(None, settled=True)
    fresh = new_word()
    new = next_grant(kept, verdict, hashed(fresh))
    row.grant_now, row.grant_before, row.grant_replaced = new.now, new.before, new.replaced
    return Heard(fresh, settled=verdict == "current")


def mark(session: Session, *, office_id: str, device_id: str, why: str, at: datetime) -> None:
    """A device may issue no numbers by itself from now on, until it is enrolled anew; the first mark stays."""
    row = session.get(Device, (office_id, device_id))
    if row is None or row.mark:
        return
    row.mark, row.marked_at = why, stored(at)
    session.add(row)
    body = {"device_id": device_id, "lane": row.lane, "why": why}
    record(session, office_id=office_id, kind="device.marked", body=body, actor=device_actor(device_id), at=at)
