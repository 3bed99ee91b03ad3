"""ASGI guards in front of everything: size of a request, websockets, security headers and caching.

Each function takes an ASGI app and gives one back.
"""

import json
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from http import HTTPStatus
from typing import Any

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException

from kiosk.core import log
from kiosk.core.bucket import TokenBucket
from kiosk.core.build import script_hashes
from kiosk.core.errors import KioskError
from kiosk.core.https import https
from kiosk.core.i18n import N_, language_of

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Asgi = Callable[[Scope, Receive, Send], Awaitable[None]]

KILOBYTES = 64
PER_ADDRESS = 80  # sixty phones behind the one address of an office's Wi-Fi, and some screens
POLICY_VIOLATION, MESSAGE_TOO_BIG = 1008, 1009  # RFC 6455, section 7.4.1
WORKER, SETUP = "/sw.js", "/setup"
NO_PAGE = "default-src 'none'; frame-ancestors 'none'"  # for whatever is no page: opened by itself it may do nothing
YEAR = 365 * 24 * 3600


class BodyTooLarge(KioskError):
    """The body of a request is larger than anything that the API takes."""

    code = "HTTP-0413"
    status = 413
    sentence = N_("This request is too large. The node takes at most {kilobytes} kB.")


class _TooLarge(HTTPException):
    """An HTTPException, because FastAPI turns any other error raised while it reads a body into 400."""

    def __init__(self, error: KioskError) -> None:
        super().__init__(error.status, str(error))
        self.kiosk_error = error


def limit_body(app: Asgi, *, kilobytes: int = KILOBYTES, by_itself: frozenset[str] = frozenset()) -> Asgi:
    """Answer 413 HTTP-0413 when a body is larger than `kilobytes`, whether it says so (Content-Length) or not (chunked).

    `by_itself`: paths that take larger ones and limit them by themselves.
    """
    most = kilobytes * 1024
    error = BodyTooLarge(kilobytes=kilobytes)

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in by_itself:
            await app(scope, receive, send)
            return
        declared = Headers(raw=list(scope["headers"])).get("content-length", "0")
        if declared.isdecimal() and int(declared) > most:
            await refuse(scope, send, error)
            return
        seen, started = 0, False

        async def counted() -> Message:
            nonlocal seen
            message = await receive()
            seen += len(message.get("body", b""))
            if seen > most:
                raise _TooLarge(error)
            return message

        async def noted(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await app(scope, counted, noted)
        except _TooLarge:
            if not started:
                await refuse(scope, send, error)

    return asgi


async def refuse(scope: Scope, send: Send, error: KioskError) -> None:
    """Answer `error` as JSON, in the language that was asked for, and end the connection."""
    language = language_of(Headers(raw=list(scope["headers"])).get("accept-language"))
    body = {"code": error.code, "message": error.text(language), "reference": log.reference()}
    content = json.dumps(body, ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(content)).encode())]
    if scope.get("http_version", "1.1").startswith("1"):
        headers.append((b"connection", b"close"))  # the rest of the body was not read; HTTP/2 knows no such header
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


def guard_sockets(
    app: Asgi,
    *,
    per_address: int = PER_ADDRESS,
    kilobytes: int = KILOBYTES,
    per_second: float = 20,
    burst: int = 60,
    clock: Callable[[], int] = time.monotonic_ns,
) -> Asgi:
    """Limit websockets: how many an address holds open, how large a message is, how fast they come.

    One connection too many is not accepted (403); a message over a limit closes the connection with 1008 or 1009.
    """
    held: Counter[str] = Counter()

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "websocket":
            await app(scope, receive, send)
            return
        address = (scope.get("client") or ("unknown", 0))[0]
        if held[address] >= per_address:
            await receive()  # the connect message must be read before it can be refused
            await send({"type": "websocket.close", "code": POLICY_VIOLATION})
            return
        held[address] += 1
        try:
            await app(scope, *_limited(receive, send, kilobytes * 1024, TokenBucket(every=1 / per_second, burst=burst, clock=clock)))
        finally:
            held[address] -= 1
            if not held[address]:
                del held[address]

    return asgi


