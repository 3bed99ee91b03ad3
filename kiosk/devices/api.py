"""Devices over HTTP: who am I, how am I and what do I hear, enrolment by code, and the demonstration's self-enrolment."""

from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from kiosk.core import office
from kiosk.core.clock import business_date, stored
from kiosk.core.doors import THIS_MACHINE, anyone, door
from kiosk.core.runtime import runtime
from kiosk.devices import enrolment, service
from kiosk.devices.access import address_of, caller_of, calling, enrolled, forget, give_cookie, known, said, token_of
from kiosk.devices.codes import LONGEST_TYPED
from kiosk.devices.errors import NotByItself, NotEnrolled
from kiosk.devices.reports import Report
from kiosk.devices.rewind import heed
from kiosk.devices.rules import may_enrol_itself
from kiosk.devices.sealing import public_text, sealing_key
from kiosk.devices.service import LONGEST_BUILD, MOST_WAITING, DeviceIdentity, token_hash
from kiosk.sync.standing import signed_head, told_durable

LAST_MS = 253_402_300_799_000  # the year 9999: a later date has no name in Python
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


class Parked(BaseModel):
    """Entries of one kind that the node did not take, for one reason."""

    model_config = ConfigDict(extra="forbid")
    kind: str = Field(max_length=64)
    code: str = Field(max_length=32)
    count: int = Field(ge=1, le=MOST_WAITING)


class State(BaseModel):
    """How a device is: the front end that it runs, how many entries wait on it for the node, which of them are parked and why.

    `word`: the one that it was given last, for `of`, the device that it then was ("" for none); left out by a browser that can keep
    none. `clock`: its own clock in ms since 1970. `head`: the highest signed head that it was told.
    """

    model_config = ConfigDict(extra="forbid")
    build: str = Field("", max_length=LONGEST_BUILD, pattern=r"^[\w.+-]*$")
    waiting: int = Field(0, ge=0, le=MOST_WAITING)
    parked: list[Parked] = Field(default_factory=list, max_length=20)
    word: str | None = Field(None, max_length=64)
    of: str = Field("", max_length=64)
    clock: int | None = Field(None, ge=0, le=LAST_MS)
    head: dict[str, Any] | None = None


class Told(BaseModel):
    """What a device hears: the lane in which it may issue numbers while the node is gone ("" for none) and its next `word`.

    `mark`: why it may not. `date`, `now`, `zone`: the office's day, this moment (UTC), the zone. `durable`: `[epoch, seq]` up to which
    the centre holds everything, None without a centre. `seal`: the key to which personal entries are sealed.
    """

    id: str
    lane: str
    word: str | None
    mark: str
    date: str
    now: str
    zone: str
    head: dict[str, Any]
    durable: tuple[int, int] | None
    seal: str


@router.get("/me")
async def me(device: Annotated[DeviceIdentity, Depends(enrolled)]) -> Me:
    """The enrolled device that asks; 401 for anyone else."""
    return Me(**vars(device))


@router.post("/me")
async def tell(state: State, device: Annotated[DeviceIdentity, Depends(calling)]) -> Told:
    """An enrolled device tells how it is, for the list that the admin sees, and hears where the office stands."""
    await heed(state.head, device)
    word = None if state.word is None else state.word if state.of == device.id else ""
    clock = None if state.clock is None else datetime.fromtimestamp(state.clock / 1000, UTC)
    parked = [one.model_dump() for one in state.parked]
    given = await said(device, Report(state.build, state.waiting, parked, word, clock))
    return await run_in_threadpool(_told, device, given)


def _told(device: DeviceIdentity, word: str | None) -> Told:
    node, now = runtime(), runtime().now()
    with node.reading() as session:
        zone = office.get(session, node.office_id).zone
        mark = service.mark_of(session, node.office_id, device.id)
        durable = told_durable(session, node.office_id)
    return Told(
        id=device.id,
        lane=device.lane if word else "",
        word=word,
        mark=mark,
        date=business_date(now, zone).isoformat(),
        now=stored(now),
        zone=zone,
        head=signed_head(),
        durable=durable,
        seal=public_text(sealing_key(node.settings.data_dir)),
    )


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
