"""The page at `/surat` in the browser: the letters on the left, one of them on the right; or the new letter in its two steps."""

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from kiosk.letters.register import texts
from kiosk.letters.register.onscreen.one.screen import one_panel
from kiosk.letters.register.onscreen.parts.screen import field, state_badge
from kiosk.letters.register.onscreen.write.screen import write_page
from kiosk.letters.register.screen import LettersState, WriteState
from kiosk.staff.screen import given, staff_bar
from kiosk.ui.icons import icon
from kiosk.ui.notes import cut_off_note, problem_note
from kiosk.ui.paging import ways
from kiosk.ui.shell import STAFF, frame
from kiosk.ui.words import t

PATH = "/surat"


def _row(one: Any) -> rx.Component:
    number = rx.el.button(
        rx.el.b(one.number),
        type="button",
        class_name="surat-number",
        on_click=given(LettersState.choose, one.id),
        custom_attrs={"data-letter": one.number, "aria-pressed": LettersState.chosen.id == one.id},
    )
    whose = rx.el.td(rx.el.span(one.name), rx.el.span(one.title, lang="id", class_name="t2 surat-title"))
    return rx.el.tr(
        rx.el.td(number),
        whose,
        rx.el.td(one.day, class_name="nw surat-day"),
        rx.el.td(state_badge(one)),
        key=one.id,
        class_name=rx.cond(LettersState.chosen.id == one.id, "on", ""),
        custom_attrs={"data-state": one.state},
    )


def _search() -> rx.Component:
    typed = rx.el.input(type="search", name="words", id="surat-words", max_length=100, auto_complete="off")
    go = rx.el.button(icon("magnifying-glass"), t(texts.SEARCH), type="submit", class_name="btn", custom_attrs={"data-do": "search"})
    words = field(texts.WORDS, typed)
    return rx.el.form(words, go, on_submit=LettersState.search, reset_on_submit=False, class_name="surat-search", role="search")


def _list() -> rx.Component:
    head = rx.el.tr(*(rx.el.th(t(word), scope="col") for word in (texts.NUMBER, texts.HOLDER, texts.DAY, texts.STATE)))
    table = rx.el.table(rx.el.thead(head), rx.el.tbody(rx.foreach(LettersState.rows, _row)))
    nothing = rx.cond(LettersState.searched, t(texts.NOT_FOUND), t(texts.NO_LETTERS))
    found = rx.cond(
        LettersState.rows.length() > 0, rx.fragment(table, ways(LettersState)), rx.el.p(nothing, class_name="surat-nothing", role="status")
    )
    return rx.el.section(_search(), rx.cond(LettersState.ready, found), class_name="panel surat-list")


def _letters() -> rx.Component:
    new = rx.el.button(
        icon("plus"), t(texts.NEW), type="button", class_name="btn start", on_click=WriteState.begin, custom_attrs={"data-do": "new"}
    )
    bar = rx.el.div(rx.el.h1(t(texts.TITLE)), new, class_name="desk-bar surat-bar")
    chosen = LettersState.chosen.id != ""
    columns = rx.el.div(_list(), one_panel(), class_name=rx.cond(chosen, "surat-columns one", "surat-columns"))
    return rx.fragment(bar, rx.cond(chosen, rx.fragment(), problem_note(WriteState.problem)), columns)


def letters_page() -> rx.Component:
    """The page at `/surat`, for who writes and signs letters."""
    desk = rx.el.fieldset(
        cut_off_note(),
        rx.cond(WriteState.step == "", _letters(), write_page()),
        class_name="desk surat",
        disabled=has_connection_errors,
        on_mount=LettersState.load,
    )
    return frame(desk, surface=STAFF, hero=staff_bar(PATH), name="surat-page")
