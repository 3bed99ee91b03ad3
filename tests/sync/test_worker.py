"""The worker of a running node, against the real desk: whatever the line does, what happened arrives once and staff know how it stands."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pysqlite3
import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session, SQLModel
from tenacity import RetryCallState, wait_fixed

import kiosk.feeds  # noqa: F401
from kiosk.centre import ingest, nodes
from kiosk.centre.desk import Desk
from kiosk.centre.feed import publish
from kiosk.core.audit_check import check
from kiosk.core.config import Settings
from kiosk.core.db import open_engine
from kiosk.reports import Reporter
from kiosk.sync import by_hand, enrolling, feed, reading, rounds, standing, topics, worker
from kiosk.sync.heads import read_head
from kiosk.sync.keys import node_key, public_hex
from kiosk.sync.model import CentreLine
from kiosk.sync.outbox import record
from kiosk.sync.signing import Request
from kiosk.sync.worker import Worker
from tests.devices.house import MORNING, House, house

ADDRESS = "https://pusat.test"
LONG_AGO, FAR = datetime(2016, 1, 1, tzinfo=UTC), datetime(2036, 1, 1, tzinfo=UTC)


@dataclass
class Wire(httpx.BaseTransport):
    """Between the worker and the desk: what a test lets happen on the way."""

    desk: Desk
    fault: Callable[[httpx.Request], httpx.Response | None] = lambda _: None
    asked: list[str] = field(default_factory=list)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.asked.append(request.url.path.rpartition("/sync/")[2])
        if (instead := self.fault(request)) is not None:
            return instead
        headers = {name: value for name, value in request.headers.items() if "signature" in name or name.startswith("content-")}
        reply = self.desk.answer(Request(request.method, str(request.url), request.read(), headers))
        return httpx.Response(reply.status_code, content=reply.body, headers=reply.headers)


class Line:
    """A node in this process, its centre's desk, and a worker that does not wait long."""

    def __init__(self, here: House, folder: Path) -> None:
        self.here, self.there = here, open_engine(folder / "centre.db", writing=True)
        SQLModel.metadata.create_all(self.there)
        key = node_key(folder / "centre")
        self.wire = Wire(Desk(self.there, key, address=ADDRESS, clock=lambda: MORNING))
        self.worker = Worker(here.node)

    def enrol(self, again: bool = False) -> str:
        public = public_hex(node_key(self.here.folder))
        with self.there.begin() as connection:
            code = nodes.make_code(connection, office_id="kaltim", at=MORNING)
            made = nodes.enrol(connection, typed=code, public_key=public, name="PC", at=MORNING)
        told = {"node_id": made.node_id, "address": ADDRESS, "reached_at": ADDRESS, "centre_key": self.wire.desk.public_key}
        line = CentreLine(office_id="kaltim", enrolled_at="", **told)
        self.here.do(enrolling.keep, line, again=again, at=MORNING)
        return made.node_id

    def happen(self, count: int = 1) -> None:
        def job(session: Session) -> None:
            for number in range(count):
                record(session, office_id="kaltim", kind="audit.checked", body={"serial": number}, actor="cli", at=MORNING)

        self.here.do(job)

    def publish(self, topic: str, content: dict[str, Any]) -> None:
        body = topics.find(topic).body.model_validate(content)
        with self.there.begin() as connection:
            publish(connection, self.wire.desk._key, office_id="kaltim", topic=topic, body=body, at=MORNING, by="test")

    def line(self) -> CentreLine:
        return self.here.rows(CentreLine)[0]

    def held(self) -> list[str]:
        with self.there.connect() as connection:
            return sorted(connection.execute(ingest.EVENTS.select()).scalars(1))

    def ids(self) -> list[str]:
        with self.here.node.engine.connect() as connection:
            return sorted(connection.execute(reading.EVENTS.select()).scalars(1))

    def all_there(self) -> bool:
        return self.held() == self.ids() and self.line().state == "current" and self.watermark() == self.head()

    def watermark(self) -> tuple[int, int] | None:
        with self.here.node.reading() as session:
            return standing.told_durable(session, "kaltim")

    def head(self) -> tuple[int, int]:
        with self.here.node.engine.connect() as connection:
            head = reading.head_of(connection, "kaltim")
        return head.epoch, head.seq


