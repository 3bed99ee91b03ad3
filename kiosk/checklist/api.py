"""The lists for islands, the same for everybody, kept by every screen for the time without the node; and a visitor's slip."""

from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from kiosk.checklist import printed, reading, rules, service
from kiosk.checklist.reading import Spoken
from kiosk.core.i18n import LANGUAGES, Language, language_of
from kiosk.core.runtime import Runtime, runtime
from kiosk.devices.printing import Printed, in_the_hall, print_for
from kiosk.devices.service import DeviceIdentity
from kiosk.paper import spool
from kiosk.paper.printer import Line
from kiosk.speech.service import register_texts

router = APIRouter(tags=["checklist"])


@router.get("/checklists")
def checklists() -> dict[str, Any]:
    """Every service's list with the office's notes and questions, the address that a QR code begins with, and what reads it aloud."""
    node = runtime()
    with node.reading() as session:
        found = service.lists(session, office_id=node.office_id)
    return {
        **found,
        "address": _address(node),
        "questions": {key: {**one, "speech": _clips(reading.question, one)} for key, one in found["questions"].items()},
        "services": [_spoken(one) for one in found["services"]],
        "speech": {name: _clips(reading.piece, name) for name in reading.PIECES},
    }


class SlipOf(BaseModel):
    """The code of a finished checklist; what a QR code's address has behind `#`, or the whole address."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(min_length=1, max_length=rules.LONGEST)


@router.post("/checklists/slip")
async def print_slip(body: SlipOf, device: Annotated[DeviceIdentity, Depends(in_the_hall)], request: Request) -> Printed:
    """Print a finished checklist on the office's receipt printer, in the language asked for; every text on it is the office's own."""
    spool.running()
    code = rules.decode(body.code)
    lines = await run_in_threadpool(_slip, runtime(), code, language_of(request.headers.get("accept-language")))
    return await print_for(device, lines)


def _slip(node: Runtime, code: rules.Code, language: Language) -> list[Line]:
    address = _address(node)
    with node.reading() as session:
        return printed.slip(session, office_id=node.office_id, code=code, address=address, language=language, now=node.now())


def _address(node: Runtime) -> str:
    """What the QR code of a checklist begins with."""
    return f"{node.settings.public_address}/checklist"


def _spoken(one: dict[str, Any]) -> dict[str, Any]:
    parts = {"paper": reading.paper, "notes": reading.notes, "where": reading.where}
    items = [{**item, "speech": {name: _clips(says, item) for name, says in parts.items()}} for item in one["items"]]
    return {**one, "items": items, "speech": _clips(reading.not_listed, one)}


def _clips(says: Callable[[Any, Language], list[Spoken]], of: Any) -> dict[str, list[str]]:
    """Addresses of the clips by the visitor's language."""
    return {
        language: [address for voice, text in says(of, language) for address in register_texts(voice, [text])] for language in LANGUAGES
    }
