"""FastAPI dependencies: where a call comes from, and which member of staff makes it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from kiosk.core.actors import HERE
from kiosk.core.doors import THIS_MACHINE, door
from kiosk.core.runtime import runtime
from kiosk.devices.access import caller_of, known
from kiosk.devices.errors import NotEnrolled
from kiosk.devices.rules import is_here
from kiosk.devices.service import KINDS, DeviceIdentity
from kiosk.staff import sessions
from kiosk.staff.errors import NotSignedIn, RoleMissing
from kiosk.staff.rules import known_roles
from kiosk.staff.sessions import SignedIn

VISITORS = frozenset({"kiosk", "tablet", "board"})  # devices that stand in the hall: nobody types a PIN there


@door(THIS_MACHINE, *(set(KINDS) - VISITORS))
async def staff_place(request: Request, device: Annotated[DeviceIdentity | None, Depends(known)]) -> str:
    """Where staff may sign in: this machine ("here"), or an enrolled device (its id). Raises `NotEnrolled`.

    This machine is one place, whatever device its browsers are: a browser that enrols itself anew gets no new tries. A touchscreen
    that hangs on this machine is the visitors' all the same; in the demonstration one browser is everything.
    """
    here, visitors = is_here(caller_of(request)), device is not None and device.kind in VISITORS
    if here and (not visitors or runtime().settings.demo):
        return HERE
    if device is None or visitors:
        raise NotEnrolled()
    return device.id


def signed_in(*roles: str) -> Callable[[Request], SignedIn]:
    """A dependency that gives the session behind the call, which holds one of `roles`. It raises `NotSignedIn`, `RoleMissing`."""
    allowed = known_roles(roles)

    @door(*allowed)
    def find(request: Request) -> SignedIn:
        who = sessions.find(request.cookies.get(sessions.COOKIE))
        if who is None:
            raise NotSignedIn()
        if not who.roles & allowed:
            raise RoleMissing()
        sessions.touch(who)
        return who

    return find
