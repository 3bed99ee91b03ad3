"""A new letter: filled in, looked through as it will be printed, signed."""

from typing import Any

import reflex as rx

from kiosk.letters.register import texts
from kiosk.letters.register.onscreen.parts.screen import field, passphrase
from kiosk.letters.register.screen import WriteState
from kiosk.ui.icons import icon
from kiosk.ui.notes import problem_note
from kiosk.ui.words import t, two


def _written(name: str) -> Any:
    """What stood in the field of this name."""
    form: Any = WriteState.form
    return form[name]


def _input(name: str, **props: Any) -> rx.Component:
    given = {"type": "text", "auto_complete": "off", "id": f"surat-{name}", **props}
    return rx.el.input(name=name, default_value=_written(name), **given)


def _area(name: str, rows: int, **props: Any) -> rx.Component:
    return rx.el.textarea(name=name, default_value=_written(name), rows=str(rows), id=f"surat-{name}", **props)


def _select(name: str, options: rx.Component) -> rx.Component:
    return rx.el.select(rx.el.option("...", value=""), options, name=name, default_value=_written(name), required=True, id=f"surat-{name}")


def _kinds() -> rx.Component:
    return rx.foreach(WriteState.kinds, lambda one: rx.el.option(one["name"], value=one["id"]))


def _services() -> rx.Component:
    return rx.foreach(WriteState.services, lambda one: rx.el.option(one["title"], value=one["id"]))


def _form() -> rx.Component:
    which = rx.el.div(
        field(texts.KIND, _select("template", _kinds())),
        field(texts.SERVICE, _select("service", _services())),
        class_name="surat-pair",
    )
    whose = rx.el.div(
        field(texts.NAME, _input("name", required=True, max_length=100)),
        field(texts.ADDRESS, _input("address", max_length=300), help_=texts.OPTIONAL),
        class_name="surat-pair",
    )
    days = rx.el.div(
        field(texts.LETTER_DAY, _input("day", type="date", max=WriteState.today)),
        field(texts.UNTIL, _input("valid_until", type="date"), help_=texts.UNTIL_HELP),
        field(texts.OWN_NUMBER, _input("number", max_length=64), help_=texts.NUMBER_HELP),
        class_name="surat-triple",
    )
    signs = rx.el.div(
        field(texts.SIGNATORY, _input("signatory_name", required=True, max_length=100)),
        field(texts.SIGNATORY_TITLE, _input("signatory_title", required=True, max_length=200)),
        class_name="surat-pair",
    )
    go = rx.el.button(t(texts.PREVIEW), icon("arrow-right"), type="submit", class_name="btn start", custom_attrs={"data-do": "look"})
    return rx.el.form(
        which,
        whose,
        field(texts.SUBJECT, _input("subject", required=True, max_length=300)),
        field(texts.BODY, _area("body", 6, required=True), help_=texts.BODY_HELP),
        days,
        signs,
        _faults(),
        problem_note(WriteState.problem),
        rx.el.div(_leave(), go, class_name="row surat-end"),
        on_submit=WriteState.look,
        reset_on_submit=False,
        class_name="panel surat-form",
        id="surat-new",
        key=WriteState.drawn.to_string(),
    )


def _leave() -> rx.Component:
    return rx.el.button(
        icon("arrow-left"), t(texts.BACK_TO_LIST), type="button", class_name="btn quiet", on_click=WriteState.leave,
        custom_attrs={"data-do": "leave"},
    )  # fmt: skip


def _faults() -> rx.Component:
    listed = rx.el.ul(rx.foreach(WriteState.faults, lambda one: rx.el.li(two(one["id"], one["en"]))))
    words = rx.el.div(rx.el.p(rx.el.b(t(texts.FAULTS))), listed)
    note = rx.el.div(icon("warning-circle"), words, class_name="note bad", role="alert", id="faults")
    return rx.cond(WriteState.faults.length() > 0, note)


def _pages() -> rx.Component:
    def page(address: Any, place: Any) -> rx.Component:
        return rx.el.li(rx.el.img(src=address, alt=f"{texts.DRAFT}", class_name="surat-paper"), key=place)

    return rx.el.ol(rx.foreach(WriteState.pages, page), class_name="surat-pages", custom_attrs={"aria-label": texts.DRAFT})


def _sign() -> rx.Component:
    busy = WriteState.busy
    go = rx.el.button(
        icon("lock-key"),
        rx.cond(busy, t(texts.SIGNING), t(texts.SIGN_NOW)),
        type="submit",
        class_name="btn start",
        disabled=busy,
        custom_attrs={"data-do": "sign"},
    )
    back = rx.el.button(
        icon("arrow-left"), t(texts.CHANGE), type="button", class_name="btn", disabled=busy, on_click=WriteState.change,
        custom_attrs={"data-do": "change"},
    )  # fmt: skip
    form = rx.el.form(
        passphrase(texts.PASSPHRASE, texts.PASSPHRASE_HELP, "passphrase", required=True, auto_focus=True),
        problem_note(WriteState.problem),
        rx.el.p(icon("info"), rx.el.span(t(texts.LAST_LOOK)), class_name="surat-last"),
        rx.el.div(back, go, class_name="row surat-end"),
        on_submit=WriteState.sign,
        reset_on_submit=True,
        class_name="surat-form",
    )
    lead = rx.el.p(t(texts.DRAFT_NOTE), class_name="t2")
    return rx.el.section(rx.el.h2(t(texts.SIGN)), lead, form, class_name="panel surat-sign")


def _step(place: int, word: str, *, on: Any, done: Any) -> rx.Component:
    mark = rx.cond(done, icon("check"), rx.el.span(str(place)))
    look = rx.cond(on, "surat-step on", rx.cond(done, "surat-step done", "surat-step"))
    return rx.el.li(
        rx.el.span(mark, class_name="box"), t(word), class_name=look, custom_attrs={"aria-current": rx.cond(on, "step", "false")}
    )


def write_page() -> rx.Component:
    """The new letter, step by step."""
    looking: Any = WriteState.step == "look"
    steps = rx.el.ol(
        _step(1, texts.FILL, on=~looking, done=looking), _step(2, texts.LOOK_AND_SIGN, on=looking, done=False), class_name="surat-steps"
    )
    bar = rx.el.div(rx.el.h1(t(texts.NEW)), steps, class_name="desk-bar surat-bar")
    looked = rx.el.div(_pages(), _sign(), class_name="surat-look")
    return rx.fragment(bar, rx.cond(looking, looked, _form()))
