"""Signing in and out over HTTP: a websocket cannot set a cookie."""

from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field

from kiosk.core.doors import ANYONE, door
from kiosk.core.runtime import runtime
from kiosk.devices.access import counted
from kiosk.staff import service, sessions
from kiosk.staff.access import staff_place
from kiosk.staff.signing_in import sign_in

router = APIRouter(prefix="/staff", tags=["staff"])


class SignIn(BaseModel):
    """Who signs in, and the PIN."""

    account: str = Field(min_length=1, max_length=36, description="Id of the account")
    pin: str = Field(min_length=1, max_length=32)
    keep_counter: bool = Field(False, description="Sit down at the counter of whoever was signed in on this screen")


class Account(BaseModel):
    """A name on the sign-in screen."""

    id: str
    name: str
    roles: list[str]


@router.post("/session", status_code=204, dependencies=[Depends(counted)])
async def open_session(body: SignIn, request: Request, response: Response, place: Annotated[str, Depends(staff_place)]) -> None:
    """Sign in: sets the cookie `kiosk_session`, and signs out who sat there. 401 wrong, 429 wait, 423 locked."""
    cookie, before = sessions.new_cookie(), request.cookies.get(sessions.COOKIE)
    seat = sessions.find(before) if body.keep_counter else None
    counter = seat.counter if seat else None
    await sign_in(account_id=body.account, pin=body.pin, place=place, id_hash=sessions.key_of(cookie), counter=counter)
    if before:
        await sessions.close(sessions.key_of(before))
    _set(request, response, cookie)


@router.delete("/session", status_code=204, dependencies=[Depends(counted)])
@door(ANYONE)
async def close_session(request: Request, response: Response) -> None:
    """Sign out; without a session nothing happens."""
    if cookie := request.cookies.get(sessions.COOKIE):
        await sessions.close(sessions.key_of(cookie))
    _set(request, response, None)


@router.get("/accounts", dependencies=[Depends(staff_place), Depends(counted)])
def list_accounts() -> list[Account]:
    """Names for the sign-in screen; only for this machine and for enrolled devices."""
    node = runtime()
    with node.reading() as session:
        rows = service.accounts(session, node.office_id, demo=node.settings.demo)
    return [Account(id=row.id, name=row.name, roles=list(row.roles)) for row in rows]


def _set(request: Request, response: Response, cookie: str | None) -> None:
    """`Secure` only over HTTPS: on plain http a browser would not keep it. No age: it goes with the browser."""
    response.set_cookie(
        sessions.COOKIE,
        cookie or "",
        max_age=None if cookie else 0,
        path="/",
        httponly=True,
        samesite="strict",
        secure=request.url.scheme == "https",
    )
