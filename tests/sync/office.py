"""One office and its centre as a state machine: visitors and officers, a bad line, backups that come back, devices that remember."""

import atexit
import json
import shutil
import tempfile
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import Engine, event, select
from sqlmodel import Session

from kiosk.centre import projector
from kiosk.core.chain import Head
from kiosk.core.db import open_engine
from kiosk.core.errors import KioskError
from kiosk.core.table_of import table_of
from kiosk.queues.model import Call, LaneCounter, Ticket
from kiosk.sync import reading
from kiosk.sync.link import Link, Refused
from kiosk.sync.rejoin import draw_epoch, rejoin
from kiosk.sync.rules import Verdict
from kiosk.sync.signing import BadSignature, Reply, Request
from tests.queues.conftest import Hall, furnish
from tests.sync.pair import NOW, Pair
from tests.sync.test_rejoin import is_whole

FAULTS = ("fine", "request lost", "reply lost", "doubled", "late")
STEPS = ("call_next", "call_again", "start", "finish", "mark_no_show", "recall", "transfer")
MEMORY = Path("/dev/shm")  # a machine's disks: what is tested is order and repetition, not the disk
ROWS = [table_of(model) for model in (Ticket, Call, LaneCounter)]


def opened(path: Path) -> Engine:
    """The database without waiting for a disk."""
    engine = open_engine(path, writing=True)
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA synchronous=OFF"))
    return engine


class Disks:
    """The databases of a node and its centre at two places that stay: what SQLAlchemy compiled for them is kept from run to run."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kiosk-sync-", dir=MEMORY if MEMORY.is_dir() else None))
        self.pair = Pair(self.folder)
        furnish(self.pair.here)
        with Session(self.pair.there) as session, session.begin():
            furnish_centre(session)
        self.pair.here.dispose()
        self.pair.there.dispose()
        for name in ("node", "centre"):
            shutil.move(self.folder / f"{name}.db", self.folder / f"{name}.new")
        self.pair.here, self.pair.there = opened(self.folder / "node.db"), opened(self.folder / "centre.db")
        self.pair.desk._engine = self.pair.there

    def put(self, engine: Engine, name: str, copy: Path) -> None:
        """The disk `name` becomes what `copy` holds."""
        engine.dispose()
        for rest in ("-wal", "-shm"):
            (self.folder / f"{name}.db{rest}").unlink(missing_ok=True)
        shutil.copy(copy, self.folder / f"{name}.db")

    def fresh(self) -> Pair:
        """An office that is loaded, and the centre at which it is enrolled."""
        self.put(self.pair.here, "node", self.folder / "node.new")
        self.put(self.pair.there, "centre", self.folder / "centre.new")
        for copy in self.folder.glob("copy*.db"):
            copy.unlink()
        return self.pair


@cache
def disks() -> Disks:
    """Made once."""
    made = Disks()
    atexit.register(shutil.rmtree, made.folder, ignore_errors=True)
    return made


def furnish_centre(session: Session) -> None:
    """The office's row, as the centre has it before the first event; its queues come with the events."""
    from kiosk.core.office import Office

    session.add(Office(office_id="kaltim", name="Dinas", short_name="DPMPTSP", region="Kaltim", zone="Asia/Makassar"))


class Line:
    """Between node and centre: loses, doubles and delays. `late` messages arrive again at any later time."""

    def __init__(self, pair: Pair) -> None:
        self.pair, self.fault, self.kept = pair, "fine", []

    def __call__(self, request: Request) -> Reply:
        fault, self.fault = self.fault, "fine"
        if fault == "request lost":
            raise ConnectionError(fault)
        reply = self.pair.desk.answer(request)
        if fault == "doubled":
            reply = self.pair.desk.answer(request)
        if fault in {"reply lost", "late"}:
            self.kept.append(request)
            raise ConnectionError(fault)
        return reply


def rows(engine: Engine) -> dict[str, list[dict[str, Any]]]:
    """What the rooms' tables hold, in an order of its own."""
    with engine.connect() as connection:
        read = {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in ROWS}
    return {name: sorted(part, key=lambda row: json.dumps(row, default=str, sort_keys=True)) for name, part in read.items()}


