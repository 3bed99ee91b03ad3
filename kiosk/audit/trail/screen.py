"""The auditor's page: the check of the chain above, what was found below."""

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from kiosk.audit import texts
from kiosk.audit.lines import Line
from kiosk.audit.screen import TrailState
from kiosk.audit.search import LONGEST_WORD, MOST_WORDS
from kiosk.staff.screen import staff_bar
from kiosk.ui.icons import icon
from kiosk.ui.notes import cut_off_note
from kiosk.ui.paging import ways
from kiosk.ui.shell import STAFF, frame
from kiosk.ui.words import t, two


def _field(message: str, name: str, look: str = "", **props: Any) -> rx.Component:
    words = rx.el.span(t(message))
    return rx.el.label(words, rx.el.input(name=name, id=f"trail-{name}", auto_complete="off", **props), class_name=f"trail-field {look}")


def _button(message: str, name: str, icon_name: str, look: str = "", **props: Any) -> rx.Component:
    attributes = {"data-do": name}
    return rx.el.button(icon(icon_name), t(message), class_name=f"btn {look}".strip(), custom_attrs=attributes, **props)


def _note(look: str, icon_name: str, *words: rx.Component, role: str = "status") -> rx.Component:
    return rx.el.div(icon(icon_name), rx.el.div(*words), class_name=f"note {look}", role=role, id=f"trail-{look}")


def _verdict() -> rx.Component:
    head = rx.el.p(TrailState.head, class_name="num trail-head", id="trail-head")
    whole = _note("ok", "check-circle", rx.el.p(rx.el.b(t(texts.WHOLE))), head, rx.el.p(t(texts.KEEP), class_name="t2"))
    places = rx.el.ul(rx.foreach(TrailState.findings, lambda one: rx.el.li(two(one["id"], one["en"]))))
    wrong = _note("bad", "warning-circle", rx.el.p(rx.el.b(t(texts.WRONG))), places, role="alert")
    problem: Any = TrailState.problem
    refused = _note("warn", "warning", rx.el.p(two(problem["id"], problem["en"])), role="alert")
    told = rx.match(TrailState.verdict, ("whole", whole), ("wrong", wrong), rx.fragment())
    return rx.fragment(told, rx.cond(problem.length() > 0, refused))


def _chain() -> rx.Component:
    busy = TrailState.checking
    start = rx.el.button(
        icon("clock-countdown"),
        rx.cond(busy, t(texts.CHECKING), t(texts.CHECK)),
        type="submit",
        class_name="btn primary",
        disabled=busy,
        custom_attrs={"data-do": "check"},
    )
    noted = _field(texts.NOTED, "noted", "wide", max_length=120, placeholder="123: 0123 4567 89ab cdef", spell_check=False)
    form = rx.el.form(noted, start, on_submit=TrailState.check, reset_on_submit=False, class_name="trail-form")
    count = rx.el.p(rx.el.b(TrailState.acts, class_name="num"), " ", t(texts.ACTS), class_name="t2")
    return rx.el.section(rx.el.h2(t(texts.CHAIN)), count, form, _verdict(), class_name="panel trail-chain")


def _search() -> rx.Component:
    longest = MOST_WORDS * (LONGEST_WORD + 1)
    fields = (
        _field(texts.WORDS, "words", "wide", type="search", max_length=longest),
        _field(texts.FIRST, "first", type="date"),
        _field(texts.LAST, "last", type="date"),
    )
    go = _button(texts.SEARCH, "search", "magnifying-glass", "start", type="submit")
    return rx.el.form(*fields, go, on_submit=TrailState.search, reset_on_submit=False, class_name="trail-form", role="search")


def _row(one: Line) -> rx.Component:
    said = rx.el.pre(one.body)
    about = rx.el.details(rx.el.summary(rx.cond(one.subject != "", one.subject, t(texts.MORE))), said)
    return rx.el.tr(
        rx.el.td(one.at, class_name="nw trail-at"),
        rx.el.td(rx.el.b(two(one.what, one.what_en))),
        rx.el.td(two(one.who, one.who_en)),
        rx.el.td(two(one.where, one.where_en), class_name="t2"),
        rx.el.td(about, class_name="trail-about"),
        rx.el.td(one.place, class_name="r t2 nw trail-place"),
        key=one.place,
        custom_attrs={"data-act": one.place},
    )


def _found() -> rx.Component:
    headings = (texts.WHEN, texts.WHAT, texts.WHO, texts.WHERE, texts.ABOUT)
    head = rx.el.tr(*(rx.el.th(t(word)) for word in headings), rx.el.th(t(texts.PLACE), class_name="r"))
    table = rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(TrailState.rows, _row)))
    nothing = rx.el.p(t(texts.NOTHING), class_name="trail-nothing", role="status")
    listed = rx.cond(TrailState.rows.length() > 0, rx.el.div(table, ways(TrailState), id="trail-found"), nothing)
    return rx.el.section(_search(), rx.cond(TrailState.ready, listed), class_name="panel trail-list")


def trail_page() -> rx.Component:
    """The page at `/riwayat`."""
    desk = rx.el.fieldset(
        rx.el.div(rx.el.h1(t(texts.TITLE)), class_name="desk-bar"),
        cut_off_note(),
        rx.el.div(_chain(), _found(), class_name="trail-columns"),
        class_name="desk trail",
        disabled=has_connection_errors,
        on_mount=TrailState.load,
    )
    return frame(desk, surface=STAFF, hero=staff_bar("/riwayat"), name="trail-page")
