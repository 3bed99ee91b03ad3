"""The outermost limit: so many calls a second from one address, whoever it says to be. What is too much waits, and is refused.

It stands before everything that costs something. Who floods waits a second for each refusal, so that a flood over a handful of
connections becomes a trickle; who never reads an answer is refused at once beyond a hundred waiting ones.
"""

import asyncio
import time
from collections import Counter
from collections.abc import Callable

from kiosk.core.bucket import TokenBucket
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.core.limits import POLICY_VIOLATION, Asgi, Receive, Scope, Send, refuse

CALLS_A_SECOND, CALLS_AT_ONCE = 50, 300  # the API and websockets: sixty phones behind one address make fifteen a second
FILES_A_SECOND, FILES_AT_ONCE = 200, 3000  # pages and their files: forty for each first visit
HOLD, HELD = 1.0, 100


class Flood(KioskError):
    """More calls from one address than a hall full of people makes."""

    code = "HTTP-0430"
    status = 429
    sentence = N_("Far too many requests came from this address. Please wait a little.")


def slow_floods(
    app: Asgi, *, on: Callable[[], bool] = lambda: True, hold: float = HOLD, clock: Callable[[], int] = time.monotonic_ns
) -> Asgi:
    """Refuse what is too much from one address, a second late; `on` says whether limits are on at all."""
    calls = TokenBucket(every=1 / CALLS_A_SECOND, burst=CALLS_AT_ONCE, clock=clock)
    files = TokenBucket(every=1 / FILES_A_SECOND, burst=FILES_AT_ONCE, clock=clock)
    held: Counter[str] = Counter()

    async def wait(address: str) -> None:
        if held[address] >= HELD:
            return
        held[address] += 1
        try:
            await asyncio.sleep(hold)
        finally:
            held[address] -= 1
            if not held[address]:
                del held[address]

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        kind = scope["type"]
        bucket = calls if kind == "websocket" or scope.get("path", "").startswith("/api/") else files
        address = (scope.get("client") or ("unknown", 0))[0]
        if kind not in {"http", "websocket"} or not on() or not bucket.take(address):
            await app(scope, receive, send)
            return
        await wait(address)
        if kind == "http":
            await refuse(scope, send, Flood())
        else:
            await receive()  # the connect message must be read before it can be refused
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})

    return asgi
