"""The page at `/dugaan`: letters that somebody takes for forged, and what was done about each."""

import asyncio
from dataclasses import dataclass
from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors
from sqlmodel import select

from kiosk.core import office
from kiosk.core.actors import read_actor
from kiosk.core.clock import local
from kiosk.core.errors import KioskError
from kiosk.core.runtime import runtime
from kiosk.letters.later import suspicions, texts
from kiosk.letters.later.model import Suspicion
from kiosk.staff.guard import require_role, session_of
from kiosk.staff.model import Account
from kiosk.staff.rules import HANDLE_SUSPICIONS, SUSPICIONS
from kiosk.staff.screen import holds_any, staff_bar
from kiosk.ui.icons import icon
from kiosk.ui.notes import cut_off_note, problem_note
from kiosk.ui.paging import ways
from kiosk.ui.shell import STAFF, frame
from kiosk.ui.words import t

PATH = "/dugaan"


@dataclass
class Line:
    """A report as the page shows it: moments on the office's clock, people by name, `done` once it was handled."""

    id: str = ""
    reference: str = ""
    at: str = ""
    verdict: str = ""
    scope: str = ""
    number: str = ""
    text: str = ""
    note: str = ""
    done: str = ""
    by: str = ""
    outcome: str = ""


def _line(row: Suspicion, people: dict[str, str], zone: str) -> Line:
    actor = read_actor(row.handled_by)
    by = people.get(actor.account, actor.account[:8]) if actor.account else actor.kind
    facts = {name: getattr(row, name) for name in ("id", "reference", "verdict", "scope", "number", "text", "note", "outcome")}
    return Line(**facts, at=local(row.at, zone), done=local(row.handled_at, zone), by=by)


def _read(before: tuple[str, str] | None) -> tuple[list[Line], bool, tuple[str, str] | None]:
    node = runtime()
    with node.reading() as session:
        zone = office.get(session, node.office_id).zone
        people = {row.id: row.name for row in session.exec(select(Account).where(Account.office_id == node.office_id))}
        rows, more = suspicions.page(session, node.office_id, before=before)
        return [_line(row, people, zone) for row in rows], more, (rows[-1].at, rows[-1].id) if rows else None


class SuspicionsState(rx.State):
    """The reports that are shown; empty until somebody who may has asked."""

    ready: bool = False
    rows: rx.Field[list[Line]] = rx.field(default_factory=list)
    more: bool = False
    older_shown: bool = False
    _before: tuple[str, str] | None = None
    _end: tuple[str, str] | None = None

    @rx.event
    @require_role(*SUSPICIONS, looking=True)
    async def load(self) -> None:
        """The newest reports."""
        await self._show(None)

    @rx.event
    @require_role(*SUSPICIONS, looking=True)
    async def again(self) -> None:
        """The same page once more: something on it changed."""
        await self._show(self._before)

    @rx.event
    @require_role(*SUSPICIONS)
    async def older(self) -> None:
        """The reports before those that are shown."""
        if self._end is not None and self.more:
            await self._show(self._end)

    @rx.event
    @require_role(*SUSPICIONS)
    async def newest(self) -> None:
        """Back to the newest."""
        await self._show(None)

    async def _show(self, before: tuple[str, str] | None) -> None:
        self.rows, self.more, self._end = await asyncio.to_thread(_read, before)
        self._before, self.older_shown, self.ready = before, before is not None, True


class HandleSuspicionState(rx.State):
    """Somebody writes down what was done about a report."""

    problem: rx.Field[dict[str, str]] = rx.field(default_factory=dict)

    @rx.event
    @require_role(*HANDLE_SUSPICIONS)
    async def handle(self, form: dict[str, Any]) -> Any:
        """Close the report that the form names."""
        who, node = session_of(self), runtime()
        if who is None:
            return None
        suspicion_id, outcome = (str(form.get(name, ""))[:2000] for name in ("suspicion", "outcome"))
        facts = {"office_id": node.office_id, "suspicion_id": suspicion_id, "outcome": outcome}
        try:
            await node.writer.submit(lambda session: suspicions.handle(session, **facts, at=node.now(), actor=who.actor))
        except KioskError as refused:
            self.problem = refused.in_both()
        else:
            self.problem = {}
        return SuspicionsState.again


