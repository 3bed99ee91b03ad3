"""Taking in what waited on a device: each entry once, in a transaction of its own. The caller owns the transaction."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlmodel import Session

from kiosk.core.actors import device_actor
from kiosk.core.chain import canonical, content_hash
from kiosk.core.clock import stored
from kiosk.devices.entries import Entry, arrived, way_of
from kiosk.devices.errors import EntryUnknown, KeptAside
from kiosk.devices.model import AsideEntry, Device, TakenEntry
from kiosk.devices.reports import mark
from kiosk.devices.sealing import open_sealed
from kiosk.devices.service import DeviceIdentity
from kiosk.sync.outbox import record, recorded, stamp_of


@dataclass(frozen=True)
class Given:
    """An entry as it came: open (`body`) or `sealed`, one of the two; `age_ms` by the device's steady clock."""

    id: str
    kind: str
    age_ms: int
    body: dict[str, Any] | None = None
    sealed: dict[str, Any] | None = None

    @property
    def digest(self) -> str:
        """What tells "the same id with another body": SHA-256 over kind and content, closed if it came closed. The age is no content."""
        return content_hash(canonical({"kind": self.kind, "body": self.body, "sealed": self.sealed}))


@dataclass(frozen=True)
class Taken:
    """What the device is told: the stamp of the entry's event, and what the room says of it."""

    stamp: tuple[int, int]
    told: dict[str, Any]


def take_in(session: Session, *, office_id: str, device: DeviceIdentity, given: Given, now: datetime, key: X25519PrivateKey) -> Taken:
    """Take one entry in; the same again gives the same answer, with the stamp that it has now.

    Raises `EntryUnknown`, `SealBroken`, `KeptAside`, and what the room raises.
    """
    row = session.get(TakenEntry, (office_id, given.id))
    if row is not None:
        if row.content_hash != given.digest:
            raise KeptAside()
        return Taken(stamp_of(session, office_id, row.event_id), json.loads(row.told))
    way = way_of(given.kind)
    if way is None:
        raise EntryUnknown()
    body = given.body if given.sealed is None else open_sealed(key, given.sealed, entry_id=given.id, kind=given.kind)
    when = arrived(age_ms=given.age_ms, floor=_floor(session, office_id, device.id, now), now=now)
    before = len(recorded(session))
    told = way.take(session, device, Entry(office_id, given.id, given.kind, body or {}, when), now) or {}
    events = recorded(session)[before:]
    event_id = events[0] if events else None
    words = {"device_id": device.id, "kind": given.kind, "content_hash": given.digest, "taken_at": stored(now)}
    session.add(TakenEntry(office_id=office_id, id=given.id, event_id=event_id, told=json.dumps(told, ensure_ascii=False), **words))
    session.flush()
    return Taken(stamp_of(session, office_id, event_id), told)


def keep_aside(session: Session, *, office_id: str, device: DeviceIdentity, given: Given, refused: KeptAside, now: datetime) -> None:
    """Keep an entry that contradicts what the office holds, as it came; the same again is kept once, and stays settled if it is."""
    entry = canonical({"body": given.body, "sealed": given.sealed, "age_ms": given.age_ms}).decode()
    if (row := session.get(AsideEntry, (office_id, given.id, given.digest))) is not None:
        row.entry = row.entry or entry
        session.add(row)
        session.flush()
        return
    facts = {"id": given.id, "device_id": device.id, "kind": given.kind, "code": refused.code, "content_hash": given.digest}
    about = str((given.body or {}).get("number", ""))[:40]
    session.add(AsideEntry(office_id=office_id, about=about, entry=entry, at=stored(now), **facts))
    record(session, office_id=office_id, kind="entry.set_aside", body={**facts, "about": about}, actor=device_actor(device.id), at=now)
    if refused.copied:
        mark(session, office_id=office_id, device_id=device.id, why="cloned", at=now)
    session.flush()


def _floor(session: Session, office_id: str, device_id: str, now: datetime) -> datetime:
    """Before this moment nothing of what waits on the device can have been made."""
    row = session.get(Device, (office_id, device_id))
    return now if row is None else datetime.fromisoformat(row.clear_at or row.enrolled_at)