def soon(true: Callable[[], bool], within: float = 20) -> None:
    deadline = time.monotonic() + within
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@contextmanager
def made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    monkeypatch.setattr(worker, "LOOK_S", 0.02)
    monkeypatch.setattr(worker, "BREATH_S", 0.0)
    monkeypatch.setattr(worker, "_backoff", wait_fixed(0.05))
    with house(folder / "node") as here:
        line = Line(here, folder)
        monkeypatch.setattr(worker, "make_client", lambda *_, **__: httpx.Client(transport=line.wire))
        monkeypatch.setattr(by_hand, "make_client", lambda *_, **__: httpx.Client(transport=line.wire))
        try:
            yield line
        finally:
            if line.worker._thread.ident:
                line.worker.stop()
            line.there.dispose()


@pytest.fixture
def line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Line]:
    with made(tmp_path, monkeypatch) as one:
        yield one


def test_without_a_centre_nobody_is_asked_and_enrolment_needs_no_restart(line: Line):
    line.worker.start()
    line.happen(3)
    time.sleep(0.2)
    assert (line.wire.asked, line.watermark()) == ([], None)
    line.enrol()
    soon(line.all_there)
    line.happen()
    soon(line.all_there)


def test_a_backlog_goes_up_in_batches_and_a_quiet_node_still_says_hello(line: Line, monkeypatch: pytest.MonkeyPatch):
    line.happen(2300)
    line.enrol()
    line.worker.start()
    soon(line.all_there)
    assert [path.partition("/")[0] for path in line.wire.asked[:4]] == ["hello", "events", "events", "events"]
    soon(lambda: line.wire.asked[-1].partition("?")[0] == "feed")  # what flows down comes at the end of a round
    asked = len(line.wire.asked)
    time.sleep(0.3)
    assert len(line.wire.asked) == asked  # nothing happened, nothing is said
    monkeypatch.setattr(worker, "HELLO_S", 0.1)
    soon(lambda: len(line.wire.asked) > asked)
    assert line.wire.asked[asked] == "hello"
    assert set(line.wire.asked[asked:]) <= {"hello", "feed"}


def no_line(_: httpx.Request) -> httpx.Response:
    raise httpx.ConnectError("no route to host")


def portal(_: httpx.Request) -> httpx.Response:
    return httpx.Response(200, text="<html>Please buy internet</html>")


def proxy_down(_: httpx.Request) -> httpx.Response:
    return httpx.Response(502, text="bad gateway")


@pytest.mark.parametrize(
    ("fault", "code"), [(no_line, "SYNC-0504"), (portal, "SYNC-0401"), (proxy_down, "SYNC-0401")], ids=["no line", "portal", "proxy"]
)
def test_a_line_that_is_cut_is_told_to_staff_and_mends_by_itself(line: Line, fault: Callable[[httpx.Request], httpx.Response], code: str):
    line.wire.fault = fault
    line.enrol()
    line.worker.start()
    line.happen(5)
    soon(lambda: line.line().state == "unreachable")
    told = line.line()
    assert (told.code, told.last_contact_at, bool(told.message)) == (code, None, True)
    with line.here.node.reading() as session:
        assert standing.backlog(session, "kaltim") == len(line.ids())
    assert line.watermark() == (1, 0)
    line.wire.fault = lambda _: None
    soon(line.all_there)
    assert (line.line().code, line.line().message) == ("", "")


