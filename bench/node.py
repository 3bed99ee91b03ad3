"""Start to ready, and memory with and without boards."""

import asyncio
import tempfile
import time
from pathlib import Path

from bench.machine import hash_rate, resident_mb
from bench.table import Row
from tests.support import Node

BOARDS, SETTLE = 500, 3.0


async def watch(port: int, count: int, until: "asyncio.Event") -> None:
    """Hold `count` boards open, reading what comes, until the event is set."""

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET /api/v1/board/stream HTTP/1.1\r\nhost: localhost\r\naccept: text/event-stream\r\n\r\n")
        while await reader.readline():
            pass

    boards = [asyncio.create_task(one()) for _ in range(count)]
    await until.wait()
    for board in boards:
        board.cancel()


async def _with_boards(node: Node) -> float:
    assert node.process is not None
    over = asyncio.Event()
    watching = asyncio.create_task(watch(node.port, BOARDS, over))
    await asyncio.sleep(SETTLE)
    memory = resident_mb(node.process.pid)
    over.set()
    await watching
    return memory


def rows() -> list[Row]:
    """Seconds from the command to /readyz, and resident MB of the process."""
    limit = f"one core: {hash_rate():.0f} SHA-256 of 4 kB/s"
    with tempfile.TemporaryDirectory() as folder:
        node = Node(Path(folder), env={"KIOSK_RATE_LIMITS": "off"}).prepare()
        began = time.perf_counter()
        node.start()
        ready = time.perf_counter() - began
        try:
            assert node.process is not None
            node.get("/api/v1/catalogue")
            time.sleep(SETTLE)
            idle = resident_mb(node.process.pid)
            watched = asyncio.run(_with_boards(node))
        finally:
            node.stop()
    return [
        Row("start to ready", round(ready, 2), "s", "<=5", limit),
        Row("memory, idle", round(idle), "MB", "<=180"),
        Row(f"memory, {BOARDS} boards", round(watched), "MB", "<=300"),
    ]
