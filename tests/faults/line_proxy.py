"""A line that fails on purpose: a TCP proxy that drops, doubles, delays, half-closes and cuts, as a seed decides."""

import asyncio
import random
import threading
from contextlib import suppress

PIECE = 8192
LIFE_S = (0.5, 4.0)
FUSE_BYTES = 40_000
LATE_S = (0.05, 1.5)


class Connection:
    """One connection through the proxy, and the fault that it has: after `fuse` bytes of the node, if the fault has a place."""

    def __init__(self, proxy: "LineProxy", fault: str) -> None:
        self.proxy, self.fault = proxy, fault
        self.fuse = proxy.chance.randrange(1, FUSE_BYTES)
        self.sent = bytearray()

    async def run(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self.fault == "refuse":
            writer.transport.abort()
            return
        there_in, there_out = await asyncio.open_connection("127.0.0.1", self.proxy.target)
        try:
            up = asyncio.create_task(self._up(reader, there_out))
            down = asyncio.create_task(self._down(there_in, writer))
            await asyncio.wait({up, down}, timeout=self.proxy.life(), return_when=asyncio.FIRST_COMPLETED)
            if self.fault == "half-close" and up.done() and not down.done():
                await asyncio.wait({down}, timeout=1)
            for task in (up, down):
                task.cancel()
            await asyncio.gather(up, down, return_exceptions=True)
        finally:
            for one in (there_out, writer):
                one.transport.abort()
        if self.fault == "double":
            self.proxy.again(bytes(self.sent))

    async def _up(self, reader: asyncio.StreamReader, there: asyncio.StreamWriter) -> None:
        """From the node to the centre."""
        while piece := await reader.read(PIECE):
            if self.fault == "delay":
                await asyncio.sleep(self.proxy.late())
            rest = self.fuse - len(self.sent)
            self.sent += piece
            if self.fault == "cut" and rest < len(piece):
                there.write(piece[: max(0, rest)])
                await there.drain()
                return
            there.write(piece)
            await there.drain()
            if self.fault == "half-close" and rest < len(piece):
                there.write_eof()
                return

    async def _down(self, there: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """From the centre to the node."""
        while piece := await there.read(PIECE):
            if self.fault == "drop":
                return  # the centre has acted, and the node never hears of it
            if self.fault == "torn":
                piece, self.fault = piece[: len(piece) // 2], "drop"
            writer.write(piece)
            await writer.drain()


class LineProxy:
    """Listens on `port` and passes to `target`, both on this machine, until `stop`. It is faulty from `harm` to `heal`.

    What a connection suffers: `refuse` (closed at once), `drop` (the request arrives, the answer is lost), `torn` (half an answer),
    `double` (what the node sent arrives once more, later), `delay`, `half-close`, `cut` (in the middle of a request), or nothing.
    """

    FAULTS = ("fine", "refuse", "drop", "torn", "double", "delay", "half-close", "cut")

    def __init__(self, target: int, seed: int) -> None:
        self.target, self.chance, self.port = target, random.Random(seed), 0
        self.faulty = False
        self.suffered: dict[str, int] = {}
        self._deck: list[str] = []
        self._loop = asyncio.new_event_loop()
        self._open: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="line", daemon=True)

    def start(self) -> "LineProxy":
        listening = threading.Event()
        self._loop.call_soon(lambda: self._loop.create_task(self._listen(listening)))
        self._thread.start()
        assert listening.wait(10)
        return self

    def stop(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)

    def harm(self) -> None:
        self._loop.call_soon_threadsafe(self._turn, True)

    def heal(self) -> None:
        self._loop.call_soon_threadsafe(self._turn, False)

    def life(self) -> float | None:
        """Seconds after which a connection ends whatever happens; None for a sound line."""
        return self.chance.uniform(*LIFE_S) if self.faulty else None

    def late(self) -> float:
        return self.chance.uniform(*LATE_S)

    def again(self, sent: bytes) -> None:
        """Send recorded bytes once more, in a while."""
        self._keep(self._replay(sent))

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    async def _listen(self, listening: threading.Event) -> None:
        server = await asyncio.start_server(self._accept, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        listening.set()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        fault = self._draw() if self.faulty else "fine"
        self.suffered[fault] = self.suffered.get(fault, 0) + 1
        task = asyncio.current_task()
        assert task is not None
        self._open.add(task)
        try:
            await Connection(self, fault).run(reader, writer)
        except (OSError, asyncio.CancelledError):  # the centre was killed just now, or the line was turned
            writer.transport.abort()
        finally:
            self._open.discard(task)

    def _draw(self) -> str:
        """The next fault of a shuffled deck: chance, and yet each has its turn."""
        if not self._deck:
            self._deck = [*self.FAULTS]
            self.chance.shuffle(self._deck)
        return self._deck.pop()

    async def _replay(self, sent: bytes) -> None:
        await asyncio.sleep(self.late())
        with suppress(OSError, asyncio.TimeoutError):
            reader, writer = await asyncio.open_connection("127.0.0.1", self.target)
            writer.write(sent)
            await asyncio.wait_for(reader.read(PIECE), 5)
            writer.transport.abort()

    def _keep(self, work: object) -> None:
        task = self._loop.create_task(work)  # type: ignore[arg-type]
        self._open.add(task)
        task.add_done_callback(self._open.discard)

    def _turn(self, faulty: bool) -> None:
        self.faulty = faulty
        for task in list(self._open):
            task.cancel()
