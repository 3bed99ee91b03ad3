"""A survey code on paper. It names no ticket, and nothing of it is kept."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from pydantic import BaseModel, ConfigDict, Field
from starlette.concurrency import run_in_threadpool

from kiosk.core import office as offices
from kiosk.core.i18n import Language, language_of
from kiosk.core.runtime import Runtime, runtime
from kiosk.devices.printing import Printed, in_the_hall, print_for
from kiosk.devices.service import DeviceIdentity
from kiosk.paper import spool
from kiosk.paper.printer import Line
from kiosk.survey import printed

router = APIRouter(tags=["survey"])


class SlipOf(BaseModel):
    """The code that stands on the screen."""

    model_config = ConfigDict(extra="forbid")
    code: str = Field(pattern=r"^[0-9A-HJKMNP-TV-Z]{8}$")


@router.post("/survey/slip")
async def print_slip(body: SlipOf, device: Annotated[DeviceIdentity, Depends(in_the_hall)], request: Request) -> Printed:
    """Print a survey code on the office's receipt printer, in the language asked for."""
    spool.running()
    lines = await run_in_threadpool(_slip, runtime(), body.code, language_of(request.headers.get("accept-language")))
    return await print_for(device, lines)


def _slip(node: Runtime, code: str, language: Language) -> list[Line]:
    with node.reading() as session:
        office = offices.get(session, node.office_id).short_name
    return printed.slip(code, office=office, address=f"{node.settings.public_address}/survey", language=language)
