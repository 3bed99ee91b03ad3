"""Whatever visitors and officers do, in whatever order, on whatever day: the rules of the queue hold."""

import json
import tempfile
from collections import Counter, defaultdict
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, invariant, rule
from sqlmodel import Session, SQLModel, select

from kiosk.core.audit import AuditLink, link_hash
from kiosk.core.chain import GENESIS
from kiosk.core.db import open_engine
from kiosk.core.errors import KioskError
from kiosk.core.ids import new_id
from kiosk.queues.rules import OPEN
from kiosk.sync.outbox import OutboxEvent
from tests.queues.conftest import furnish

COUNTERS, QUEUES = st.sampled_from("123"), st.sampled_from("ABCD")
STEPS = st.sampled_from(["call_again", "start", "finish", "mark_no_show", "recall"])


class Office(RuleBasedStateMachine):
    tickets = Bundle("tickets")

    def __init__(self):
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        engine = open_engine(Path(self.folder.name) / "office.db", writing=True)
        SQLModel.metadata.create_all(engine)
        self.hall = furnish(engine)
        self.accepted, self.numbers, self.codes = 0, {}, set()

    def teardown(self):
        self.hall.engine.dispose()
        self.folder.cleanup()

    def attempt(self, what, *args, **words):
        """One event for a step that was accepted, none for one that was refused."""
        try:
            done = what(*args, **words)
        except KioskError as refused:
            self.codes.add(refused.code)
            return None
        self.accepted += done is not None
        return done

    @rule(target=tickets, queue=QUEUES)
    def take(self, queue):
        ticket_id = new_id()
        taken = self.attempt(self.hall.take, queue, ticket_id)
        if taken is None:
            assert queue == "C"
        else:
            self.numbers[ticket_id] = taken.number
        return ticket_id

    @rule(ticket=tickets, queue=QUEUES)
    def take_again(self, ticket, queue):
        if ticket in self.numbers and queue == self.numbers[ticket][0]:
            assert self.hall.take(queue, ticket).new is False

    @rule(counter=COUNTERS)
    def call_next(self, counter):
        waiting = [t for t in self.hall.tickets() if t.status == "waiting"]
        called = self.attempt(self.hall.step, "call_next", counter)
        if called is not None:
            today = [t for t in waiting if t.business_date == called["business_date"]]
            served = [t for t in today if t.current_queue in {"1": "A", "2": "AB", "3": "CD"}[counter]]
            assert called["id"] == min(served, key=lambda t: t.joined_at).id

    @rule(counter=COUNTERS, ticket=tickets, step=STEPS)
    def any_step(self, counter, ticket, step):
        self.attempt(self.hall.step, step, counter, ticket)

    @rule(counter=COUNTERS, step=STEPS)
    def step_of_the_visitor_who_is_there(self, counter, step):
        """A random ticket is seldom the one at the counter."""
        for ticket in [t for t in self.hall.tickets() if t.counter == counter and t.status in OPEN]:
            self.attempt(self.hall.step, step, counter, ticket.id)

    @rule(counter=COUNTERS)
    def serve_whoever_is_next(self, counter):
        visit = self.attempt(self.hall.step, "call_next", counter)
        for step in ("start", "finish") if visit else ():
            assert self.attempt(self.hall.step, step, counter, visit["id"])

    @rule(counter=COUNTERS, ticket=tickets, queue=QUEUES)
    def transfer(self, counter, ticket, queue):
        self.attempt(self.hall.step, "transfer", counter, ticket, queue=queue)

    @rule(days=st.integers(1, 3))
    def another_day(self, days):
        self.hall.now += timedelta(days=days)

    @invariant()
    def what_is_refused_is_refused_for_a_reason(self):
        assert self.codes <= {"QUEUE-0403", "QUEUE-0409", "TICKET-0404"}

    @invariant()
    def each_lane_counts_from_one_without_holes_or_doubles(self):
        lanes = defaultdict(list)
        for ticket in self.hall.tickets():
            lanes[ticket.queue, ticket.business_date, ticket.lane].append(ticket.serial)
        for serials in lanes.values():
            assert sorted(serials) == list(range(1, len(serials) + 1))

    @invariant()
    def nobody_is_at_two_counters_and_no_counter_has_two(self):
        here = Counter((t.business_date, t.counter) for t in self.hall.tickets() if t.status in OPEN)
        assert all(count == 1 for count in here.values())
        assert all(t.counter is None for t in self.hall.tickets() if t.status == "waiting")

    @invariant()
    def a_visit_keeps_its_number(self):
        for ticket in self.hall.tickets():
            assert self.hall.view(ticket.id).number == self.numbers[ticket.id]

    @invariant()
    def one_event_per_accepted_step_and_the_chain_verifies(self):
        assert len(self.hall.kinds()) == self.accepted
        with Session(self.hall.engine) as session:
            events = {event.event_id: event for event in session.exec(select(OutboxEvent))}
            links = session.exec(select(AuditLink).order_by(AuditLink.seq)).all()
        assert [link.seq for link in links] == list(range(1, len(events) + 1))
        before = GENESIS
        for link in links:
            assert link.previous_hash == before
            assert link.hash == link_hash(before, hashed(events[link.event_id]))
            before = link.hash


def hashed(event):
    return {**event.model_dump(), "body": json.loads(event.body)}


TestOffice = Office.TestCase
# Not shrunk: each step is a commit, so looking for the shortest story takes minutes. The one that failed is printed whole.
UNSHRUNK = (Phase.explicit, Phase.reuse, Phase.generate)
TestOffice.settings = settings(
    max_examples=25, stateful_step_count=25, deadline=None, phases=UNSHRUNK, suppress_health_check=list(HealthCheck)
)
