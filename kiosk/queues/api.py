"""/api/v1: the queues, tickets, the board and the office's hours."""

from collections.abc import AsyncIterator, Callable
from contextlib import aclosing
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Path, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, ConfigDict, Field
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from kiosk.core import office as offices
from kiosk.core.build import build_id
from kiosk.core.clock import zone_abbreviation
from kiosk.core.doors import anyone
from kiosk.core.errors import KioskError
from kiosk.core.i18n import Language, language_of
from kiosk.core.ids import parse_id
from kiosk.core.runtime import Runtime, runtime
from kiosk.devices.access import counted, counted_holder, enrolled, give_touch_back, spend_touch, was_right
from kiosk.devices.printing import Printed, in_the_hall, print_for
from kiosk.devices.service import DeviceIdentity
from kiosk.paper import qr, spool
from kiosk.paper.printer import Line
from kiosk.queues import board, printed, service
from kiosk.queues.hours import Closed
from kiosk.queues.house import house
from kiosk.queues.picture import picture

router = APIRouter(tags=["queues"])
Device = Annotated[DeviceIdentity, Depends(enrolled)]
COUNTED = [Depends(counted), Depends(anyone)]
InTheHall = Annotated[DeviceIdentity, Depends(in_the_hall)]
TicketId = Annotated[str, Path(max_length=64)]


class NewTicket(BaseModel):
    """`id` is a UUID that the device made: the same one again gives the same ticket."""

    model_config = ConfigDict(extra="forbid")
    id: str = Field(max_length=64)
    queue: str = Field(min_length=1, max_length=8)


class TicketOut(BaseModel):
    """A ticket for its holder: its number, how many are ahead, where it was called to."""

    id: str
    number: str
    queue: str
    business_date: str
    ahead: int
    status: str
    follow_url: str
    current_queue: str
    queue_name: str
    queue_name_en: str
    counter: str | None
    counter_name: str | None
    counter_name_en: str | None
    calls: int
    taken_at: str
    called_at: str | None
    today: bool


def follow_url(node: Runtime, ticket_id: str) -> str:
    """Address of the ticket's page on a phone, from the settings: a Host header is the caller's word."""
    return f"{node.settings.public_address}/tiket?id={ticket_id}"


def _out(node: Runtime, ticket: service.TicketView) -> dict[str, Any]:
    return {**vars(ticket), "follow_url": follow_url(node, ticket.id)}


@router.get("/queues", dependencies=COUNTED)
def list_queues() -> list[dict[str, Any]]:
    """The queues in their order: code, names, what for, whether numbers are given now, how many wait."""
    node = runtime()
    with node.reading() as session:
        return service.list_queues(session, office_id=node.office_id, now=node.now(), always_open=node.settings.demo)


@router.post("/tickets", status_code=201, response_model=TicketOut)
async def take(body: NewTicket, device: Device, response: Response) -> dict[str, Any]:
    """Take a number. 201 for a new ticket, 200 when the id is known."""
    node, ticket_id = runtime(), parse_id(body.id)
    counts = node.settings.rate_limits and not await run_in_threadpool(_is_known, node, ticket_id)
    if counts:
        spend_touch(device)
    try:
        ticket = await node.writer.submit(_taking(node, ticket_id, body.queue, device.id))
    except KioskError:
        if counts:
            give_touch_back(device)
        raise
    if ticket.new:
        board.board().changed()
    else:
        response.status_code = 200
    return _out(node, ticket)


def _is_known(node: Runtime, ticket_id: str) -> bool:
    with node.reading() as session:
        return service.is_known(session, office_id=node.office_id, ticket_id=ticket_id)


def _taking(node: Runtime, ticket_id: str, queue: str, device_id: str) -> Callable[[Session], service.TicketView]:
    words = {"office_id": node.office_id, "ticket_id": ticket_id, "queue": queue, "device_id": device_id}
    now, always_open = node.now(), node.settings.demo
    return lambda session: service.take_ticket(session, **words, now=now, always_open=always_open)


async def _holder(request: Request, ticket_id: TicketId) -> None:
    await counted_holder(request, ticket_id.lower())


@router.get("/tickets/{ticket_id}", dependencies=[Depends(_holder), Depends(anyone)], response_model=TicketOut)
def follow(ticket_id: TicketId) -> dict[str, Any]:
    """The ticket, for who knows its id."""
    node = runtime()
    with node.reading() as session:
        ticket = service.ticket_view(session, office_id=node.office_id, ticket_id=parse_id(ticket_id), now=node.now())
    was_right(ticket.id)
    return _out(node, ticket)


@router.get("/tickets/{ticket_id}/qr.svg", dependencies=COUNTED, response_class=Response)
def ticket_qr(ticket_id: TicketId) -> Response:
    """A QR code with the address of the ticket's page."""
    node = runtime()
    known = parse_id(ticket_id)
    with node.reading() as session:
        service.ticket_view(session, office_id=node.office_id, ticket_id=known, now=node.now())
    return Response(qr.svg(follow_url(node, known)), media_type="image/svg+xml", headers={"cache-control": "no-store"})


@router.post("/tickets/{ticket_id}/slip")
async def print_slip(ticket_id: TicketId, device: InTheHall, request: Request) -> Printed:
    """Print the number on the office's receipt printer, in the language asked for."""
    spool.running()
    lines = await run_in_threadpool(_slip, runtime(), parse_id(ticket_id), language_of(request.headers.get("accept-language")))
    return await print_for(device, lines)


def _slip(node: Runtime, ticket_id: str, language: Language) -> list[Line]:
    address = follow_url(node, ticket_id)
    with node.reading() as session:
        return printed.slip(session, office_id=node.office_id, ticket_id=ticket_id, address=address, language=language, now=node.now())


@router.get("/board", dependencies=COUNTED)
def read_board() -> dict[str, Any]:
    """What the lobby's board shows now."""
    node = runtime()
    with node.reading() as session:
        return {"version": board.board().version, **picture(session, office_id=node.office_id, now=node.now())}


@router.get("/board/stream", dependencies=COUNTED, response_class=StreamingResponse)
async def stream(request: Request) -> StreamingResponse:
    """The board as server-sent events: the whole picture at once and after every change, `event: beat` every 15 seconds."""
    messages = board.board().watch(request.client.host if request.client else "")
    first = await anext(messages, b"")  # a refusal must come before the answer has begun; b"": the node is stopping

    async def all_messages() -> AsyncIterator[bytes]:
        async with aclosing(messages):
            yield first
            async for message in messages:
                yield message

    headers = {"cache-control": "no-store", "x-accel-buffering": "no"}
    return StreamingResponse(all_messages(), media_type="text/event-stream", headers=headers)


@router.get("/office", dependencies=COUNTED)
def office() -> dict[str, Any]:
    """The office: names, zone, hours, whether it is open now and until or from when (local ISO text), whether slips can be printed,
    and the software's version."""
    node = runtime()
    with node.reading() as session:
        row = offices.get(session, node.office_id)
        state = house(session, node.office_id).state(node.now(), always_open=node.settings.demo)
    closed = isinstance(state, Closed)
    moment = state.opens_at if isinstance(state, Closed) else state.until
    return {
        **row.model_dump(exclude={"digest"}),
        "zone_name": zone_abbreviation(row.zone),
        "now": node.now().astimezone(ZoneInfo(row.zone)).isoformat(timespec="seconds"),
        "open": not closed,
        "why": state.why if isinstance(state, Closed) else None,
        "opens_at" if closed else "open_until": moment.isoformat() if moment else None,
        "printer": bool(node.settings.printer),
        "demo": node.settings.demo,
        "version": build_id(),
    }
