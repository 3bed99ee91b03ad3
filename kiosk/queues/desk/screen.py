"""The page at an officer's counter."""

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from kiosk.queues import texts
from kiosk.queues.counter.screen import CounterState
from kiosk.staff.guard import SWITCH
from kiosk.staff.screen import staff_bar
from kiosk.ui.icons import icon
from kiosk.ui.importable import importable
from kiosk.ui.notes import cut_off_note, problem_note
from kiosk.ui.shell import STAFF, frame, link
from kiosk.ui.words import t, two


class Watch(rx.NoSSRComponent):
    """Around the officer's page: news, F2, and a lock while the node is not there."""

    library = importable("queues", "watch.jsx")
    tag = "Watch"
    cut: rx.Var[bool]
    on_change: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


def _sign(code: Any) -> rx.Component:
    return rx.el.span(code, class_name=f"lane sm {code}", aria_hidden="true")


def _number(number: Any) -> rx.Component:
    return rx.el.span(number, class_name="num")


def _given(handler: Any, *words: Any) -> Any:
    """A handler with its arguments; mypy takes a decorated one for something that cannot be called."""
    return handler(*words)


def _fired(handler: Any, *words: Any) -> Any:
    """A handler that is told the turn for which its button was drawn."""
    return _given(handler, CounterState.turn, *words)


def _act(message: str, name: str, on_click: Any, *, when: Any = None, look: str = "") -> rx.Component:
    shut = False if when is None else ~when
    attributes = {"data-do": name}
    return rx.el.button(
        t(message), type="button", class_name=f"btn {look}".strip(), disabled=shut, on_click=on_click, custom_attrs=attributes
    )


def _step(message: str, name: str, status: str, look: str = "") -> rx.Component:
    visit: Any = CounterState.visit
    return _act(message, name, _fired(CounterState.step, name), when=visit["status"] == status, look=look)


def _fact(label: str, *value: Any) -> rx.Component:
    return rx.el.div(rx.el.dt(t(label)), rx.el.dd(*value))


def _current() -> rx.Component:
    visit: Any = CounterState.visit
    facts = rx.el.dl(
        _fact(texts.CAME, visit["came"]),
        _fact(texts.WAITED, visit["waited"], " ", t(texts.MIN)),
        _fact(texts.WAS_CALLED, visit["called"], ", ", visit["calls"], " ", t(texts.TIMES)),
        class_name="desk-facts",
    )
    status = rx.el.b(rx.cond(visit["status"] == "serving", t(texts.SERVING), t(texts.CALLED)), class_name="desk-status")
    head = rx.el.p(_sign(visit["queue"]), status, class_name="row")
    number = rx.el.p(visit["number"], class_name="num desk-number", custom_attrs={"data-current": visit["number"]})
    nobody = rx.el.p(t(texts.NOBODY_HERE), class_name="desk-nobody t2")
    return rx.cond(visit["number"] != "", rx.el.div(head, number, facts), nobody)


def _buttons() -> rx.Component:
    state: Any = CounterState
    status = state.visit["status"]
    following = rx.cond(
        state.waiting_count > 0,
        rx.el.p(rx.el.span(t(texts.NEXT), class_name="t2"), _number(state.waiting[0]["number"]), class_name="row desk-next"),
        rx.el.p(t(texts.NOBODY_WAITS), class_name="t2 desk-next"),
    )
    call = rx.el.button(
        t(texts.CALL_NEXT),
        rx.el.kbd("F2"),
        type="button",
        class_name="btn start desk-call",
        disabled=(status != "") | (state.waiting_count == 0),
        on_click=_fired(state.call_next),
        custom_attrs={"data-do": "call-next"},
    )
    send = rx.el.details(
        rx.el.summary(icon("arrow-bend-down-right"), rx.el.span(t(texts.TRANSFER)), class_name="btn"),
        rx.el.div(rx.foreach(state.targets, _target), class_name="desk-targets"),
        class_name="desk-transfer",
    )
    return rx.el.div(
        following,
        call,
        rx.el.div(
            _step(texts.START, "start", "called", "primary"),
            _step(texts.FINISH, "finish", "serving", "primary mirror"),
            _step(texts.CALL_AGAIN, "call-again", "called"),
            _step(texts.NO_SHOW, "no-show", "called", "mirror"),
            class_name="desk-buttons",
        ),
        rx.cond(status != "", send),
        class_name="desk-actions",
    )


