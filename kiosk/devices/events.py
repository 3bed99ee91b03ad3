"""Events of devices become rows again, so that no lane is given twice.

A device's token is kept as a hash and is in no event. What was enrolled after the backup is therefore known again by its name and its
lane, but nobody can prove to be it: the node takes its rights away, and the browser must be enrolled anew, in a lane of its own.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select, update
from sqlmodel import Session

from kiosk.core.missing import add_missing
from kiosk.devices.lanes import TWICE
from kiosk.devices.model import Device
from kiosk.devices.service import DEVICES, revoke
from kiosk.devices.settling import settle_again
from kiosk.sync.applying import after_rejoin
from kiosk.sync.kinds import Event, applied, nothing

NO_TOKEN = "unknown:"  # noqa: S105 (followed by the device's id; a SHA-256 looks otherwise)

nothing("device.code_made")  # a code lives ten minutes
nothing("device.marked", "entry.set_aside")  # what they are about comes from the device again
applied("entry.settled")(settle_again)


@applied("device.enrolled")
def enrolled(session: Session, event: Event) -> None:
    """The device with its lane, and without its token."""
    body, office_id = event["body"], event["office_id"]
    known = (DEVICES.c.office_id == office_id, DEVICES.c.id == body["device_id"])
    if session.connection().execute(select(DEVICES.c.id).where(*known)).first() is None:
        facts = {name: body[name] for name in ("name", "kind", "lane", "place")}
        when = {"enrolled_at": event["at"], "enrolled_by": event["actor"]}
        row = Device(office_id=office_id, id=body["device_id"], token_hash=f"{NO_TOKEN}{body['device_id']}", **facts, **when)
        _place(session, row.model_dump(), row.lane)


def _place(session: Session, row: dict[str, Any], lane: str) -> None:
    """Write the device under `lane`. Where a restored node gave a lane again, the first keeps it and the other one is marked."""
    here = (DEVICES.c.office_id == row["office_id"], DEVICES.c.lane == lane)
    other = session.connection().execute(select(DEVICES).where(*here)).mappings().first()
    if other is not None and (other["enrolled_at"], other["id"]) < (row["enrolled_at"], row["id"]):
        _place(session, row, lane + TWICE)
        return
    if other is not None:
        _place(session, dict(other), lane + TWICE)
    if not add_missing(session, DEVICES, {**row, "lane": lane}):
        mine = (DEVICES.c.office_id == row["office_id"], DEVICES.c.id == row["id"])
        session.connection().execute(update(DEVICES).where(*mine).values(lane=lane))


@applied("device.revoked")
def revoked(session: Session, event: Event) -> None:
    """A right that was taken away stays taken away."""
    here = (DEVICES.c.office_id == event["office_id"], DEVICES.c.id == event["body"]["device_id"], DEVICES.c.revoked_at.is_(None))
    session.connection().execute(update(DEVICES).where(*here).values(revoked_at=event["at"]))


@after_rejoin
def must_enrol_again(session: Session, *, office_id: str, at: datetime, actor: str) -> None:
    """Revoke the devices that cannot prove who they are any more, and those whose lane was given twice."""
    lost = or_(DEVICES.c.token_hash.startswith(NO_TOKEN), DEVICES.c.lane.endswith(TWICE))
    asked = select(DEVICES.c.id).where(DEVICES.c.office_id == office_id, DEVICES.c.revoked_at.is_(None), lost)
    for device_id in session.connection().execute(asked.order_by(DEVICES.c.id)).scalars().all():
        revoke(session, office_id=office_id, device_id=device_id, at=at, actor=actor)
