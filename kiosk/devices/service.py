"""What a person does with devices: enrol one, take its rights away, know it again."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, select

from kiosk.core.clock import stored
from kiosk.core.ids import new_id
from kiosk.devices.errors import BadDevice, DeviceUnknown
from kiosk.devices.model import Device
from kiosk.sync.outbox import record

KINDS = ("kiosk", "tablet", "board", "staff")
LONGEST_NAME = 80
PREFIX = "kd_"  # so that a token is known for what it is wherever one turns up
TOKEN_BYTES = 32
DEMO = "demo"


@dataclass(frozen=True)
class Enrolled:
    """A new device, and its token: shown once, kept nowhere."""

    device_id: str
    token: str


@dataclass(frozen=True)
class DeviceIdentity:
    """A device that may write."""

    id: str
    name: str
    kind: str


def token_hash(token: str) -> str:
    """SHA-256 of a token, in hex. Plain, unlike a PIN's: 256 random bits cannot be guessed however fast one hashes."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def new_token() -> str:
    """A fresh device token: `kd_` and 256 random bits."""
    return PREFIX + secrets.token_urlsafe(TOKEN_BYTES)


def enrol(session: Session, *, office_id: str, name: str, kind: str, at: datetime, actor: str) -> Enrolled:
    """Enrol a device named `name` of a kind in `KINDS`. Raises `BadDevice`."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable() or kind not in KINDS:
        raise BadDevice(most=LONGEST_NAME, kinds=", ".join(KINDS))
    token, device_id = new_token(), new_id()
    device = Device(
        office_id=office_id,
        id=device_id,
        name=name,
        kind=kind,
        token_hash=token_hash(token),
        enrolled_at=stored(at),
        enrolled_by=actor,
    )
    session.add(device)
    body = {"device_id": device_id, "name": name, "kind": kind}
    record(session, office_id=office_id, kind="device.enrolled", body=body, actor=actor, at=at)
    return Enrolled(device_id, token)


def find(session: Session, office_id: str, token: str, *, demo: bool = False) -> DeviceIdentity | None:
    """The device that holds `token`, unless it was revoked; one that enrolled itself counts only while `demo` is on.

    The row is found by the hash: how long that takes tells an attacker something about SHA-256 values that he cannot
    choose towards a goal, so no comparison in constant time is needed.
    """
    device = session.exec(select(Device).where(Device.office_id == office_id, Device.token_hash == token_hash(token))).one_or_none()
    if device is None or device.revoked_at is not None or (device.enrolled_by == DEMO and not demo):
        return None
    return DeviceIdentity(device.id, device.name, device.kind)


def is_enrolled(session: Session, office_id: str, device_id: str) -> bool:
    """Whether the office has this device and did not take its rights away."""
    device = session.get(Device, (office_id, device_id))
    return device is not None and device.revoked_at is None


def revoke(session: Session, *, office_id: str, device_id: str, at: datetime, actor: str) -> None:
    """Take a device's rights away; the running node knows within two seconds. Twice is once. Raises `DeviceUnknown`."""
    device = session.get(Device, (office_id, device_id))
    if device is None:
        raise DeviceUnknown()
    if device.revoked_at is None:
        device.revoked_at = stored(at)
        session.add(device)
        record(session, office_id=office_id, kind="device.revoked", body={"device_id": device_id}, actor=actor, at=at)
