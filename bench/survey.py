"""The report over a million answers, on both databases, and what a node takes."""

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
from sqlalchemy import Connection, create_engine
from sqlmodel import Session, SQLModel

import kiosk.tables  # noqa: F401
from bench import answers
from bench.machine import hash_rate
from bench.table import Row
from kiosk.core import schema
from kiosk.core.db import open_engine
from kiosk.survey import tally
from kiosk.survey.figures import figures
from kiosk.survey.questionnaire import ELEMENTS, questionnaire
from kiosk.survey.scope import Scope, months
from kiosk.survey.summary import summary
from tests.cluster import cluster
from tests.support import Node

ANSWERS = int(os.environ.get("BENCH_ANSWERS", "1000000"))
OFFICE, WHEN = "kaltim", months(2026, 1, 12)
SERVICES, PLACES = [f"service-{number}" for number in range(12)], ["Loket 1-3", "Loket 4-6", ""]
PARTS = {part: [*questionnaire().groups(part), ""] for part in questionnaire().profile}
COLUMNS = ("office_id", "id", "digest", "day", "half", "place", "service", "holder", *PARTS, "suggestion", *ELEMENTS, "source", "event_id")
HALVES, DIFFERENT = ("am", "pm"), 100_000
SCORES = (None, *(1, 2, 3, 3, 3, 4, 4, 4, 4) * 3, 3, 4)


def _answers(count: int) -> Iterator[tuple[Any, ...]]:
    """Answers of a year, in the order of their ids as the table has them; one question in thirty is skipped."""
    chance = random.Random(14)
    contents = [_content(chance) for _ in range(min(count, DIFFERENT))]
    digest, step = "d" * 64, 2**32 // count
    for number in range(count):
        one = f"{number * step:08x}-0000-4000-8000-{number:012x}"
        yield (OFFICE, one, digest, *contents[number * 7919 % len(contents)], "", one)


def _content(chance: random.Random) -> tuple[Any, ...]:
    day = str(WHEN.first + timedelta(days=chance.randrange((WHEN.last - WHEN.first).days + 1)))
    profile = [chance.choice(groups) for groups in PARTS.values()]
    where = (day, chance.choice(HALVES), chance.choice(PLACES), chance.choice(SERVICES), chance.random() < 0.4)
    return (*where, *profile, "", *chance.choices(SCORES, k=len(ELEMENTS)))


def _fill_sqlite(path: Path) -> None:
    schema.migrate(f"sqlite:///{path}")
    engine = open_engine(path, writing=True)
    with engine.connect() as connection:
        raw = connection.connection.dbapi_connection
        assert raw is not None
        raw.cursor().execute("PRAGMA cache_size = -400000")  # to fill it alone: what is measured has the usual one
        raw.cursor().execute("BEGIN")
        insert = f"INSERT INTO survey_answer ({', '.join(COLUMNS)}) VALUES ({', '.join('?' * len(COLUMNS))})"
        raw.cursor().executemany(insert, _answers(ANSWERS))
        raw.cursor().execute("COMMIT")
    engine.dispose()


def _fill_postgresql(address: str) -> None:
    engine = create_engine(address)
    SQLModel.metadata.create_all(engine)
    engine.dispose()
    with psycopg.connect(address.replace("+psycopg", ""), autocommit=True) as connection:
        with connection.cursor().copy(f"COPY survey_answer ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for row in _answers(ANSWERS):
                copy.write_row(row)
        connection.execute("VACUUM ANALYZE survey_answer")


def _seconds(work: Callable[[], Any], times: int = 3) -> float:
    """The median of several runs."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append(time.perf_counter() - began)
    return sorted(taken)[times // 2]


def _reports(connection: Connection, where: str, aim: str, limit: str) -> list[Row]:
    scope = Scope(OFFICE, WHEN)
    index = _seconds(lambda: summary(connection, scope))
    whole = _seconds(lambda: figures(connection, OFFICE, WHEN), 1 if not aim else 3)
    return [
        Row(f"index and elements, {where}", round(index, 2), "s", aim, limit),
        Row(f"all figures of the report, {where}", round(whole, 2), "s", aim, limit),
    ]


def _both(session: Session, name: str, limit: str) -> list[Row]:
    """Without the tally, with it, and what it takes to make it."""
    found = _reports(session.connection(), f"{name}, passing over every answer", "", limit)
    plain = figures(session.connection(), OFFICE, WHEN)
    began = time.perf_counter()
    tally.renew(OFFICE, read=lambda job: job(session), write=lambda job: job(session))
    session.commit()
    found.append(Row(f"tally of twelve months, {name}", round(time.perf_counter() - began, 1), "s", "", "by a node: beside its writer"))
    if figures(session.connection(), OFFICE, WHEN) != plain:
        raise SystemExit("the tally and the answers differ")
    return found + _reports(session.connection(), name, "<=1", limit)


def _command(folder: Path, *words: str) -> tuple[float, float]:
    """Seconds and the most MB of `kiosk survey report ...` as a process of its own."""
    program = (
        "import resource, subprocess, sys, time; began = time.perf_counter(); "
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "print(time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    period = ("--from", str(WHEN.first), "--to", str(WHEN.last))
    command = [sys.executable, "-c", program, sys.executable, "-m", "kiosk", "survey", "report", *period, *words]
    env = {**os.environ, "KIOSK_DATA_DIR": str(folder), "KIOSK_OFFICE": OFFICE}
    told = subprocess.run(command, check=True, capture_output=True, text=True, env=env).stdout.split()
    return float(told[0]), float(told[1])


def _on_sqlite() -> list[Row]:
    with tempfile.TemporaryDirectory() as name:
        folder, limit = Path(name), f"one core: {hash_rate():.0f} SHA-256 of 4 kB/s"
        prepared = Node(folder).prepare()
        _fill_sqlite(prepared.data / "office.db")
        engine = open_engine(prepared.data / "office.db", writing=True)
        with Session(engine) as session:
            found = _both(session, f"{ANSWERS} answers, SQLite", limit)
        engine.dispose()
        for what, words, aim in (("--json", ("--json",), ""), ("--pdf", ("--pdf", str(folder / "report.pdf")), "")):
            seconds, memory = _command(prepared.data, *words)
            found.append(Row(f"kiosk survey report {what}, from start to end", round(seconds, 1), "s", aim, limit))
            found.append(Row(f"kiosk survey report {what}, memory", round(memory), "MB", "<=300", limit))
    return found


def _on_postgresql() -> list[Row]:
    with cluster() as address:
        _fill_postgresql(address)
        engine = create_engine(address)
        with Session(engine) as session:
            found = _both(session, f"{ANSWERS} answers, PostgreSQL", f"one core: {hash_rate():.0f} SHA-256 of 4 kB/s")
        engine.dispose()
    return found


def rows() -> list[Row]:
    """Reports on both databases, then a node that takes answers."""
    return [*_on_sqlite(), *_on_postgresql(), *answers.rows()]
