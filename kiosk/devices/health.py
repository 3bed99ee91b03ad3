"""How devices are, for the centre: an event for each device that changed since it was told last."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import or_, update
from sqlmodel import Session

from kiosk.devices.service import DEVICES, list_devices
from kiosk.sync.kinds import Event, applied
from kiosk.sync.outbox import record

KIND = "device.health"
SAID = ("last_seen_at", "build", "waiting")
Told = Mapping[str, tuple[object, ...]]


def report(session: Session, *, office_id: str, told: Told, at: datetime) -> dict[str, tuple[object, ...]]:
    """Record how each device is that is not revoked, was seen, and is not as `told` has it. Gives what is told now, by device id."""
    now: dict[str, tuple[object, ...]] = {}
    for device in list_devices(session, office_id):
        if device.revoked_at is not None or device.last_seen_at is None:
            continue
        said = {name: getattr(device, name) for name in SAID}
        now[device.id] = tuple(said.values())
        if told.get(device.id) != now[device.id]:
            body = {"device_id": device.id, "lane": device.lane, **said}
            record(session, office_id=office_id, kind=KIND, body=body, actor="node", at=at)
    return now


@applied(KIND)
def apply(session: Session, event: Event) -> None:
    """What a device said, unless something newer is known of it."""
    body = event["body"]
    seen = DEVICES.c.last_seen_at
    mine = (DEVICES.c.office_id == event["office_id"], DEVICES.c.id == body["device_id"])
    newer = or_(seen.is_(None), seen < body["last_seen_at"])
    session.connection().execute(update(DEVICES).where(*mine, newer).values({name: body[name] for name in SAID}))
