"""The panel on the admin's page: what was kept aside, settled with a note; what is settled is folded away."""

import asyncio
from typing import Any

import reflex as rx
from sqlmodel import select

from kiosk.core import office
from kiosk.core.errors import KioskError
from kiosk.core.runtime import runtime
from kiosk.devices import service, settling, texts
from kiosk.staff.aside.lines import Aside, aside
from kiosk.staff.guard import require_role, session_of
from kiosk.staff.model import Account
from kiosk.ui.notes import problem_note
from kiosk.ui.words import t


class AsideState(rx.State):
    """What was kept aside; empty until an admin asks."""

    waiting: rx.Field[list[Aside]] = rx.field(default_factory=list)
    settled: rx.Field[list[Aside]] = rx.field(default_factory=list)
    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @require_role("admin", looking=True)
    async def load(self) -> None:
        """Read what is open, and what was settled."""
        await self._load()

    @rx.event
    @require_role("admin")
    async def settle(self, form: dict[str, Any]) -> None:
        """Write down what was done about the entry that the form names."""
        who = session_of(self)
        if who is None:
            return
        node = runtime()
        entry_id, content, note = (str(form.get(field, ""))[:2000] for field in ("entry", "content", "note"))
        facts = {"office_id": node.office_id, "entry_id": entry_id, "content_hash": content, "note": note}
        try:
            await node.writer.submit(lambda session: settling.settle(session, **facts, at=node.now(), actor=who.actor))
        except KioskError as refused:
            self.problem = refused.in_both()
        else:
            self.problem = {}
        await self._load()

    async def _load(self) -> None:
        self.waiting, self.settled = await asyncio.to_thread(_read)


def _read() -> tuple[list[Aside], list[Aside]]:
    node = runtime()
    with node.reading() as session:
        zone = office.get(session, node.office_id).zone
        lanes = {row.id: row.lane for row in service.list_devices(session, node.office_id)}
        people = {row.id: row.name for row in session.exec(select(Account).where(Account.office_id == node.office_id))}
        kept = (settling.list_aside(session, node.office_id, settled=settled) for settled in (False, True))
        waiting, settled = ([aside(entry, lanes=lanes, people=people, zone=zone) for entry in entries] for entries in kept)
    return waiting, settled


def _heads(*words: str) -> rx.Component:
    return rx.el.thead(rx.el.tr(*(rx.el.th(t(word), scope="col") for word in words)))


def _form(one: Any) -> rx.Component:
    """Two touches: the first opens, the second does it."""
    note = rx.el.label(
        t(texts.NOTE),
        rx.el.input(name="note", type="text", required=True, max_length=settling.NOTE_MOST, auto_complete="off"),
        rx.el.span(t(texts.NOTE_HELP), class_name="t2"),
        class_name="field",
    )
    return rx.el.details(
        rx.el.summary(t(texts.SETTLE), class_name="btn quiet"),
        rx.el.form(
            rx.el.input(type="hidden", name="entry", value=one.entry_id, read_only=True),
            rx.el.input(type="hidden", name="content", value=one.content, read_only=True),
            note,
            rx.el.button(t(texts.SETTLE_SURE), type="submit", class_name="btn primary"),
            on_submit=AsideState.settle,
            class_name="devices-form",
        ),
        custom_attrs={"data-settle": one.about},
    )


def _row(one: Any) -> rx.Component:
    cells = (one.at, one.lane, one.about, one.kind, one.code, _form(one))
    return rx.el.tr(*(rx.el.td(cell) for cell in cells), key=f"{one.entry_id}{one.content}", custom_attrs={"data-aside": one.about})


def _settled_row(one: Any) -> rx.Component:
    cells = (one.at, one.lane, one.about, one.kind, one.code, one.settled, one.by, one.note)
    return rx.el.tr(*(rx.el.td(cell) for cell in cells), key=f"{one.entry_id}{one.content}", custom_attrs={"data-settled": one.about})


def aside_panel() -> rx.Component:
    """Below the devices; nothing where nothing was ever kept aside."""
    state = AsideState
    facts = (texts.WHEN, texts.LANE, texts.ABOUT, texts.KIND_OF, texts.CODE)
    table = rx.el.table(_heads(*facts, texts.SETTLE), rx.el.tbody(rx.foreach(state.waiting, _row)))
    words = (rx.el.h2(t(texts.ASIDE)), rx.el.p(t(texts.ASIDE_LEAD), class_name="t2"))
    waiting = rx.el.section(*words, table, class_name="panel devices-aside")
    done = rx.el.table(_heads(*facts, texts.SETTLED_AT, texts.SETTLED_BY, texts.NOTE), rx.el.tbody(rx.foreach(state.settled, _settled_row)))
    count = rx.el.span("(", state.settled.length(), ")")
    folded = rx.el.details(rx.el.summary(t(texts.SETTLED), " ", count), done, class_name="panel devices-gone devices-settled")
    return rx.fragment(
        problem_note(AsideState.problem, "aside-problem"),
        rx.cond(state.waiting.length() > 0, waiting),
        rx.cond(state.settled.length() > 0, folded),
    )
