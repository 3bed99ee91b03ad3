"""Taking in what waited on a device: each entry once, in a transaction of its own. The caller owns the transaction."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import bindparam, select
from sqlmodel import Session

from kiosk.core import office
from kiosk.core.actors import NODE, device_actor
from kiosk.core.chain import canonical, content_hash
from kiosk.core.clock import stored
from kiosk.core.halves import begin_of, half_day
from kiosk.core.ids import derived_id
from kiosk.core.table_of import table_of
from kiosk.devices.entries import Entry, Here, Way, arrived, way_of
from kiosk.devices.errors import EntryUnknown, KeptAside
from kiosk.devices.model import AsideEntry, Device, TakenEntry
from kiosk.devices.reports import mark
from kiosk.devices.sealing import open_sealed
from kiosk.devices.service import DEVICES, DeviceIdentity
from kiosk.sync.outbox import EVENTS, record, recorded, stamp_of


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


ENROLLED = select(DEVICES.c.enrolled_at).where(DEVICES.c.office_id == bindparam("office_id"), DEVICES.c.id == bindparam("id"))
ASIDE = table_of(AsideEntry)
SET_ASIDE, LATELY = "entry.set_aside", timedelta(days=31)
NEVER = (0, 0)  # before every epoch: nothing is to be waited for


@dataclass(frozen=True)
class Taken:
    """What the device is told: the stamp of the entry's event, and what the room says of it.

    No stamp: the entry is held here, its event comes later, and the device asks again in `again_s` seconds.
    """

    stamp: tuple[int, int] | None
    told: dict[str, Any]
    again_s: int | None = None


def take_in(session: Session, *, office_id: str, device: DeviceIdentity, given: Given, now: datetime, key: X25519PrivateKey) -> Taken:
    """Take one entry in; the same again gives the same answer, with the stamp that it has now.

    Raises `EntryUnknown`, `SealBroken`, `KeptAside`, and what the room raises.
    """
    way = way_of(given.kind)
    if way is not None and way.traceless:
        return _hold(session, way, office_id=office_id, device=device, given=given, now=now, key=key)
    row = session.get(TakenEntry, (office_id, given.id))
    if row is not None:
        if row.content_hash != given.digest:
            raise KeptAside()
        return Taken(stamp_of(session, office_id, row.event_id), json.loads(row.told))
    if way is None:
        raise EntryUnknown()
    when = arrived(age_ms=given.age_ms, floor=_floor(session, office_id, device.id, now), now=now)
    before = len(recorded(session))
    told = way.take(session, device, _opened(given, office_id, when, key), now) or {}
    if isinstance(told, Here):
        raise TypeError(f"{given.kind} is not traceless")
    events = recorded(session)[before:]
    event_id = events[0] if events else None
    words = {"device_id": device.id, "kind": given.kind, "content_hash": given.digest, "taken_at": stored(now)}
    session.add(TakenEntry(office_id=office_id, id=given.id, event_id=event_id, told=json.dumps(told, ensure_ascii=False), **words))
    session.flush()
    return Taken(stamp_of(session, office_id, event_id), told)


def _opened(given: Given, office_id: str, when: datetime, key: X25519PrivateKey) -> Entry:
    body = given.body if given.sealed is None else open_sealed(key, given.sealed, entry_id=given.id, kind=given.kind)
    return Entry(office_id, given.id, given.kind, body or {}, when)


def _hold(
    session: Session, way: Way, *, office_id: str, device: DeviceIdentity, given: Given, now: datetime, key: X25519PrivateKey
) -> Taken:
    """Let a traceless room take an entry in. Its age counts from the enrolment on: that nothing waits says nothing of what is held."""
    enrolled_at = session.connection().execute(ENROLLED, {"office_id": office_id, "id": device.id}).scalar()
    floor = datetime.fromisoformat(enrolled_at) if enrolled_at else now
    entry = _opened(given, office_id, arrived(age_ms=given.age_ms, floor=floor, now=now), key)
    here = way.take(session, device, entry, now)
    if not isinstance(here, Here):
        raise TypeError(f"{given.kind} is traceless")
    if here.event_id is None:
        return Taken(NEVER if here.again_s is None else None, {}, here.again_s)
    return Taken(stamp_of(session, office_id, here.event_id), {})


def keep_aside(session: Session, *, office_id: str, device: DeviceIdentity | None, given: Given, refused: KeptAside, now: datetime) -> None:
    """Keep an entry that contradicts what the office holds, as it came; the same again is kept once, and stays settled if it is.

    Of a traceless kind neither device nor age is kept, and of the moment the half day; `tell_aside` tells of it when that is over.
    """
    way = way_of(given.kind)
    traceless = device is None or (way is not None and way.traceless)
    if device is None or traceless:
        zone = office.get(session, office_id).zone
        age, by, actor, now = None, "", "", begin_of(half_day(now, zone), zone)
    else:
        age, by, actor = given.age_ms, device.id, device_actor(device.id)
    entry = canonical({"body": given.body, "sealed": given.sealed, "age_ms": age}).decode()
    if (row := session.get(AsideEntry, (office_id, given.id, given.digest))) is not None:
        row.entry = row.entry or entry
        session.add(row)
        session.flush()
        return
    facts = {"id": given.id, "device_id": by, "kind": given.kind, "code": refused.code, "content_hash": given.digest}
    about = str((given.body or {}).get("number", ""))[:40]
    session.add(AsideEntry(office_id=office_id, about=about, entry=entry, at=stored(now), **facts))
    if not traceless:
        record(session, office_id=office_id, kind=SET_ASIDE, body={**facts, "about": about}, actor=actor, at=now)
    if device is not None and refused.copied:
        mark(session, office_id=office_id, device_id=device.id, why="cloned", at=now)
    session.flush()


def tell_aside(session: Session, *, office_id: str, kind: str, present: datetime, most: int = 200) -> int:
    """Record `entry.set_aside` for what a traceless `kind` kept aside in a half day of the last month, but not in the one that began at
    `present`: once, and in the order of the ids. Returns how many, up to `most`."""
    lately = (ASIDE.c.at != stored(present), ASIDE.c.at >= stored(present - LATELY))
    asked = select(ASIDE).where(ASIDE.c.office_id == office_id, ASIDE.c.kind == kind, *lately).order_by(ASIDE.c.id, ASIDE.c.content_hash)
    told = 0
    for row in session.connection().execute(asked).mappings().all():
        event_id = derived_id(row["id"], f"{SET_ASIDE} {row['content_hash']}")
        known = select(EVENTS.c.event_id).where(EVENTS.c.office_id == office_id, EVENTS.c.event_id == event_id)
        if told == most or session.connection().execute(known).first() is not None:
            continue
        body = {name: row[name] for name in ("id", "device_id", "kind", "code", "content_hash", "about")}
        at = datetime.fromisoformat(row["at"])
        record(session, office_id=office_id, kind=SET_ASIDE, body=body, actor=NODE, at=at, event_id=event_id)
        told += 1
    return told


def _floor(session: Session, office_id: str, device_id: str, now: datetime) -> datetime:
    """Before this moment nothing of what waits on the device can have been made."""
    row = session.get(Device, (office_id, device_id))
    return now if row is None else datetime.fromisoformat(row.clear_at or row.enrolled_at)
