"""The counter of an officer: what is seen there and what can be done. Its page is drawn in `queues/desk`."""

import asyncio
from collections.abc import Callable
from typing import Any

import reflex as rx

from kiosk.core.errors import KioskError
from kiosk.core.runtime import runtime
from kiosk.queues import calling, picture
from kiosk.queues.board import board
from kiosk.queues.counter import lines
from kiosk.queues.errors import CounterUnknown
from kiosk.staff import sessions
from kiosk.staff.guard import require_role, session_of
from kiosk.staff.rules import COUNTER

STEPS = {"start": calling.start, "finish": calling.finish, "call-again": calling.call_again, "no-show": calling.mark_no_show}


class CounterState(rx.State):
    """What the officer of this session sees. Which counter that is stands in the session on the server, not here.

    `turn` counts what was done: a button sends the one it was drawn with, so that a second press, or one that waited for the
    connection, does nothing.
    """

    ready: bool = False
    turn: int = 0
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    counters: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    counter: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    visit: rx.Field[dict[str, str]] = rx.field(default_factory=dict)
    waiting: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    waiting_count: int = 0
    absent: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    targets: rx.Field[list[dict[str, str]]] = rx.field(default_factory=list)
    sums: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @require_role(*COUNTER, looking=True)
    async def refresh(self) -> None:
        """Something changed in the queues."""
        await self._load()

    @rx.event
    @require_role(*COUNTER)
    async def pick_counter(self, code: str) -> None:
        """The officer sits down."""
        node = runtime()
        with node.reading() as session:
            known = {one["code"] for one in picture.list_counters(session, office_id=node.office_id)}
        who = session_of(self)
        if who is not None and code in known:
            await sessions.sit_at(who, code)
            self.problem = {}
        else:
            self._tell(CounterUnknown(counter=code))
        await self._load()

    @rx.event
    @require_role(*COUNTER)
    async def leave_counter(self) -> None:
        """The officer goes to another counter."""
        if (who := session_of(self)) is not None:
            await sessions.sit_at(who, None)
        self.problem = {}
        await self._load()

    @rx.event
    @require_role(*COUNTER)
    async def call_next(self, turn: int) -> None:
        """Call who waits longest."""
        await self._do(turn, calling.call_next)

    @rx.event
    @require_role(*COUNTER)
    async def step(self, turn: int, name: str) -> None:
        """One of `STEPS` for the visitor at this counter."""
        if name in STEPS:
            await self._do(turn, STEPS[name], ticket_id=self.visit.get("id", ""))

    @rx.event
    @require_role(*COUNTER)
    async def transfer(self, turn: int, queue: str) -> None:
        """Send the visit to another queue."""
        await self._do(turn, calling.transfer, ticket_id=self.visit.get("id", ""), queue=queue)

    @rx.event
    @require_role(*COUNTER)
    async def recall(self, turn: int, ticket_id: str) -> None:
        """Call somebody who was absent today."""
        await self._do(turn, calling.recall, ticket_id=ticket_id)

    async def _do(self, turn: int, step: Callable[..., Any], **words: str) -> None:
        node, who = runtime(), session_of(self)
        if turn != self.turn or who is None:
            return
        self.turn += 1
        given = {"office_id": node.office_id, "counter": who.counter or "", "actor": who.actor, "now": node.now()}
        try:
            await node.writer.submit(lambda session: step(session, **given, **words))
        except KioskError as refused:
            self._tell(refused)
        else:
            self.problem = {}
            board().changed()
        await self._load()

    def _tell(self, refused: KioskError) -> None:
        self.problem = refused.in_both()

    async def _load(self) -> None:
        node, who = runtime(), session_of(self)
        code, now = who.counter if who else None, node.now()

        def read() -> tuple[list[dict[str, Any]], dict[str, Any] | None]:
            with node.reading() as session:
                counters = picture.list_counters(session, office_id=node.office_id)
                known = code in {one["code"] for one in counters}
                return counters, picture.desk(session, office_id=node.office_id, counter=code, now=now) if code and known else None

        counters, found = await asyncio.to_thread(read)
        self.counters = [_counter(one) for one in counters]
        self.counter = _counter(found["counter"]) if found else {}
        self.ready = True
        if found is None:
            return
        self.visit = lines.visit(found["current"], found["zone"], now)
        self.waiting, self.waiting_count = lines.line(found["waiting"], now), found["waiting_count"]
        self.absent = lines.line(found["absent"], now)
        self.targets = lines.targets(found["queues"], self.visit["queue"])
        self.sums = {name: "-" if value is None else str(value).replace(".", ",") for name, value in found["today"].items()}


def _counter(row: dict[str, Any]) -> dict[str, str]:
    return {"code": row["code"], "name": row["name"], "name_en": row["name_en"], "queues": " ".join(row["queues"])}
