"""The centre over HTTP: every signed message goes to the desk as it came."""

from fastapi import APIRouter, Request, Response
from starlette.concurrency import run_in_threadpool

from kiosk.centre.desk import PREFIX, Desk
from kiosk.centre.rules import MAX_BYTES, MAX_LINES, TooLarge
from kiosk.sync import signing

OWN_HEADERS = ("content-digest", "signature-input", "signature", "content-encoding")


def router(desk: Desk, address: str) -> APIRouter:
    """The routes of `desk`. `address` is the centre's own, without a slash: what a Host header says does not count."""
    routes = APIRouter(prefix=PREFIX)

    @routes.api_route("/{rest:path}", methods=["GET", "POST"], include_in_schema=False)
    async def sync(request: Request) -> Response:
        body = await _body(request)
        query = f"?{request.url.query}" if request.url.query else ""
        headers = {name: value for name, value in request.headers.items() if name in OWN_HEADERS}
        asked = signing.Request(request.method, f"{address}{request.url.path}{query}", body, headers)
        reply = await run_in_threadpool(desk.answer, asked)
        return Response(reply.body, reply.status_code, headers=reply.headers, media_type="application/json")

    return routes


async def _body(request: Request) -> bytes:
    """The body, never more of it than a batch may hold. Raises `TooLarge`."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > MAX_BYTES:
            raise TooLarge(lines=MAX_LINES, bytes=MAX_BYTES)
    return bytes(body)