def _limited(receive: Receive, send: Send, most: int, bucket: TokenBucket) -> tuple[Receive, Send]:
    """`receive` and `send` of one websocket that end it at the first message over a limit."""
    closed = False

    async def limited() -> Message:
        nonlocal closed
        message = await receive()
        if message["type"] != "websocket.receive":
            return message
        text = message.get("text")
        too_big = len(text.encode() if text is not None else message.get("bytes") or b"") > most
        if not too_big and not bucket.take(""):
            return message
        code, closed = MESSAGE_TOO_BIG if too_big else POLICY_VIOLATION, True
        await send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    async def until_closed(message: Message) -> None:
        if not closed:
            await send(message)

    return limited, until_closed


def content_security_policy(scripts: Iterable[str], *, connect: str | None = None) -> str:
    """The policy; inline scripts run only when their hash is among `scripts` (`sha256-...`). `connect`: another origin to ask."""
    # The reader of QR codes is WebAssembly, from our own files; the word allows no other script to be made of text.
    allowed = " ".join(("'self'", "'wasm-unsafe-eval'", *(f"'{script}'" for script in scripts)))
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src {allowed}",
            "style-src 'self' 'unsafe-inline'",  # React writes style attributes
            "img-src 'self' data: blob:",
            "media-src 'self' blob:",
            f"connect-src 'self' {connect}" if connect else "connect-src 'self'",
            "object-src 'none'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        )
    )


def secure_headers(app: Asgi, *, scripts: Iterable[str] | None = None) -> Asgi:
    """Security headers and a caching rule on every answer.

    `scripts`: hashes of the pages' inline scripts, from the build when not given. Without a build there are none, and no
    inline script runs: a page that does not work is better than one that runs anything.
    """
    inline = tuple(script_hashes() if scripts is None else scripts)
    page, worker = content_security_policy(inline), content_security_policy(())
    always = {
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "permissions-policy": "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), display-capture=()",
    }

    async def asgi(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await app(scope, receive, send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                # The hashes of the pages' scripts are long, and say nothing of a picture or a number: pages alone carry them.
                is_page = Headers(raw=list(message["headers"])).get("content-type", "").startswith("text/html")
                told = https() if scope["path"].rstrip("/") == SETUP else None  # it asks whether the secure address is trusted
                own_page = content_security_policy(inline, connect=told.address) if told else page
                policy = own_page if is_page else worker if scope["path"] == WORKER else NO_PAGE
                # "Not modified" names no type, and its headers replace those of the kept page (RFC 9111, section 4.3.4).
                own = always if message["status"] == HTTPStatus.NOT_MODIFIED else {**always, "content-security-policy": policy}
                message = {**message, "headers": _with(message["headers"], own, scope["path"], message["status"])}
            await send(message)

        await app(scope, receive, with_headers)

    return asgi


def _with(given: Iterable[tuple[bytes, bytes]], always: dict[str, str], path: str, status: int) -> list[tuple[bytes, bytes]]:
    own_cache = [value for name, value in given if name.lower() == b"cache-control"]
    cache = own_cache[0].decode("latin-1") if own_cache and path.startswith("/api/") else _cache(path, status)
    set_here = {**always, "cache-control": cache}
    kept = [(name, value) for name, value in given if name.lower().decode("latin-1") not in set_here]
    return [*kept, *((name.encode(), value.encode("latin-1")) for name, value in set_here.items())]


def _cache(path: str, status: int) -> str:
    """Files under /assets/ have their hash in their name; pages and the service worker are asked for anew; answers are not kept."""
    if path.startswith("/assets/") and status in (200, 206, 304):
        return f"public, max-age={YEAR}, immutable"
    return "no-store" if path.startswith("/api/") else "no-cache"
