"""What the hall notices of the line: tickets at a node that has no centre, and at the same node while it sends a backlog to one."""

import asyncio
import json
import tempfile
from pathlib import Path

from bench.backlog import fill
from bench.machine import fsync_rate, percentile, resident_mb
from bench.table import Row
from bench.tickets import _load
from kiosk.core.db import open_engine
from tests.centre.house import Centre
from tests.cluster import cluster
from tests.support import Node

SECONDS, WARM_UP, CONNECTIONS = 6.0, 1.0, 10
WAITING = 100_000  # more than goes up while tickets are measured


def _p95(node: Node, token: str) -> tuple[float, float]:
    """Milliseconds, and the node's memory in MB."""
    asyncio.run(_load(node.port, token, CONNECTIONS, WARM_UP))
    _, times = asyncio.run(_load(node.port, token, CONNECTIONS, SECONDS))
    assert node.process is not None
    return 1000 * percentile(times, 0.95), resident_mb(node.process.pid)


def _backlog(node: Node) -> None:
    engine = open_engine(node.data / "office.db", writing=True)
    fill(engine, WAITING)
    engine.dispose()


def _waiting(node: Node) -> int:
    return int(json.loads(node.run("sync", "status", "--json").stdout)["waiting"])


def rows() -> list[Row]:
    """Ticket p95 idle and while syncing, their ratio, memory of the node in both."""
    with tempfile.TemporaryDirectory() as folder, cluster() as address:
        centre = Centre(Path(folder) / "centre", database=address).prepare("kaltim").start()
        node = Node(Path(folder) / "node", env={"KIOSK_RATE_LIMITS": "off"}).prepare().start()
        try:
            token, limit = node.token(), f"fsync of 4 kB: {fsync_rate(Path(folder)):.0f}/s"
            alone, lean = _p95(node, token)
            node.stop()
            _backlog(node)
            centre.enrol(node)
            before = _waiting(node)
            node.start()
            syncing, full = _p95(node, token)
            if _waiting(node) <= WAITING // 10 or not centre.held():
                raise SystemExit(f"the node was not sending all the while: {before} waited, then {_waiting(node)}")
        finally:
            node.stop()
            centre.stop()
    how = f"{CONNECTIONS} connections, client and centre on the same machine; {limit}"
    return [
        Row("ticket p95, no centre", round(alone, 1), "ms", "", how),
        Row("ticket p95 while a backlog goes up", round(syncing, 1), "ms", "", how),
        Row("ticket p95, syncing beside idle", round(syncing / alone, 2), "", "<=1.2", how),
        Row("memory of the node, no centre", round(lean), "MB"),
        Row("memory of the node while a backlog goes up", round(full), "MB"),
    ]
