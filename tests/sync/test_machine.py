"""Whatever the line does and whenever a backup comes back: what happened reaches the centre once, and the chain stays whole."""

import shutil
import tempfile
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select
from sqlmodel import Session

from kiosk.core.db import open_engine
from kiosk.sync.link import Link, Refused
from kiosk.sync.outbox import EVENTS
from kiosk.sync.rejoin import rejoin
from kiosk.sync.rules import Verdict
from kiosk.sync.signing import BadSignature, Reply, Request
from tests.sync.pair import NOW, Pair
from tests.sync.test_rejoin import is_whole

FAULTS = ("fine", "request lost", "reply lost", "doubled", "late")


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


class Office(RuleBasedStateMachine):
    """One office and its centre; every committed event is noted, and forgotten only when its disk is."""

    copies = Bundle("copies")

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="kiosk-sync-"))
        self.pair = Pair(self.folder)
        self.line = Line(self.pair)
        self.ever: set[str] = set()
        self.number = 0
        self.dial()

    def dial(self) -> None:
        self.pair.link = Link(self.pair.here, self.pair.identity, self.line, clock=lambda: NOW)

    def here(self) -> list[str]:
        with self.pair.here.connect() as connection:
            return list(connection.execute(select(EVENTS.c.event_id).order_by(EVENTS.c.epoch, EVENTS.c.seq)).scalars())

    @rule(count=st.integers(1, 12))
    def happens(self, count: int) -> None:
        self.pair.happen(count)
        self.ever |= set(self.here())

    @rule(fault=st.sampled_from(FAULTS))
    def speak(self, fault: str) -> None:
        """One round as the worker does it; whatever goes wrong, the next one goes on."""
        try:
            standing = self.pair.link.hello(backlog=0)
            if self.pair.link.verdict(standing) == Verdict.REWOUND:
                self.line.fault = fault
                agreed, pulled = self.pair.link.fetch(standing)
                with Session(self.pair.here) as session:
                    rejoin(session, office_id="kaltim", agreed=agreed, pulled=pulled, cursor=standing.cursor)
                    session.commit()
            else:
                self.line.fault = fault
                self.pair.link.send(standing.cursor)
        except (ConnectionError, Refused, BadSignature):
            pass

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
        self.number += 1
        self.pair.here.dispose()
        shutil.copy(copy, self.folder / f"node{self.number}.db")
        self.pair.here = open_engine(self.folder / f"node{self.number}.db", writing=True)
        self.dial()
        self.ever = set(self.here()) | set(self.pair.held())

    @invariant()
    def nothing_is_there_twice(self) -> None:
        if hasattr(self, "pair"):
            assert len(self.here()) == len(set(self.here()))
            assert set(self.pair.held()) <= self.ever

    def teardown(self) -> None:
        if not hasattr(self, "pair"):
            return
        self.line.fault = "fine"
        while True:  # until everything is there: a rewound node needs a round more
            before = self.pair.held()
            self.speak("fine")
            self.speak("fine")
            if self.pair.held() == before:
                break
        assert set(self.pair.held()) == set(self.here()) == self.ever
        assert len(self.pair.held()) == len(self.ever)
        assert is_whole(self.pair)
        self.pair.here.dispose()
        self.pair.there.dispose()
        shutil.rmtree(self.folder)


TestOffice = Office.TestCase
TestOffice.settings = settings(max_examples=60, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck))
