"""Who may print slips, and how many: the visitors' screens, with a budget of paper each."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import Depends
from pydantic import BaseModel, Field

from kiosk.core.bucket import TokenBucket
from kiosk.core.doors import door
from kiosk.core.errors import KioskError
from kiosk.core.runtime import runtime
from kiosk.devices.access import enrolled
from kiosk.devices.errors import NotInTheHall, TooManySlips
from kiosk.devices.service import DeviceIdentity
from kiosk.paper import spool
from kiosk.paper.errors import HalfPrinted
from kiosk.paper.printer import Line

TOUCHED = ("kiosk", "tablet")  # kinds of devices that visitors touch
# A roll of 80 m bears some 500 slips: three a minute from one device is a busy hall, and playing empties no roll.
budget = TokenBucket(every=20, burst=5)


class Printed(BaseModel):
    """The slip was sent. `confirmed`: the printer said that it is out; some printers tell nothing."""

    confirmed: bool = Field(description="Whether the printer said that the slip is out")


@door(*TOUCHED)
async def in_the_hall(device: Annotated[DeviceIdentity, Depends(enrolled)]) -> DeviceIdentity:
    """The device that calls, if visitors touch it. Raises `NotInTheHall`."""
    if device.kind not in TOUCHED:
        raise NotInTheHall()
    return device


async def print_for(device: DeviceIdentity, lines: Sequence[Line]) -> Printed:
    """Print a slip for the visitor at `device`: one every 20 seconds, five at once. What stayed paper white does not count.

    Raises `TooManySlips`, and what `kiosk.paper.spool.print_slip` raises.
    """
    counts = runtime().settings.rate_limits
    if counts and (wait := budget.take(device.id)):
        raise TooManySlips(wait)
    try:
        return Printed(confirmed=await spool.print_slip(lines))
    except HalfPrinted:
        raise  # half a slip is paper, too
    except KioskError:
        if counts:
            budget.give_back(device.id)
        raise
