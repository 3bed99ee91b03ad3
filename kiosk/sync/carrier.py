"""Signed messages over HTTP."""

import httpx

from kiosk.sync.link import Carry
from kiosk.sync.signing import Reply, Request

TIMEOUT_S = 30


def over_http(client: httpx.Client, *, address: str, reached_at: str) -> Carry:
    """Carry messages for the centre's own `address` to `reached_at`, where it is reached from here (both without a slash).

    Every failure of the line, a foreign certificate too, is an OSError.
    """

    def carry(request: Request) -> Reply:
        url = reached_at + request.url.removeprefix(address)
        try:
            answer = client.request(request.method, url, content=request.body, headers=request.headers, timeout=TIMEOUT_S)
        except httpx.HTTPError as broken:
            raise ConnectionError(str(broken)) from broken
        return Reply(answer.status_code, answer.content, request, dict(answer.headers))

    return carry
