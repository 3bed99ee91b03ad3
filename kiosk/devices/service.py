"""What a person does with devices: enrol one, take its rights away, know it again, look at all of them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update
from sqlmodel import Session

from kiosk.core.clock import stored
from kiosk.core.ids import new_id
from kiosk.core.table_of import table_of
from kiosk.devices.errors import BadDevice, BadPlace, DeviceUnknown
from kiosk.devices.lanes import LETTERS, next_lane, place_of
from kiosk.devices.model import Device
from kiosk.sync.outbox import record

KINDS = tuple(LETTERS)
LONGEST_NAME = LONGEST_PLACE = 80
LONGEST_BUILD, MOST_WAITING = 64, 1_000_000
PREFIX = "kd_"  # so that a token is known for what it is wherever one turns up
TOKEN_BYTES = 32
DEMO = "demo"

DEVICES = table_of(Device)


@dataclass(frozen=True)
class DeviceIdentity:
    """A device that may write."""

    id: str
    name: str
    kind: str
    lane: str = ""
    place: str = ""


@dataclass(frozen=True)
class Enrolled:
    """A new device, and its token: shown once, kept nowhere. `replaces` is the device that this browser was before."""

    device: DeviceIdentity
    token: str
    replaces: str | None = None

    @property
    def device_id(self) -> str:
        """Id of the device."""
        return self.device.id


def token_hash(token: str) -> str:
    """SHA-256 of a token, in hex. Plain, unlike a PIN's: 256 random bits cannot be guessed however fast one hashes."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_token() -> str:
    """A fresh device token: `kd_` and 256 random bits."""
    return PREFIX + secrets.token_urlsafe(TOKEN_BYTES)


def checked(name: str, kind: str, place: str) -> tuple[str, str]:
    """Name and place without spare spaces. Raises `BadDevice`, `BadPlace`."""
    name, place = " ".join(name.split()), " ".join(place.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable() or kind not in KINDS:
        raise BadDevice(most=LONGEST_NAME, kinds=", ".join(KINDS))
    if len(place) > LONGEST_PLACE or not place.isprintable():
        raise BadPlace(most=LONGEST_PLACE)
    return name, place


def enrol(
    session: Session, *, office_id: str, name: str, kind: str, at: datetime, actor: str, place: str = "", replaces: str | None = None
) -> Enrolled:
    """Enrol a device named `name` of a kind in `KINDS`, in the next lane of that kind.

    `replaces`: id of the device that this browser was until now; that one is revoked. Raises `BadDevice`, `BadPlace`.
    """
    name, place = checked(name, kind, place)
    session.flush()  # a device that was enrolled in the same transaction has its lane already
    lanes = session.connection().execute(select(DEVICES.c.lane).where(DEVICES.c.office_id == office_id)).scalars()
    device, token = DeviceIdentity(new_id(), name, kind, next_lane(kind, lanes), place), new_token()
    row = {**vars(device), "office_id": office_id, "token_hash": token_hash(token), "enrolled_at": stored(at), "enrolled_by": actor}
    session.add(Device(**row))
    body = {"device_id": device.id, "name": name, "kind": kind, "lane": device.lane, "place": place}
    if replaces is not None:
        revoke(session, office_id=office_id, device_id=replaces, at=at, actor=actor, replaced_by=device.id)
        body["replaces"] = replaces
    record(session, office_id=office_id, kind="device.enrolled", body=body, actor=actor, at=at)
    return Enrolled(device, token, replaces)


def find(session: Session, office_id: str, token: str, *, demo: bool = False) -> DeviceIdentity | None:
    """The device that holds `token`, unless it was revoked; one that enrolled itself counts only while `demo` is on.

    The row is found by the hash: how long that takes tells an attacker something about SHA-256 values that he cannot
    choose towards a goal, so no comparison in constant time is needed.
    """
    asked = select(DEVICES).where(DEVICES.c.office_id == office_id, DEVICES.c.token_hash == token_hash(token))
    row = session.connection().execute(asked).mappings().one_or_none()
    if row is None or row["revoked_at"] is not None or (row["enrolled_by"] == DEMO and not demo):
        return None
    return DeviceIdentity(row["id"], row["name"], row["kind"], row["lane"], row["place"])


def is_enrolled(session: Session, office_id: str, device_id: str) -> bool:
    """Whether the office has this device and did not take its rights away."""
    device = session.get(Device, (office_id, device_id))
    return device is not None and device.revoked_at is None


def was_revoked(session: Session, office_id: str, token: str) -> bool:
    """Whether `token` belonged to a device that is revoked now."""
    asked = select(DEVICES.c.revoked_at).where(DEVICES.c.office_id == office_id, DEVICES.c.token_hash == token_hash(token))
    return session.connection().execute(asked).scalar() is not None


def revoke(session: Session, *, office_id: str, device_id: str, at: datetime, actor: str, replaced_by: str | None = None) -> str:
    """Take a device's rights away; twice is once. Returns the hash of its token, for who remembers it.

    Another process that runs the node knows within two seconds. Raises `DeviceUnknown`.
    """
    device = session.get(Device, (office_id, device_id))
    if device is None:
        raise DeviceUnknown()
    if device.revoked_at is None:
        device.revoked_at = stored(at)
        session.add(device)
        body = {"device_id": device_id, "lane": device.lane} | ({"replaced_by": replaced_by} if replaced_by else {})
        record(session, office_id=office_id, kind="device.revoked", body=body, actor=actor, at=at)
    return device.token_hash


def mark_of(session: Session, office_id: str, device_id: str) -> str:
    """Why the device may not issue numbers by itself, one of `MARKS`; "" when it may."""
    asked = select(DEVICES.c.mark).where(DEVICES.c.office_id == office_id, DEVICES.c.id == device_id)
    return session.connection().execute(asked).scalar() or ""


def was_given(session: Session, office_id: str, lane: str) -> str | None:
    """Id of the device that had this lane and lost its rights; None for a lane that nobody had or that somebody has."""
    here = (DEVICES.c.office_id == office_id, DEVICES.c.lane == lane, DEVICES.c.revoked_at.is_not(None))
    found: str | None = session.connection().execute(select(DEVICES.c.id).where(*here)).scalar()
    return found


def list_devices(session: Session, office_id: str) -> list[Device]:
    """Every device that was ever enrolled, in the order of kinds and lanes."""
    rows = session.connection().execute(select(DEVICES).where(DEVICES.c.office_id == office_id)).mappings()
    order = {kind: place for place, kind in enumerate(KINDS)}
    return sorted((Device(**row) for row in rows), key=lambda one: (order[one.kind], place_of(one.lane), one.lane))


def see(session: Session, *, office_id: str, device_id: str, build: str | None, waiting: int | None, at: datetime) -> None:
    """Write when a device was seen, and what it said of itself; None: it said nothing, and what it said before stays."""
    here = (DEVICES.c.office_id == office_id, DEVICES.c.id == device_id, DEVICES.c.revoked_at.is_(None))
    said = {name: value for name, value in (("build", build), ("waiting", waiting)) if value is not None}
    session.connection().execute(update(DEVICES).where(*here).values(last_seen_at=stored(at), **said))
