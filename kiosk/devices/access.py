"""FastAPI dependencies: which device calls, and how often it may; and what the node remembers of devices."""

import json
import logging
from concurrent.futures import Future
from contextlib import suppress
from functools import partial
from typing import Annotated

from fastapi import Depends, Request, Response
from starlette.concurrency import run_in_threadpool

from kiosk.core.bucket import TokenBucket
from kiosk.core.doors import door
from kiosk.core.errors import Busy
from kiosk.core.recent import Recent
from kiosk.core.runtime import runtime
from kiosk.devices import service
from kiosk.devices.errors import NotEnrolled, TooManyCalls, TooManyTouches
from kiosk.devices.reports import Report, hear
from kiosk.devices.rules import Caller
from kiosk.devices.service import KINDS, DeviceIdentity, find, token_hash

__all__ = [
    "COOKIE", "DeviceIdentity", "address_of", "caller_of", "calling", "counted", "counted_holder", "enrolled", "forget", "give_cookie",
    "give_touch_back", "known", "revoke", "said", "spend_touch", "was_right",
]  # fmt: skip

log = logging.getLogger("kiosk.devices")

COOKIE = "kiosk_device"
COOKIE_SECONDS = 400 * 24 * 3600  # the longest that browsers keep one (RFC 6265bis, section 5.5)
# A ticket must not cost a read; a device revoked by the command, in another process, must be out within 2 seconds.
KNOWN_SECONDS = 1.5

_known: Recent[DeviceIdentity] = Recent(seconds=KNOWN_SECONDS)
# How exactly the last sight is written: each one costs a durable write.
SEEN_SECONDS = 60
_seen: Recent[bool] = Recent(seconds=SEEN_SECONDS)
# What a device said and the word that it was given then: as long as nothing changes, a report costs no write.
_said: Recent[tuple[int, str, str | None]] = Recent(seconds=SEEN_SECONDS)
# A rush at opening time is one visitor every few seconds at one touchscreen; a child that plays takes fifteen numbers, no more.
touches = TokenBucket(every=5, burst=15)
calls = TokenBucket(every=0.1, burst=100)
# Who follows a ticket asks every four seconds, and a whole hall's phones may share one address.
follows = TokenBucket(every=1, burst=20)
_right: Recent[bool] = Recent(seconds=900)


def caller_of(request: Request) -> Caller:
    """The request as `devices.rules` judges it."""
    peer = request.client.host if request.client else None
    return Caller(peer, tuple((name.lower(), value) for name, value in request.headers.items()))


def address_of(request: Request) -> str:
    """The address at the other end of the connection."""
    return request.client.host if request.client else "unknown"


def token_of(request: Request) -> str | None:
    """The device token that the request carries: a Bearer token (RFC 6750), or the cookie when there is no such header."""
    given = request.headers.get("authorization")
    if given is None:
        return request.cookies.get(COOKIE)
    scheme, _, token = given.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else None


async def known(request: Request) -> DeviceIdentity | None:
    """The device that calls, or None for anyone else."""
    token = token_of(request)
    if not token:
        return None
    key = token_hash(token)
    device = _known.get(key)
    if device is None:
        forgotten = _known.forgotten
        device = await run_in_threadpool(_read, token)
        if device is not None and _known.forgotten == forgotten:  # read before a revocation: not to be remembered after it
            _known.put(key, device)
    return device


def _read(token: str) -> DeviceIdentity | None:
    node = runtime()
    with node.reading() as session:
        return find(session, node.office_id, token, demo=node.settings.demo)


@door(*KINDS)
async def calling(request: Request, device: Annotated[DeviceIdentity | None, Depends(known)]) -> DeviceIdentity:
    """The device that calls. Raises `NotEnrolled`, and `TooManyCalls` for somebody who goes on trying."""
    if device is None:
        await counted(request)
        raise NotEnrolled()
    return device


async def enrolled(device: Annotated[DeviceIdentity, Depends(calling)]) -> DeviceIdentity:
    """As `calling`; the device was seen, also one that tells nothing of itself, such as a script."""
    _note(_seen, device)
    return device


def spend_touch(device: DeviceIdentity) -> None:
    """Count one thing that a visitor made by touching this device: one every 5 seconds, fifteen at once.

    Call it for something new only, never for a repeat of what was already accepted. Raises `TooManyTouches`.
    """
    if runtime().settings.rate_limits and (wait := touches.take(device.id)):
        raise TooManyTouches(wait)


async def counted(request: Request) -> None:
    """Count a call by its address unless an enrolled device makes it: ten a second, a hundred at once. Raises `TooManyCalls`."""
    if not runtime().settings.rate_limits:
        return
    token = token_of(request)
    if token and _known.get(token_hash(token)) is not None:
        return
    if (wait := calls.take(address_of(request))) and await known(request) is None:
        raise TooManyCalls(wait)


async def revoke(device_id: str, *, actor: str) -> None:
    """Take a device's rights away at once, in this process too. Raises `DeviceUnknown`."""
    node = runtime()
    job = partial(service.revoke, office_id=node.office_id, device_id=device_id, at=node.now(), actor=actor)
    forget(await node.writer.submit(job))


def forget(key: str) -> None:
    """What was known of the device whose token has the hash `key` is read anew next time."""
    _known.forget(key)


async def said(device: DeviceIdentity, report: Report) -> str | None:
    """A device tells how it is. Written at most once a minute unless something changed; gives its word (`reports.hear`)."""
    node = runtime()
    news = (report.waiting, json.dumps(report.parked), report.word)
    if (known := _said.get(device.id)) is not None and known == news:
        return report.word
    job = partial(hear, office_id=node.office_id, device_id=device.id, said=report, at=node.now())
    heard = await node.writer.submit(job)
    if heard.settled:
        _said.put(device.id, (*news[:2], heard.word))
    return heard.word


def _note(noted: Recent[bool], device: DeviceIdentity) -> None:
    if noted.get(device.id):
        return
    noted.put(device.id, True)
    node = runtime()
    job = partial(service.see, office_id=node.office_id, device_id=device.id, build=None, waiting=None, at=node.now())
    with suppress(Busy):  # too much waits: what the device came for matters more, and it is seen again in a minute
        node.writer.enqueue(job).add_done_callback(_report)


def _report(written: "Future[None]") -> None:
    if failure := written.exception():
        log.error("last sight of a device not written", exc_info=failure)


async def counted_holder(request: Request, code: str) -> None:
    """Count a call of somebody who holds a code: by the code if it was right lately, else by address. Raises `TooManyCalls`."""
    if _right.get(code) is None:
        await counted(request)
    elif runtime().settings.rate_limits and (wait := follows.take(code)):
        raise TooManyCalls(wait)


def was_right(code: str) -> None:
    """There is something with this code."""
    _right.put(code, True)


def give_touch_back(device: DeviceIdentity) -> None:
    """Nothing came of the touch: it does not count."""
    touches.give_back(device.id)


def give_cookie(request: Request, response: Response, token: str) -> None:
    """Set the device cookie. `Secure` only over HTTPS: on plain http a browser would not keep it."""
    secure = request.url.scheme == "https"
    response.set_cookie(COOKIE, token, max_age=COOKIE_SECONDS, path="/", httponly=True, samesite="strict", secure=secure)
