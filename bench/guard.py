"""What the guard costs an event, what a PIN costs, and how large the matrix of who may call what is."""

import asyncio
import logging
import statistics
import tempfile
import time
from pathlib import Path

from reflex.event import Event
from reflex.state import State
from sqlmodel import Session, SQLModel, select

import kiosk.tables  # noqa: F401
from bench.machine import hash_rate
from bench.table import Row
from kiosk.api import make_api
from kiosk.core import runtime
from kiosk.core.clock import stored, utc_now
from kiosk.core.config import Settings
from kiosk.core.doors import routes
from kiosk.kiosk import app
from kiosk.staff import demo, pins, sessions
from kiosk.staff.guard import Guard
from kiosk.staff.model import Account, StaffSession
from kiosk.staff.screen import StaffState
from tests.staff.everybody import CALLERS
from tests.staff.who_may import HANDLERS

EVENTS, PINS = 20_000, 7
OFFICE = "kaltim"


def _signed_in(folder: Path) -> str:
    """The cookie of a demo officer on a node in this process."""
    node = runtime.start(Settings(office=OFFICE, data_dir=folder, demo=True))
    SQLModel.metadata.create_all(node.writing_engine)
    cookie, at = sessions.new_cookie(), stored(utc_now())

    def job(session: Session) -> None:
        demo.load(session, OFFICE, utc_now())
        session.flush()
        account = session.exec(select(Account.id).where(Account.office_id == OFFICE)).first()
        words = {"office_id": OFFICE, "account_id": account, "place": "here", "opened_at": at, "seen_at": at}
        session.add(StaffSession(id_hash=sessions.key_of(cookie), **words))

    node.writer.enqueue(job).result(60)
    return cookie


async def _cost(cookie: str) -> tuple[float, bool]:
    """Microseconds that the guard takes for an event with this cookie, and whether it lets the event run."""
    guard, state = Guard(), State(_reflex_internal_init=True)
    state.router_data = {"headers": {"cookie": f"{sessions.COOKIE}={cookie}"}}
    event = Event(name=f"{StaffState.get_full_name()}.load")
    lets = await guard.preprocess(app, state, event) is None
    began = time.perf_counter()
    for _ in range(EVENTS):
        await guard.preprocess(app, state, event)
    return (time.perf_counter() - began) / EVENTS * 1e6, lets


def _guard() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        cookie = _signed_in(Path(folder))
        try:
            inside, lets = asyncio.run(_cost(cookie))
            outside, lets_nobody = asyncio.run(_cost(sessions.new_cookie()))
        finally:
            runtime.stop()
    if not lets or lets_nobody:
        raise SystemExit("the guard let the wrong one through")
    return [
        Row("guard, an event of an officer", round(inside, 1), "us", "<=300", "an event's round trip takes 300 to 450 us"),
        Row("guard, an event of a made-up session, refused", round(outside, 1), "us", "<=300"),
    ]


def _pin() -> Row:
    times = []
    for _ in range(PINS):
        began = time.perf_counter()
        pins.hash_pin("270841")
        times.append(time.perf_counter() - began)
    hasher = pins.HASHER
    limit = f"{hasher.memory_cost // 1024} MiB, {hasher.time_cost} passes; one core: {hash_rate():.0f} SHA-256 of 4 kB/s"
    return Row("argon2id, one PIN", round(statistics.median(times) * 1000), "ms", "", limit)


def _matrix() -> list[Row]:
    """What `tests/staff/test_matrix.py` tries."""
    handlers, callers = len(HANDLERS), len(CALLERS)
    tried = sum(not route.path.endswith("/stream") for route in routes(make_api()))
    return [
        Row("matrix: handlers", handlers, ""),
        Row("matrix: routes and methods", tried, ""),
        Row("matrix: callers", callers, "", "", "nobody, this machine's browser, each kind of device, each role"),
        Row("matrix: pairs", (handlers + tried) * callers, ""),
    ]


def rows() -> list[Row]:
    """Guard, argon2id, matrix."""
    logging.getLogger("kiosk.guard").addHandler(logging.NullHandler())  # each refusal is a line in the log, not on the screen
    return [*_guard(), _pin(), *_matrix()]
