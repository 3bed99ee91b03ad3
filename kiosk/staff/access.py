"""FastAPI dependencies: where a call comes from, and which member of staff makes it."""

from collections.abc import Callable
from typing import Annotated

from fastapi import Depends, Request

from kiosk.core.actors import HERE
from kiosk.core.origins import allowed_origins
from kiosk.core.runtime import runtime
from kiosk.devices.access import caller_of, known
from kiosk.devices.errors import NotEnrolled
from kiosk.devices.rules import is_foreign, is_here
from kiosk.devices.service import DeviceIdentity
from kiosk.staff import sessions
from kiosk.staff.errors import ForeignPage, NotSignedIn
from kiosk.staff.sessions import SignedIn

VISITORS = frozenset({"kiosk", "board"})  # devices that stand in the hall: nobody types a PIN there


async def staff_place(request: Request, device: Annotated[DeviceIdentity | None, Depends(known)]) -> str:
    """Where staff may sign in: this machine ("here"), or an enrolled device (its id). Raises `NotEnrolled`.

    This machine is one place, whatever device its browsers are: a browser that enrols itself anew gets no new tries.
    """
    if is_here(caller_of(request)):
        return HERE
    if device is None or device.kind in VISITORS:
        raise NotEnrolled()
    return device.id


async def own_page(request: Request) -> None:
    """Refuse what another site's page sends. Raises `ForeignPage`."""
    here = runtime().settings
    if is_foreign(caller_of(request), allowed_origins(here)):
        raise ForeignPage(address=here.public_address)


def signed_in(*roles: str) -> Callable[[Request], SignedIn]:
    """A dependency that gives the session behind the call, whose role is in `roles`. It raises `NotSignedIn`."""

    def find(request: Request) -> SignedIn:
        who = sessions.find(request.cookies.get(sessions.COOKIE))
        if who is None or who.role not in roles:
            raise NotSignedIn()
        sessions.touch(who)
        return who

    return find
