"""Devices over HTTP: who am I, how am I, enrolment by code, and the demonstration's self-enrolment."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from kiosk.core.doors import THIS_MACHINE, anyone, door
from kiosk.core.runtime import runtime
from kiosk.devices import enrolment, service
from kiosk.devices.access import address_of, caller_of, calling, enrolled, forget, give_cookie, known, said, token_of
from kiosk.devices.codes import LONGEST_TYPED
from kiosk.devices.errors import NotByItself, NotEnrolled
from kiosk.devices.rules import may_enrol_itself
from kiosk.devices.service import LONGEST_BUILD, MOST_WAITING, DeviceIdentity, token_hash

router = APIRouter(prefix="/devices", tags=["devices"])
Known = Annotated[DeviceIdentity | None, Depends(known)]


class Me(BaseModel):
    """A device. `lane` is its name in numbers that it issues by itself."""

    id: str
    name: str
    kind: str
    lane: str
    place: str


class Code(BaseModel):
    """A code as somebody typed it."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(min_length=1, max_length=LONGEST_TYPED)


class State(BaseModel):
    """How a device is: the front end that it runs, and how many entries wait on it for the node."""

    model_config = ConfigDict(extra="forbid")
    build: str = Field("", max_length=LONGEST_BUILD, pattern=r"^[\w.+-]*$")
    waiting: int = Field(0, ge=0, le=MOST_WAITING)


@router.get("/me")
async def me(device: Annotated[DeviceIdentity, Depends(enrolled)]) -> Me:
    """The enrolled device that asks; 401 for anyone else."""
    return Me(**vars(device))


@router.post("/me", status_code=204)
async def tell(state: State, device: Annotated[DeviceIdentity, Depends(calling)]) -> None:
    """An enrolled device tells how it is, for the list that the admin sees."""
    said(device, build=state.build, waiting=state.waiting)


@router.post("/enrol", status_code=201, dependencies=[Depends(anyone)])
async def enrol(body: Code, request: Request, response: Response, device: Known) -> Me:
    """Make this browser a device: sets the cookie `kiosk_device`. A browser that was one already becomes the new one.

    422 not right, 409 used, 410 too late, 429 too many wrong ones.
    """
    new = await enrolment.use(body.code, address=address_of(request), replaces=device.id if device else None)
    if device is not None:
        forget(token_hash(token_of(request) or ""))
    give_cookie(request, response, new.token)
    return Me(**vars(new.device))


@router.post("/demo", status_code=204)
@door(THIS_MACHINE)
async def enrol_itself(request: Request, response: Response, device: Known) -> None:
    """Enrol this browser, in the demonstration and on this machine only; one that is enrolled stays what it is.

    One that the admin revoked stays revoked: it needs a code.
    """
    node = runtime()
    if not may_enrol_itself(caller_of(request), demo=node.settings.demo):
        raise NotByItself()
    if device is not None:
        return
    if await run_in_threadpool(_was_revoked, token_of(request) or ""):
        raise NotEnrolled()
    new = await node.writer.submit(
        lambda session: service.enrol(session, office_id=node.office_id, name="Demo", kind="kiosk", at=node.now(), actor=service.DEMO)
    )
    give_cookie(request, response, new.token)


def _was_revoked(token: str) -> bool:
    node = runtime()
    with node.reading() as session:
        return service.was_revoked(session, node.office_id, token)
