"""Asks a server of somebody else's: no more is read than is wanted, no longer than is told, and no other address is followed to.

Whoever answers may be slow on purpose, a byte a minute; a limit for each read would let that go on for days.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

import httpx


class TooLarge(Exception):
    """The answer is larger than whatever was asked for can be."""


@dataclass(frozen=True)
class Limits:
    """At most `most` bytes of an answer, `seconds` from the first word to the last byte, `silence` seconds without any."""

    most: int
    seconds: float
    silence: httpx.Timeout


@dataclass(frozen=True)
class Answer:
    """What was answered; `kind` is its media type, "" when it names none. Nothing is unpacked."""

    status: int
    kind: str
    body: bytes


def post(url: str, content: bytes, headers: Mapping[str, str], limits: Limits, transport: httpx.AsyncBaseTransport | None = None) -> Answer:
    """The answer to `content` from the server at `url`. Raises `httpx.HTTPError`, also for an answer that takes too long, and `TooLarge`.

    `transport`: another than the network, for tests.
    """
    return asyncio.run(_post(url, content, {**headers, "accept-encoding": "identity"}, limits, transport))


async def _post(url: str, content: bytes, headers: Mapping[str, str], limits: Limits, transport: httpx.AsyncBaseTransport | None) -> Answer:
    try:
        async with (
            asyncio.timeout(limits.seconds),
            httpx.AsyncClient(timeout=limits.silence, transport=transport, follow_redirects=False) as client,
            client.stream("POST", url, content=content, headers=dict(headers)) as answer,
        ):
            if answer.headers.get("content-encoding", "identity") != "identity":
                raise httpx.DecodingError("the answer is packed, which was not asked for")
            parts, size = [], 0
            async for part in answer.aiter_bytes():
                size += len(part)
                if size > limits.most:
                    raise TooLarge
                parts.append(part)
            return Answer(answer.status_code, answer.headers.get("content-type", ""), b"".join(parts))
    except TimeoutError:
        raise httpx.ReadTimeout(f"the answer took longer than {limits.seconds:.0f} seconds") from None
