"""Genuine tickets with the limits on, alone and while another address floods the node; the flood is a process of its own."""

import asyncio
import json
import subprocess
import sys
import tempfile
import time
from itertools import cycle
from pathlib import Path

from sqlmodel import Session

from bench.machine import percentile
from bench.table import Row
from bench.tickets import _post
from kiosk.core.clock import utc_now
from kiosk.core.db import open_engine
from kiosk.devices.service import enrol
from tests.faults.flood import KINDS
from tests.support import ROOT, Node

VISITORS, DEVICES, TICKETS = 10, 40, 400  # fewer than forty devices may take at once: the limit on touches is not what is measured
FLOOD_SECONDS, WARM_UP, REST = 25.0, 2.0, 1.0
ELSEWHERE = "127.0.0.2"


def _devices(node: Node, scenarios: int) -> list[list[str]]:
    """Tokens of fresh devices for each scenario."""
    engine = open_engine(node.data / "office.db", writing=True)
    with Session(engine, expire_on_commit=False) as session:
        names = range(scenarios * DEVICES)
        tokens = [enrol(session, office_id=node.office, name=f"Kios {n}", kind="kiosk", at=utc_now(), actor="cli").token for n in names]
        session.commit()
    engine.dispose()
    return [tokens[start : start + DEVICES] for start in range(0, len(tokens), DEVICES)]


async def _visits(port: int, tokens: list[str]) -> tuple[float, list[float]]:
    left, times, turn = TICKETS, [], cycle(tokens)

    async def visitor(number: int) -> None:
        nonlocal left
        reader, writer = await asyncio.open_connection("127.0.0.1", port, local_addr=(f"127.0.1.{number + 1}", 0))
        while left > 0:
            left -= 1
            began = time.perf_counter()
            status = await _post(reader, writer, next(turn))
            if status != 201:
                raise SystemExit(f"a genuine ticket was answered with {status}")
            times.append(time.perf_counter() - began)
        writer.close()

    began = time.perf_counter()
    await asyncio.gather(*(visitor(number) for number in range(VISITORS)))
    return len(times) / (time.perf_counter() - began), times


def _measured(name: str, node: Node, tokens: list[str]) -> list[Row]:
    rate, times = asyncio.run(_visits(node.port, tokens))
    limit = f"{VISITORS} connections, {DEVICES} devices, limits on"
    return [
        Row(f"tickets, {name}", round(rate), "1/s", "", limit),
        Row(f"ticket p95, {name}", round(percentile(times, 0.95) * 1000, 1), "ms", "<=1000", limit),
    ]


def _flooded(kind: str, node: Node, tokens: list[str]) -> list[Row]:
    command = [sys.executable, "-m", "tests.faults.flood", str(node.port), ELSEWHERE, str(FLOOD_SECONDS), kind]
    flood = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    time.sleep(WARM_UP)
    found = _measured(f"flood of {kind}", node, tokens)
    answers = json.loads(flood.communicate()[0])
    refused = sum(count for status, count in answers.items() if status in {"403", "429"})
    share = f"{100 * refused // max(1, sum(answers.values()))} % of {sum(answers.values())} calls"
    return [*found, Row(f"refused, flood of {kind}", round(refused / FLOOD_SECONDS), "1/s", "", share)]


def rows() -> list[Row]:
    """Rate and p95 of genuine tickets, alone and under each kind of flood from one other address."""
    with tempfile.TemporaryDirectory() as folder:
        node = Node(Path(folder)).prepare()
        tokens = _devices(node, 1 + len(KINDS))
        node.start()
        try:
            found = _measured("no flood", node, tokens[0])
            for kind, mine in zip(KINDS, tokens[1:], strict=True):
                time.sleep(REST)
                found += _flooded(kind, node, mine)
        finally:
            node.stop()
    return found