def _target(queue: Any) -> rx.Component:
    return rx.el.button(
        _sign(queue["code"]),
        rx.el.span(two(queue["name"], queue["name_en"])),
        type="button",
        class_name="btn",
        on_click=_fired(CounterState.transfer, queue["code"]),
        custom_attrs={"data-transfer": queue["code"]},
    )


def _waiting_row(one: Any) -> rx.Component:
    waited = rx.el.td(one["minutes"], " ", t(texts.MIN), class_name="r nw")
    return rx.el.tr(rx.el.td(_sign(one["queue"])), rx.el.td(_number(one["number"])), waited)


def _waiting() -> rx.Component:
    count = rx.el.span(CounterState.waiting_count, class_name="num", id="waiting-count")
    head = rx.el.tr(rx.el.th(t(texts.QUEUE)), rx.el.th(t(texts.NUMBER)), rx.el.th(t(texts.WAITED), class_name="r"))
    table = rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(CounterState.waiting, _waiting_row)))
    title = rx.el.div(rx.el.h2(t(texts.LINE)), count, class_name="desk-head")
    return rx.el.section(title, rx.cond(CounterState.waiting_count > 0, table), class_name="panel")


def _absent_row(one: Any) -> rx.Component:
    visit: Any = CounterState.visit
    free = visit["status"] == ""
    back = _act(texts.RECALL, "recall", _fired(CounterState.recall, one["id"]), when=free)
    return rx.el.li(_sign(one["queue"]), _number(one["number"]), back)


def _absent() -> rx.Component:
    people = rx.el.ul(rx.foreach(CounterState.absent, _absent_row))
    return rx.cond(CounterState.absent.length() > 0, rx.el.section(rx.el.h2(t(texts.ABSENT)), people, class_name="panel desk-absent"))


def _today() -> rx.Component:
    sums: Any = CounterState.sums
    parts = (("served", texts.SERVED), ("minutes", texts.MINUTES), ("absent", texts.MISSED))
    figures = (rx.el.div(rx.el.dt(t(word)), rx.el.dd(sums[name], class_name="num")) for name, word in parts)
    return rx.el.section(rx.el.h2(t(texts.TODAY)), rx.el.dl(*figures, class_name="desk-sums"), class_name="panel desk-today")


def _at_counter() -> rx.Component:
    left = rx.el.section(_current(), problem_note(CounterState.problem), _buttons(), class_name="panel desk-visit")
    return rx.el.div(left, rx.el.div(_waiting(), _absent(), _today(), class_name="desk-side"), class_name="desk-columns")


def _one_counter(counter: Any) -> rx.Component:
    return rx.el.button(
        rx.el.b(two(counter["name"], counter["name_en"])),
        rx.el.span(counter["queues"], class_name="t2"),
        type="button",
        class_name="tile",
        on_click=_given(CounterState.pick_counter, counter["code"]),
        custom_attrs={"data-counter": counter["code"]},
    )


def _pick() -> rx.Component:
    counters = rx.el.div(rx.foreach(CounterState.counters, _one_counter), class_name="desk-pick")
    return rx.el.div(rx.el.h2(t(texts.PICK)), problem_note(CounterState.problem), counters)


def _bar() -> rx.Component:
    mine: Any = CounterState.counter
    change = _act(texts.CHANGE, "change", CounterState.leave_counter, look="quiet")
    switch = link(icon("user"), t(texts.SWITCH), to=SWITCH, class_name="btn quiet", custom_attrs={"data-do": "switch"})
    named = rx.fragment(rx.el.h1(two(mine["name"], mine["name_en"])), rx.el.span(mine["queues"], class_name="t2"), switch, change)
    return rx.el.div(rx.cond(mine.length() > 0, named, rx.el.h1(t(texts.DESK_TITLE))), class_name="desk-bar")


def counter_page(*news: rx.Component) -> rx.Component:
    """The page at `/loket`; `news` stands first on it."""
    page = rx.cond(CounterState.ready, rx.cond(CounterState.counter.length() > 0, _at_counter(), _pick()))
    watched = Watch.create(_bar(), cut_off_note(), page, cut=has_connection_errors, on_change=CounterState.refresh)
    return frame(*news, watched, surface=STAFF, hero=staff_bar("/loket"), name="queue-desk")