def _form(one: Any) -> rx.Component:
    """Two touches: the first opens, the second does it."""
    field = rx.el.label(
        rx.el.span(t(texts.OUTCOME)),
        rx.el.textarea(name="outcome", rows="3", required=True, max_length=suspicions.OUTCOME_MOST),
        rx.el.span(t(texts.OUTCOME_HELP), class_name="t2"),
        class_name="dugaan-field",
    )
    hidden = rx.el.input(type="hidden", name="suspicion", value=one.id, read_only=True)
    sure = rx.el.button(t(texts.HANDLE_SURE), type="submit", class_name="btn primary")
    form = rx.el.form(hidden, field, sure, on_submit=HandleSuspicionState.handle, class_name="dugaan-form")
    return rx.el.details(rx.el.summary(t(texts.HANDLE), class_name="btn quiet"), form, custom_attrs={"data-handle": one.reference})


def _fact(word: str, value: Any, name: str) -> rx.Component:
    """What somebody typed, as they typed it, and nothing that can be touched: it may be the address of a forger."""
    return rx.cond(value != "", rx.el.div(rx.el.dt(t(word)), rx.el.dd(value), class_name=f"dugaan-{name}"))


def _card(one: Any) -> rx.Component:
    open_ = rx.el.span(icon("warning"), t(texts.OPEN), class_name="badge warn")
    done = rx.el.span(icon("check"), t(texts.HANDLED), class_name="badge ok")
    reference = rx.el.b(one.reference, class_name="num dugaan-reference")
    state = rx.cond(one.done == "", open_, done)
    head = rx.el.div(reference, rx.el.span(one.at, class_name="t2"), state, class_name="dugaan-head")
    verdict = rx.match(one.verdict, *((key, t(word)) for key, word in texts.VERDICTS.items()), rx.fragment(one.verdict))
    scope = rx.match(one.scope, *((key, t(word)) for key, word in texts.SCOPES.items()), rx.fragment(one.scope))
    said = rx.el.p(t(texts.THE_CHECK), ": ", rx.el.b(verdict), " (", scope, ")")
    nothing = rx.cond(one.number + one.text + one.note == "", rx.el.p(t(texts.NOT_SAID), class_name="t2"))
    facts = (_fact(texts.NUMBER, one.number, "number"), _fact(texts.NOTE, one.note, "note"), _fact(texts.CODE, one.text, "text"))
    outcome = rx.el.p(rx.el.b(t(texts.OUTCOME), ": "), one.outcome, rx.el.span(" · ", one.by, ", ", one.done, class_name="t2"))
    below = rx.cond(one.done == "", rx.cond(holds_any(HANDLE_SUSPICIONS), _form(one)), outcome)
    attributes = {"data-suspicion": one.reference}
    return rx.el.li(head, said, rx.el.dl(*facts), nothing, below, key=one.id, class_name="panel dugaan-card", custom_attrs=attributes)


def suspicions_page() -> rx.Component:
    """The page at `/dugaan`."""
    listed = rx.fragment(rx.el.ul(rx.foreach(SuspicionsState.rows, _card), class_name="dugaan-list"), ways(SuspicionsState))
    nothing = rx.el.p(t(texts.NOTHING), class_name="panel dugaan-nothing", role="status")
    desk = rx.el.fieldset(
        rx.el.div(rx.el.h1(t(texts.TITLE)), class_name="desk-bar"),
        rx.el.p(t(texts.LEAD), class_name="t2"),
        cut_off_note(),
        problem_note(HandleSuspicionState.problem, "dugaan-problem"),
        rx.cond(SuspicionsState.ready, rx.cond(SuspicionsState.rows.length() > 0, listed, nothing)),
        class_name="desk dugaan",
        disabled=has_connection_errors,
        on_mount=SuspicionsState.load,
    )
    return frame(desk, surface=STAFF, hero=staff_bar(PATH), name="dugaan-page")
