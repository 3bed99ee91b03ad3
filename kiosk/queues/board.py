"""The lobby's board: one picture to many SSE clients (WHATWG HTML, section 9.2).

`changed` only remembers. One task reads the newest picture off the event loop and sends it, the first change at once and
then at most every `PAUSE` seconds, letting other work in between every `SLICE` clients: 500 screens never hold up the visitor
who takes a number. A slow client misses pictures, not the last. Whoever connects gets the whole picture, which holds today's
last calls, so a screen that was cut off has missed nothing.
"""

import asyncio
import json
import logging
import threading
import time
from collections import Counter
from collections.abc import AsyncGenerator, Callable
from contextlib import suppress
from typing import Any

from kiosk.core.runtime import Runtime
from kiosk.queues.errors import TooManyBoards
from kiosk.queues.picture import picture
from kiosk.sync.standing import signed_head

PAUSE, SLICE, HEARTBEAT = 0.2, 25, 15.0  # seconds, clients, seconds
CLIENTS, CLIENTS_PER_ADDRESS = 1000, 50

logger = logging.getLogger("kiosk.board")
Mailbox = asyncio.Queue[bytes | None]  # one place: the newest picture; None ends the stream


class Board:
    """Hands `read()`'s picture to every client. One event loop; `read` runs in a thread and returns plain data."""

    def __init__(
        self,
        read: Callable[[], dict[str, Any]],
        *,
        head: Callable[[], dict[str, Any] | None] = lambda: None,
        pause: float = PAUSE,
        heartbeat: float = HEARTBEAT,
        limit: int = CLIENTS,
        per_address: int | None = CLIENTS_PER_ADDRESS,
    ) -> None:
        self._read, self._head, self._pause, self._heartbeat = read, head, pause, heartbeat
        self._limit, self._per_address = limit, per_address
        self._clients: set[Mailbox] = set()
        self._addresses: Counter[str] = Counter()
        self._news = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = 0
        self._last: dict[str, Any] | None = None
        self._message = b""
        self._closed = asyncio.Event()
        self.version = 0

    @property
    def clients(self) -> int:
        """How many streams are open."""
        return len(self._clients)

    def changed(self) -> None:
        """Something that the picture shows was written. Cheap; from any thread."""
        if self._loop is None or self._news.is_set():
            return  # it is told already, or will read the picture when it begins
        if threading.get_ident() == self._thread:
            self._news.set()  # waking the loop from inside costs two system calls, for every ticket
        else:
            self._loop.call_soon_threadsafe(self._news.set)

    async def run(self) -> None:
        """Read and fan out until cancelled or closed."""
        self._loop, self._thread = asyncio.get_running_loop(), threading.get_ident()
        self._news.set()
        while not self._closed.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), self._heartbeat)
            told = self._news.is_set()
            self._news.clear()
            if await self._refresh():
                await self._send_all(self._message)
            elif not told:
                await self._send_all(await asyncio.to_thread(self._beat))
            if told:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._closed.wait(), self._pause)

    async def watch(self, address: str = "") -> AsyncGenerator[bytes, None]:
        """Messages for one client, from the newest picture on, until the board closes. Raises `TooManyBoards`."""
        if self.clients >= self._limit or (self._per_address is not None and self._addresses[address] >= self._per_address):
            raise TooManyBoards()
        mine: Mailbox = asyncio.Queue(1)
        self._clients.add(mine)
        self._addresses[address] += 1
        try:
            if not self._message:
                await self._refresh()
            message: bytes | None = self._message
            while message is not None and not self._closed.is_set():
                yield message
                message = await mine.get()
        finally:
            self._clients.discard(mine)
            self._addresses[address] -= 1
            self._addresses += Counter()  # drops the addresses at zero

    def close(self) -> None:
        """End every stream and `run`: the server waits for open streams before it stops. Twice does no harm."""
        self._closed.set()
        for mailbox in self._clients:
            _post(mailbox, None)
        self._news.set()

    async def _refresh(self) -> bool:
        """Read the picture; whether it differs from the last one that was sent."""
        try:
            picture = await asyncio.to_thread(self._read)
        except Exception:
            logger.exception("the board's picture could not be read; the last one stays")
            return False
        same = {**picture, "at": None}
        if same == self._last:
            return False
        # Grows over restarts too, so that a client may take a higher number for news.
        self._last, self.version = same, max(self.version + 1, int(time.time() * 1000))
        text = json.dumps({"version": self.version, **picture}, ensure_ascii=False, separators=(",", ":"))
        self._message = f"id: {self.version}\ndata: {text}\n\n".encode()
        return True

    def _beat(self) -> bytes:
        """A sign of life that the page can see, with the node's signed head: a comment alone would tell the page nothing."""
        try:
            head = self._head()
        except Exception:
            logger.exception("the head could not be read; the sign of life comes without it")
            head = None
        return f": still here\nevent: beat\ndata: {json.dumps({'version': self.version, 'head': head})}\n\n".encode()

    async def _send_all(self, message: bytes) -> None:
        for index, mailbox in enumerate(list(self._clients)):
            if message is self._message or mailbox.empty():
                _post(mailbox, message)
            if index % SLICE == SLICE - 1:
                await asyncio.sleep(0)


def _post(mailbox: Mailbox, message: bytes | None) -> None:
    if mailbox.full():
        mailbox.get_nowait()
    mailbox.put_nowait(message)


_current: Board | None = None


def start(node: Runtime) -> Board:
    """The node's board; its `run` is a task of the composition root, which also calls `close` before it stops."""
    global _current  # noqa: PLW0603 (one node a process: this is where its board is)

    def read() -> dict[str, Any]:
        with node.reading() as session:
            return picture(session, office_id=node.office_id, now=node.now())

    _current = Board(read, head=signed_head, per_address=CLIENTS_PER_ADDRESS if node.settings.rate_limits else None)
    return _current


def board() -> Board:
    """The board of this process. Raises RuntimeError before `start`."""
    if _current is None:
        raise RuntimeError("the board has not started")
    return _current
