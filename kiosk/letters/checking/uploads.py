"""Bodies of requests that are larger than any other: how many are held at once, how long they may take, how large they may become."""

import asyncio
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import Request

from kiosk.letters.checking.errors import ReadersBusy, TooSlow

AT_ONCE = 8  # files of 10 MB in memory, together with those that are being read
PER_ADDRESS = 3
SECONDS = 60.0  # 10 MB at 1.4 megabit a second


class Uploads:
    """Holds at most `at_once` files, `per_address` of them from one address."""

    def __init__(self, *, at_once: int = AT_ONCE, per_address: int = PER_ADDRESS) -> None:
        self._at_once, self._per_address = at_once, per_address
        self._held: Counter[str] = Counter()

    @contextmanager
    def place(self, address: str) -> Iterator[None]:
        """A place for one file, from before its first byte until its verdict. Raises `ReadersBusy`."""
        if self._held.total() >= self._at_once or self._held[address] >= self._per_address:
            raise ReadersBusy()
        self._held[address] += 1
        try:
            yield
        finally:
            self._held[address] -= 1
            if not self._held[address]:
                del self._held[address]


async def body_of(request: Request, *, most: int, seconds: float = SECONDS) -> bytes | None:
    """The body, read piece by piece; None as soon as it is larger than `most` bytes. Raises `TooSlow`."""
    declared = request.headers.get("content-length", "0")
    if declared.isdecimal() and int(declared) > most:
        return None
    pieces: list[bytes] = []
    size = 0
    try:
        async with asyncio.timeout(seconds):
            async for piece in request.stream():
                size += len(piece)
                if size > most:
                    return None
                pieces.append(piece)
    except TimeoutError:
        raise TooSlow() from None
    return b"".join(pieces)
