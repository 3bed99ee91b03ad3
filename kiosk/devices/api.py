"""Devices over HTTP: who am I, and the demonstration's self-enrolment."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel

from kiosk.core.doors import THIS_MACHINE, door
from kiosk.core.runtime import runtime
from kiosk.devices import service
from kiosk.devices.access import caller_of, enrolled, give_cookie, known
from kiosk.devices.errors import NotByItself
from kiosk.devices.rules import may_enrol_itself
from kiosk.devices.service import DeviceIdentity

router = APIRouter(prefix="/devices", tags=["devices"])


class Me(BaseModel):
    """The device that asks."""

    id: str
    name: str
    kind: str


@router.get("/me")
async def me(device: Annotated[DeviceIdentity, Depends(enrolled)]) -> Me:
    """The enrolled device that asks; 401 for anyone else."""
    return Me(id=device.id, name=device.name, kind=device.kind)


@router.post("/demo", status_code=204)
@door(THIS_MACHINE)
async def enrol_itself(request: Request, response: Response, device: Annotated[DeviceIdentity | None, Depends(known)]) -> None:
    """Enrol this browser, in the demonstration and on this machine only; one that is enrolled stays what it is."""
    node = runtime()
    if not may_enrol_itself(caller_of(request), demo=node.settings.demo):
        raise NotByItself()
    if device is not None:
        return
    new = await node.writer.submit(
        lambda session: service.enrol(session, office_id=node.office_id, name="Demo", kind="kiosk", at=node.now(), actor=service.DEMO)
    )
    give_cookie(request, response, new.token)
