"""The database step alone: a thousand events and the cursor in one transaction, beside COPY of the same rows without an index."""

import multiprocessing
import os
import time
from collections.abc import Callable
from typing import Any

import psycopg
from sqlalchemy import create_engine
from sqlmodel import SQLModel

import kiosk.centre.model
import kiosk.tables  # noqa: F401
from bench.batches import SIZE, Chain, enrolled
from bench.table import Row
from kiosk.centre import ingest, rules
from kiosk.core.chain import Head
from kiosk.core.clock import stored, utc_now
from tests.cluster import cluster

BATCHES, CLIENTS = 200, (1, 4)
GROWN = int(os.environ.get("BENCH_EVENTS", "1000000"))
SEGMENTS, WRITERS = 10, 4
PLAIN = "CREATE TABLE plain AS SELECT * FROM centre_event LIMIT 0"
SPAWN = multiprocessing.get_context("spawn")
Batches = list[list[rules.Event]]
Node = dict[str, Any]


def _made(chain: Chain, count: int) -> Batches:
    made = []
    for _ in range(count):
        lines = chain.lines()
        made.append(rules.sort(chain.office_id, chain.head.seq + 1, lines).events)
        chain.head = Head(chain.head.epoch, chain.head.seq + len(lines), chain.head.hash)
    return made


def _real(address: str, node: Node) -> Callable[[Batches], None]:
    """What the centre does with its database for a batch."""
    engine = create_engine(address)
    mine = {"office_id": node["office_id"], "node_id": node["node_id"]}

    def store(batches: Batches) -> None:
        for batch in batches:
            with engine.begin() as connection:
                cursor = ingest.cursor_of(connection, **mine)
                at = utc_now()
                ingest.store(connection, {**mine, "epoch": cursor.epoch, "received_at": stored(at)}, batch)
                ingest.move(connection, **mine, head=Head(cursor.epoch, batch[-1].seq, cursor.hash), taken=len(batch), at=at)

    return store


def _plain(address: str, node: Node) -> Callable[[Batches], None]:
    """The bound: the same rows into a table without a key or an index."""
    connection = psycopg.connect(address.replace("+psycopg", ""))

    def store(batches: Batches) -> None:
        for batch in batches:
            head = f"{node['office_id']}\t%s\t{node['node_id']}\t1\t%s\t%s\t%s\t{stored(utc_now())}\t%s\t"
            rows = ((head % (one.event_id, one.seq, one.kind, one.at, one.content_hash)).encode() + one.line + b"\n" for one in batch)
            with connection.cursor().copy("COPY plain FROM STDIN") as copy:
                copy.write(b"".join(rows))
            connection.commit()

    return store


def _client(address: str, node: Node, work: tuple[int, int, bool], together: Any, ends: Any) -> None:
    rounds, batches, plain = work
    store, chain = (_plain if plain else _real)(address, node), Chain(node["office_id"])
    store(_made(chain, 1))  # connected, and the temporary table is there
    for number in range(rounds):
        made = _made(chain, batches)
        together.wait()
        began = time.perf_counter()
        store(made)
        ends.put((number, began, time.perf_counter()))
        together.wait()


def rates(address: str, clients: int, batches: int, *, rounds: int = 1, plain: bool = False) -> list[float]:
    """Events a second of each round, in which every client stores `batches`; all begin together, with rows made before."""
    engine = create_engine(address)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE IF EXISTS plain")
        connection.exec_driver_sql(PLAIN)
    nodes = enrolled(engine, clients)
    engine.dispose()
    together, ends = SPAWN.Barrier(clients), SPAWN.Queue()
    working = [SPAWN.Process(target=_client, args=(address, node, (rounds, batches, plain), together, ends)) for node in nodes]
    for one in working:
        one.start()
    told = [ends.get(timeout=1800) for _ in range(rounds * clients)]
    for one in working:
        one.join()
    spans = [[(began, ended) for which, began, ended in told if which == number] for number in range(rounds)]
    return [clients * batches * SIZE / (max(end for _, end in span) - min(begin for begin, _ in span)) for span in spans]


def tables(address: str) -> None:
    """The centre's tables in an empty database."""
    engine = create_engine(address)
    SQLModel.metadata.create_all(engine)
    engine.dispose()


def _growth(address: str) -> list[Row]:
    batches = GROWN // (SEGMENTS * WRITERS * SIZE)
    found = rates(address, WRITERS, batches, rounds=SEGMENTS)
    for number, rate in enumerate(found, 1):
        print(f"  {number * GROWN // SEGMENTS} events: {rate:.0f}/s", flush=True)
    half = SEGMENTS // 2
    flat = sum(found[half:]) / sum(found[:half])
    limit = f"{SEGMENTS} segments: {', '.join(str(round(rate / 1000)) for rate in found)} thousand/s"
    return [
        Row(f"growth to {GROWN} events, slowest segment", round(min(found)), "1/s", "", limit),
        Row("growth, second half beside the first", round(flat, 2), "", ">=0.9", limit),
    ]


def rows() -> list[Row]:
    """Rate with 1 and 4 clients and its share of COPY without indexes; growth."""
    found: list[Row] = []
    with cluster() as address:
        tables(address)
        for clients in CLIENTS:
            # One after the other and twice, so that whatever else the machine does weighs on both.
            pairs = [[rates(address, clients, BATCHES // clients, plain=plain)[0] for plain in (True, False)] for _ in range(2)]
            bound, real = (sum(column) / 2 for column in zip(*pairs, strict=True))
            limit, who = f"COPY without indexes: {bound:.0f}/s", f"{clients} client" + ("s" if clients > 1 else "")
            found += [
                Row(f"database step, {who}", round(real), "1/s", "", limit),
                Row(f"database step, {who}, share of COPY", round(100 * real / bound), "%", ">=90" if clients > 1 else "", limit),
            ]
    with cluster() as address:
        tables(address)
        return found + _growth(address)