class Office(RuleBasedStateMachine):
    """Every committed event is noted, and forgotten only when its disk is; every number and every head that people saw is kept."""

    copies = Bundle("copies")
    visits = Bundle("visits")

    @initialize()
    def begin(self) -> None:
        self.pair = disks().fresh()
        self.folder = disks().folder
        self.line = Line(self.pair)
        self.hall = Hall(self.pair.here)
        self.number = 0
        self.shown: dict[str, str] = {}  # number -> visit, of all that anybody was ever given
        self.heads: dict[tuple[int, int], str] = {}  # as the node signed them
        self.knows = True  # whether the node can know what it issued
        self.pair.link = Link(self.pair.here, self.pair.identity, self.line, clock=lambda: NOW)
        self.ever = set(self.here())
        self.note_head()

    def here(self) -> list[str]:
        with self.pair.here.connect() as connection:
            return list(connection.exec_driver_sql("SELECT event_id FROM outbox_event").scalars())

    def held(self) -> list[str]:
        with self.pair.there.connect() as connection:
            return list(connection.exec_driver_sql("SELECT event_id FROM centre_event").scalars())

    def head(self) -> Head:
        with self.pair.here.connect() as connection:
            return reading.head_of(connection, "kaltim")

    def note_head(self) -> None:
        """A device keeps the head that it is told; the node never signs another for the same place once it knows better."""
        head = self.head()
        known = self.heads.setdefault((head.epoch, head.seq), head.hash)
        assert known == head.hash or not self.knows, f"two heads at {head.epoch}.{head.seq}"

    def happened(self) -> None:
        self.ever |= set(self.here())
        self.note_head()

    def highest(self) -> int:
        return max(epoch for epoch, _ in self.heads)

    @rule(target=visits, queue=st.sampled_from("AAB"))
    def take(self, queue: str) -> str:
        taken = self.hall.take(queue)
        known = self.shown.setdefault(taken.number, taken.id)
        assert known == taken.id or not self.knows, f"{taken.number} was given twice"
        self.happened()
        return taken.id

    @rule(counter=st.sampled_from("123"), visit=visits, step=st.sampled_from(STEPS), queue=st.sampled_from("ABCD"))
    def step(self, counter: str, visit: str, step: str, queue: str) -> None:
        more = {"queue": queue} if step == "transfer" else {}
        try:
            self.hall.step(step, counter, None if step == "call_next" else visit, **more)
        except KioskError:
            return
        self.happened()

    @rule(counter=st.sampled_from("123"))
    def serve(self, counter: str) -> None:
        """A visit from call to end: random steps seldom get so far."""
        try:
            visit = self.hall.step("call_next", counter)
            for step in ("start", "finish") if visit else ():
                self.hall.step(step, counter, visit["id"])
        except KioskError:
            pass
        self.happened()

    @rule(minutes=st.sampled_from([-40, -1, 5]))
    def clock(self, minutes: int) -> None:
        self.hall.now += timedelta(minutes=minutes)
        if self.hall.now < NOW - timedelta(hours=1):
            self.hall.now = NOW

    @rule(fault=st.sampled_from(FAULTS))
    def speak(self, fault: str) -> None:
        """One round as the worker does it; whatever goes wrong, the next one goes on."""
        try:
            standing = self.pair.link.hello(backlog=0)
            verdict = self.pair.link.verdict(standing)
            self.line.fault = fault
            if verdict == Verdict.CURRENT:
                self.pair.link.send(standing.cursor)
                return
            agreed, pulled = self.pair.link.fetch(standing)  # (of two computers a person has put one away)
            self.take_back(agreed, pulled, standing.cursor)
        except (ConnectionError, Refused, BadSignature):
            pass

    def take_back(self, agreed: Head, pulled: Any, cursor: Head) -> None:
        own = self.head().epoch
        with Session(self.pair.here) as session:
            rejoin(session, office_id="kaltim", agreed=agreed, pulled=pulled, cursor=cursor, at=self.hall.now)
            session.commit()
        self.knows = self.knows or max(own, cursor.epoch) >= self.highest()
        self.happened()

    @rule(data=st.data())
    def a_device_shows_a_head(self, data: st.DataObject) -> None:
        epoch, seq = data.draw(st.sampled_from([max(self.heads), *self.heads]))
        with Session(self.pair.here) as session:
            drawn = draw_epoch(session, office_id="kaltim", at=self.hall.now, beyond=Head(epoch, seq, self.heads[epoch, seq]))
            session.commit()
        self.knows = self.knows or (drawn is not None and epoch == self.highest())
        self.happened()

    @rule()
    def project(self) -> None:
        projector.catch_up(self.pair.there, "kaltim")

    @rule(data=st.data())
    def an_old_message_arrives_again(self, data: st.DataObject) -> None:
        if self.line.kept:
            self.pair.desk.answer(data.draw(st.sampled_from(self.line.kept)))

    @rule(target=copies)
    def back_up(self) -> Path:
        self.number += 1
        copy = self.folder / f"copy{self.number}.db"
        with self.pair.here.connect() as connection:
            connection.exec_driver_sql("COMMIT")
            connection.exec_driver_sql(f"VACUUM INTO '{copy}'")
            connection.exec_driver_sql("BEGIN")
        return copy

    @rule(copy=copies)
    def restore(self, copy: Path) -> None:
        """The disk is gone, and with it what nobody else had."""
        disks().put(self.pair.here, "node", copy)
        self.knows = False
        self.ever = set(self.here()) | set(self.held())

    @rule(sent=st.booleans(), lost=st.integers(0, 3))
    def the_disk_dies(self, sent: bool, lost: int) -> None:
        """A backup, work that the centre may have, work that nobody has, and the backup again: what all this is about."""
        copy = self.back_up()
        self.take("A")
        if sent:
            self.serve("1")
            self.speak("fine")
        for _ in range(lost):
            self.take("A")
        self.restore(copy)

    @invariant()
    def nothing_is_there_twice(self) -> None:
        if hasattr(self, "pair"):
            here = self.here()
            assert len(here) == len(set(here))
            assert set(self.held()) <= self.ever

    def heal(self) -> None:
        """Until everything is there: a rewound node needs a round more."""
        while True:
            before = self.held()
            self.speak("fine")
            self.speak("fine")
            if self.held() == before:
                break

    def teardown(self) -> None:
        if not hasattr(self, "pair"):
            return
        self.line.fault = "fine"
        self.heal()
        assert set(self.held()) == set(self.here()) == self.ever
        assert len(self.held()) == len(self.ever)
        assert is_whole(self.pair)
        projector.catch_up(self.pair.there, "kaltim")
        assert not list(self.left_over())
        mine = rows(self.pair.here)
        assert rows(self.pair.there) == mine
        assert self.finished() <= {row["id"] for row in mine["ticket"] if row["status"] == "done"}

    def finished(self) -> set[str]:
        """Visits of which somebody said that they are over; nothing that a restored node did later makes them open again."""
        with self.pair.here.connect() as connection:
            read = connection.exec_driver_sql("SELECT body FROM outbox_event WHERE kind = 'ticket.finished'")
            return {json.loads(body)["id"] for body in read.scalars()}

    def left_over(self) -> Iterator[Any]:
        with self.pair.there.connect() as connection:
            yield from connection.execute(select(projector.UNAPPLIED)).all()
        with self.pair.here.connect() as connection:
            from kiosk.sync.applying import TABLE

            yield from connection.execute(select(TABLE)).all()


# Not shrunk: each step is a commit, so looking for the shortest story takes minutes. The one that failed is printed whole.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)


def runs(count: int, steps: int, **more: Any) -> settings:
    """How long the machine runs."""
    checks = list(HealthCheck)
    more = {"report_multiple_bugs": False, **more}
    return settings(max_examples=count, stateful_step_count=steps, deadline=None, phases=UNSHRUNK, suppress_health_check=checks, **more)
