"""Durable tickets a second over 1, 10 and 50 connections, through HTTP, with the client on the same machine."""

import asyncio
import json
import tempfile
import time
from pathlib import Path

from bench.machine import fsync_rate, percentile
from bench.table import Row
from kiosk.core.ids import new_id
from tests.support import Node

SECONDS, WARM_UP = 6.0, 1.0
CONNECTIONS = (1, 10, 50)


async def _post(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, token: str) -> int:
    body = json.dumps({"id": new_id(), "queue": "A"}).encode()
    head = (
        "POST /api/v1/tickets HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\n"
        f"authorization: Bearer {token}\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    writer.write(head.encode() + body)
    answer = await reader.readuntil(b"\r\n\r\n")
    length = next(int(line.split(b":")[1]) for line in answer.lower().split(b"\r\n") if line.startswith(b"content-length"))
    await reader.readexactly(length)
    return int(answer.split(b" ", 2)[1])


async def _visitor(port: int, token: str, times: list[float], end: float) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    while time.perf_counter() < end:
        began = time.perf_counter()
        status = await _post(reader, writer, token)
        if status != 201:
            raise SystemExit(f"a ticket was answered with {status}")
        times.append(time.perf_counter() - began)
    writer.close()


async def _load(port: int, token: str, connections: int, seconds: float) -> tuple[float, list[float]]:
    times: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(_visitor(port, token, times, began + seconds) for _ in range(connections)))
    return len(times) / (time.perf_counter() - began), times


def rows() -> list[Row]:
    """Rate, p50 and p95 at each number of connections; the limit is the disk's fsync rate, measured just before each."""
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder:
        node = Node(Path(folder), env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
        try:
            token = node.token()
            for connections in CONNECTIONS:
                limit = f"fsync of 4 kB: {fsync_rate(Path(folder)):.0f}/s"
                asyncio.run(_load(node.port, token, connections, WARM_UP))
                rate, times = asyncio.run(_load(node.port, token, connections, SECONDS))
                at = f"{connections} connection" + ("s" if connections > 1 else "")
                aimed = connections == 10
                found += [
                    Row(f"durable tickets, {at}", round(rate), "1/s", ">=500" if aimed else "", limit),
                    Row(f"ticket p50, {at}", round(1000 * percentile(times, 0.5), 1), "ms", "", limit),
                    Row(f"ticket p95, {at}", round(1000 * percentile(times, 0.95), 1), "ms", "<=30" if aimed else "", limit),
                ]
        finally:
            node.stop()
    return found