def test_a_centre_that_is_away_is_not_hammered(line: Line, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(worker, "_backoff", wait_fixed(30))
    line.wire.fault = no_line
    line.enrol()
    line.worker.start()
    soon(lambda: line.line().state == "unreachable")
    line.happen(5)
    time.sleep(0.3)
    assert line.wire.asked == ["hello"]


def test_tries_are_spread_and_never_more_than_about_five_minutes_apart():
    def waits(attempt: int) -> list[float]:
        state = RetryCallState(None, None, (), {})  # type: ignore[arg-type]
        state.attempt_number = attempt
        return [worker._backoff(state) for _ in range(200)]

    assert max(waits(1)) < 3
    assert 200 < max(waits(50)) < 301
    assert len({round(one) for one in waits(50)}) > 50


def test_every_reply_that_is_lost_once_costs_nothing(line: Line):
    lost: set[str] = set()

    def lose(request: httpx.Request) -> httpx.Response | None:
        if str(request.url) not in lost:
            lost.add(str(request.url))
            line.wire.desk.answer(Request(request.method, str(request.url), request.read(), dict(request.headers)))
            raise httpx.ReadError("reset")
        return None

    line.wire.fault = lose
    line.enrol()
    line.happen(1500)
    line.worker.start()
    soon(line.all_there)


@pytest.mark.parametrize(("words", "code"), [("database or disk is full", "SYNC-0507"), ("server closed the connection", "SYNC-0503")])
def test_a_centre_that_cannot_store_is_asked_again(line: Line, monkeypatch: pytest.MonkeyPatch, words: str, code: str):
    def full(*_: object, **__: object) -> None:
        raise OperationalError("INSERT", {}, Exception(words))

    take = ingest.take
    monkeypatch.setattr(ingest, "take", full)
    line.enrol()
    line.happen(3)
    line.worker.start()
    soon(lambda: line.line().code == code)
    assert (line.line().state, line.watermark(), line.held()) == ("refused", (1, 0), [])
    monkeypatch.setattr(ingest, "take", take)
    soon(line.all_there)


def test_a_revoked_node_stops_keeps_everything_and_goes_on_when_it_is_enrolled_anew(line: Line):
    node_id = line.enrol()
    line.worker.start()
    soon(line.all_there)
    with line.there.begin() as connection:
        assert nodes.revoke(connection, office_id="kaltim", node_id=node_id)
    line.happen(4)
    soon(lambda: line.line().state == "revoked")
    asked = len(line.wire.asked)
    time.sleep(0.4)
    assert len(line.wire.asked) == asked  # slowly
    assert len(line.ids()) == len(line.held()) + 4
    line.enrol(again=True)
    soon(line.all_there)


def back_up(database: Path, copy: Path) -> Path:
    with pysqlite3.connect(database) as connection:
        connection.execute(f"VACUUM INTO '{copy}'")
    return copy


def restored(line: Line, copy: Path) -> Worker:
    """The node is started on an older copy of its database."""
    line.worker.stop()
    from kiosk.core import runtime

    runtime.stop()
    database = line.here.folder / "office.db"
    for name in ("office.db-wal", "office.db-shm"):
        (line.here.folder / name).unlink(missing_ok=True)
    database.write_bytes(copy.read_bytes())
    line.here.start()
    line.worker = Worker(line.here.node)
    return line.worker


def is_whole(line: Line) -> bool:
    from kiosk.core.audit import HEADS, LINKS

    with line.here.node.engine.connect() as connection:
        tables = [list(connection.execute(table.select()).mappings()) for table in (reading.EVENTS, LINKS, HEADS)]
    for table in tables[:2]:
        table.sort(key=lambda row: (row["epoch"], row["seq"]))
    return check("kaltim", *tables).whole


def test_a_node_on_an_older_copy_takes_back_what_the_centre_holds_and_goes_on(line: Line, tmp_path: Path):
    line.enrol()
    line.happen(5)
    line.worker.start()
    soon(line.all_there)
    copy = back_up(line.here.folder / "office.db", tmp_path / "copy.db")
    line.happen(7)
    soon(line.all_there)
    before = line.ids()
    again = restored(line, copy)
    line.happen(2)
    again.start()
    soon(line.all_there)
    assert set(before) < set(line.ids())
    assert len(line.ids()) == len(before) + 2 + 1  # and that it was restored
    assert line.head()[0] == 2
    assert is_whole(line)


def test_of_two_computers_with_one_identity_the_one_left_behind_stops_and_says_so(line: Line, tmp_path: Path):
    line.enrol()
    line.happen(5)
    line.worker.start()
    soon(line.all_there)
    copy = back_up(line.here.folder / "office.db", tmp_path / "copy.db")
    line.happen(4)
    soon(line.all_there)
    first = back_up(line.here.folder / "office.db", tmp_path / "first.db")
    twin = restored(line, copy)
    line.happen(2)
    twin.start()
    soon(line.all_there)
    left = restored(line, first)  # the first one speaks again
    line.happen(1)
    left.start()
    soon(lambda: line.line().state == "twin")
    assert line.line().code == "SYNC-0412"
    asked = len(line.wire.asked)
    line.happen(1)
    time.sleep(0.3)
    assert len(line.wire.asked) == asked
    with line.there.connect() as connection:
        assert [row.twin_seen_at is not None for row in connection.execute(ingest.NODES.select())] == [True]
    line.enrol(again=True)
    soon(lambda: line.line().state == "current" and set(line.ids()) <= set(line.held()))


@pytest.mark.parametrize("clock", [LONG_AGO, FAR])
def test_a_clock_that_is_ten_years_off_changes_nothing(line: Line, clock: datetime):
    line.here.now = clock
    line.enrol()
    line.happen(3)
    line.worker.start()
    soon(line.all_there)
    with line.there.connect() as connection:
        assert abs(connection.execute(ingest.NODES.select()).mappings().one()["clock_off_s"]) > 9 * 365 * 86400


def test_a_round_by_hand_beside_the_worker_does_no_harm(line: Line, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(by_hand.short.schema, "check", lambda _: "")
    line.enrol()
    line.worker.start()
    here: Settings = line.here.node.settings
    stop = threading.Event()

    def by_hands() -> None:
        while not stop.is_set():
            by_hand.speak(here)

    hands = [threading.Thread(target=by_hands) for _ in range(2)]
    for hand in hands:
        hand.start()
    for _ in range(20):
        line.happen(7)
    stop.set()
    for hand in hands:
        hand.join(20)
    soon(line.all_there)
    monkeypatch.setattr(by_hand, "PATIENCE_S", 0)
    with rounds.alone(here.data_dir, wait=lambda: True), pytest.raises(rounds.AnotherRound):
        by_hand.speak(here)


def test_a_round_by_hand_fetches_too_and_the_running_node_hears_of_it(line: Line, monkeypatch: pytest.MonkeyPatch):
    """Also what came of it is sent: the centre knows at once which version is in use."""
    monkeypatch.setattr(by_hand.short.schema, "check", lambda _: "")
    line.enrol()
    line.worker.start()
    soon(line.all_there)
    heard: list[str] = []
    deaf = topics.listen(heard.append)
    try:
        with rounds.alone(line.here.node.settings.data_dir, wait=lambda: True), monkeypatch.context() as free:
            free.setattr(by_hand, "alone", lambda *_, **__: nullcontext())  # the running node is kept waiting meanwhile
            line.publish("notices", {"public": []})
            line.happen()
            outcome = by_hand.speak(line.here.node.settings)
            assert (outcome.error, outcome.fetched) == (None, 1)
            assert line.held() == line.ids()
            with line.here.node.reading() as session:
                assert feed.in_force(session, "kaltim") == {"notices": 1}
            heard.clear()  # what this process heard of itself, as a command would
        soon(lambda: heard == ["notices"])
    finally:
        deaf()
    assert by_hand.speak(line.here.node.settings).fetched == 0


def test_the_node_s_signed_head_is_its_own(line: Line):
    line.happen(3)
    told = standing.signed_head()
    key = node_key(line.here.folder).public_key()
    head = read_head(key, "kaltim", told)
    assert head is not None
    assert (head.epoch, head.seq) == line.head()


def test_devices_and_the_head_of_the_trail_are_told_once_and_only_to_a_centre(line: Line):
    from kiosk.devices import service

    device = line.here.do(service.enrol, office_id="kaltim", name="Kios", kind="kiosk", at=MORNING, actor="cli").device_id
    line.here.do(service.see, office_id="kaltim", device_id=device, build="abc", waiting=2, at=MORNING)
    reporter = Reporter(line.here.node)

    def tell() -> list[str]:
        before = len(line.here.kinds())
        asyncio.run(reporter.tell())
        return line.here.kinds()[before:]

    assert tell() == []
    line.enrol()
    assert tell() == ["device.health", "audit.head"]
    assert tell() == []
    line.here.do(service.see, office_id="kaltim", device_id=device, build="abc", waiting=0, at=MORNING)
    assert tell() == ["device.health", "audit.head"]


def test_what_a_device_said_is_applied_and_nothing_older_overwrites_it(line: Line):
    from kiosk.devices import health, service

    device = line.here.do(service.enrol, office_id="kaltim", name="Kios", kind="kiosk", at=MORNING, actor="cli").device_id
    for at, waiting, stands in (("2026-03-12", 3, 3), ("2026-03-12", 3, 3), ("2026-03-11", 9, 3), ("2026-03-13", 0, 0)):
        body = {"device_id": device, "last_seen_at": at, "build": "b", "waiting": waiting}
        line.here.do(health.apply, {"office_id": "kaltim", "body": body})
        with line.here.node.reading() as session:
            assert service.list_devices(session, "kaltim")[0].waiting == stands
