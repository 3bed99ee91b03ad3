"""A thousand events a batch, packed and signed, over HTTP into a real centre on PostgreSQL, from 1, 4 and 16 nodes."""

import multiprocessing
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

import psycopg
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import create_engine

from bench.batches import OFFICES, SIZE, Chain, enrolled
from bench.machine import fsync_rate, hash_rate, resident_mb
from bench.step import rates
from bench.table import Row
from kiosk.sync.carrier import make_client, over_http
from tests.centre.house import Centre
from tests.cluster import cluster

NODES, BATCHES, PROCESSES = (1, 4, 16), 160, 4
SPAWN = multiprocessing.get_context("spawn")


def _node(url: str, node: dict[str, Any], lines: list[list[bytes]], together: Any) -> None:
    """Pack, sign, send, one batch after the other, as a node does."""
    chain, key = Chain(node["office_id"]), Ed25519PrivateKey.from_private_bytes(bytes.fromhex(node["key"]))
    with make_client(url) as client:
        carry = over_http(client, address=url, reached_at=url)
        together.wait()
        for batch in lines:
            reply = carry(chain.request(batch, url, node["node_id"], key))
            if reply.status_code != 200:
                raise SystemExit(f"a batch was answered with {reply.status_code}: {reply.body!r}")


def _nodes(url: str, mine: list[dict[str, Any]], batches: int, together: Any, ends: Any) -> None:
    lines = [[chain.lines() for _ in range(batches)] for chain in (Chain(node["office_id"]) for node in mine)]
    ready = threading.Barrier(len(mine) + 1)
    threads = [threading.Thread(target=_node, args=(url, node, made, ready)) for node, made in zip(mine, lines, strict=True)]
    for thread in threads:
        thread.start()
    together.wait()
    ready.wait()
    began, busy = time.perf_counter(), time.process_time()
    for thread in threads:
        thread.join()
    ends.put((began, time.perf_counter(), time.process_time() - busy))


def _cpu_seconds(pid: int) -> float:
    """Processor time of a process and its threads."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(words[11]) + int(words[12])) / 100


def _sent(centre: Centre, nodes: list[dict[str, Any]]) -> tuple[float, float, float]:
    """Events a second, and processor milliseconds a batch of the nodes and of the centre's process."""
    assert centre.process is not None
    shares = [share for share in (nodes[start::PROCESSES] for start in range(PROCESSES)) if share]
    together, ends = SPAWN.Barrier(len(shares)), SPAWN.Queue()
    each = BATCHES // len(nodes)
    working = [SPAWN.Process(target=_nodes, args=(centre.url, share, each, together, ends)) for share in shares]
    before = _cpu_seconds(centre.process.pid)
    for one in working:
        one.start()
    told = [ends.get(timeout=600) for _ in shares]
    for one in working:
        one.join()
    span = max(end for _, end, _ in told) - min(begin for begin, _, _ in told)
    total = each * len(nodes)
    busy = _cpu_seconds(centre.process.pid) - before
    return total * SIZE / span, 1000 * sum(cpu for _, _, cpu in told) / total, 1000 * busy / total


def _count(address: str) -> int:
    with psycopg.connect(address.replace("+psycopg", "")) as connection:
        return int(connection.execute("SELECT count(*) FROM centre_event").fetchone()[0])  # type: ignore[index]


def rows() -> list[Row]:
    """Events a second at each number of nodes, what nodes and centre each spend on a batch, the centre's memory."""
    found: list[Row] = []
    with tempfile.TemporaryDirectory() as folder, cluster() as address:
        disk = f"fsync of 4 kB: {fsync_rate(Path(folder)):.0f}/s; one core: {hash_rate():.0f} SHA-256 of 4 kB/s"
        centre = Centre(Path(folder) / "centre", database=address).prepare(*OFFICES).start()
        bound = f"COPY without indexes: {rates(address, 4, 25, plain=True)[0]:.0f}/s"
        engine, sent = create_engine(address), 0
        try:
            for count in NODES:
                rate, theirs, ours = _sent(centre, enrolled(engine, count))
                sent += BATCHES // count * count * SIZE
                who = f"{count} node" + ("s" if count > 1 else "")
                found += [
                    Row(f"ingest over HTTP, {who}", round(rate), "1/s", ">=20000" if count > 1 else "", bound),
                    Row(f"ingest, {who}: a node's work on a batch", round(theirs, 1), "ms", "", disk),
                    Row(f"ingest, {who}: the centre's work on a batch", round(ours, 1), "ms", "", disk),
                ]
            if _count(address) != sent:
                raise SystemExit("the centre does not hold what was sent")
            assert centre.process is not None
            found.append(Row("memory of the centre", round(resident_mb(centre.process.pid)), "MB"))
        finally:
            engine.dispose()
            centre.stop()
    return found
