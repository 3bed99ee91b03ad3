"""One letter: its facts, its file, what was just done with it, and how to take it back."""

from typing import Any

import reflex as rx

from kiosk.letters.register import texts
from kiosk.letters.register.onscreen.parts.screen import field, hidden, passphrase, state_badge
from kiosk.letters.register.screen import LettersState, WithdrawState, WriteState
from kiosk.letters.trust.revocations import REPLACED
from kiosk.staff.rules import REVOKE
from kiosk.staff.screen import holds_any
from kiosk.ui.icons import icon
from kiosk.ui.notes import problem_note
from kiosk.ui.words import t


def _fact(message: str, *value: Any, look: str = "") -> rx.Component:
    return rx.el.div(rx.el.dt(t(message)), rx.el.dd(*value), class_name=look)


def _facts(one: Any) -> rx.Component:
    until = rx.cond(one.until != "", one.until, t(texts.NO_END))
    sealed = rx.fragment(
        _fact(texts.ISSUED_AT, one.issued),
        _fact(texts.PLACE_IN_LOG, one.place),
        _fact(texts.KEY, one.key, look="surat-key"),
    )
    return rx.el.dl(
        _fact(texts.HOLDER, one.name, look="wide"),
        _fact(texts.SERVICE, rx.el.span(one.title, lang="id"), look="wide"),
        _fact(texts.DAY, one.day),
        _fact(texts.UNTIL, until),
        rx.cond(one.issued != "", sealed),
        class_name="surat-facts",
    )


def _reason(reason: Any) -> rx.Component:
    return rx.match(reason, *((key, t(word)) for key, word in texts.REASONS.items()), rx.fragment())


def _revoked(one: Any) -> rx.Component:
    successor = rx.cond(one.successor != "", rx.el.p(t(texts.SUCCESSOR), " ", rx.el.b(one.successor)))
    words = rx.el.div(rx.el.p(rx.el.b(t(texts.REVOKED_AT), " ", one.revoked)), rx.el.p(_reason(one.reason)), successor)
    return rx.el.div(icon("x"), words, class_name="note bad", role="status", id="revoked")


def _done() -> rx.Component:
    told = rx.match(LettersState.done, ("issued", t(texts.ISSUED_NOW)), ("revoked", t(texts.REVOKED_NOW)), rx.fragment())
    return rx.cond(LettersState.done != "", rx.el.div(icon("check-circle"), rx.el.p(told), class_name="note ok", role="status", id="done"))


def _choice(key: str, word: str) -> rx.Component:
    box = rx.el.input(type="radio", name="reason", value=key, required=True)
    return rx.el.label(box, rx.el.span(t(word)), class_name="tick")


def _revoke(one: Any) -> rx.Component:
    successor = field(
        texts.BY_NUMBER, rx.el.input(type="text", name="successor", max_length=100, auto_complete="off"), look="surat-successor"
    )
    choices = [
        part for key, word in texts.REASONS.items() for part in ([_choice(key, word)] + ([successor] if key == str(REPLACED) else []))
    ]
    sure = rx.el.button(
        t(texts.REVOKE_NOW), type="submit", class_name="btn primary", disabled=WithdrawState.busy, custom_attrs={"data-do": "revoke"}
    )
    form = rx.el.form(
        hidden("letter", one.id),
        rx.el.p(t(texts.REVOKE_HELP)),
        rx.el.fieldset(rx.el.legend(t(texts.BECAUSE)), *choices, class_name="surat-reasons"),
        passphrase(texts.NODE_PASSPHRASE, texts.NODE_HELP, "node-passphrase"),
        rx.cond(WithdrawState.letter == one.id, problem_note(WithdrawState.problem, "revoke-problem")),
        sure,
        on_submit=WithdrawState.revoke,
        reset_on_submit=False,
        class_name="surat-form",
        key=one.id,
    )
    opened = rx.el.summary(icon("hand-palm"), t(texts.REVOKE), class_name="btn", custom_attrs={"data-ask": "revoke"})
    return rx.el.details(opened, form, class_name="surat-revoke")


def _finish(one: Any) -> rx.Component:
    go = rx.el.button(
        t(texts.FINISH), type="submit", class_name="btn primary", disabled=WriteState.busy, custom_attrs={"data-do": "finish"}
    )
    return rx.el.form(
        rx.el.div(icon("clock"), rx.el.p(t(texts.FINISH_IT)), class_name="note warn"),
        hidden("letter", one.id),
        passphrase(texts.PASSPHRASE, texts.PASSPHRASE_HELP, "finish-passphrase", required=True),
        problem_note(WriteState.problem),
        go,
        on_submit=WriteState.finish,
        reset_on_submit=True,
        class_name="surat-form",
        key=one.id,
    )


def one_panel() -> rx.Component:
    """The letter that was touched; before that, what the list is for."""
    one: Any = LettersState.chosen
    close = rx.el.button(
        icon("x"), t(texts.CLOSE), type="button", class_name="btn quiet", on_click=LettersState.leave, custom_attrs={"data-do": "close"}
    )
    file = rx.el.a(
        icon("files"),
        t(texts.DOWNLOAD),
        href="/api/v1/letters/" + one.id + "/file",
        download=True,
        class_name="btn",
        id="download",
        custom_attrs={"reloadDocument": True},  # else the router takes it for a page of its own
    )
    gap = rx.el.div(icon("info"), rx.el.p(t(texts.GAP), ": ", one.note), class_name="note")
    head = rx.el.div(rx.el.h2(one.number), state_badge(one), close, class_name="row surat-head")
    chosen = rx.el.section(
        head,
        _done(),
        rx.cond(one.state == "revoked", _revoked(one)),
        rx.cond(one.state == "void", gap),
        rx.cond(one.state != "void", _facts(one)),
        rx.cond(one.unsealed, _finish(one)),
        rx.cond(one.has_file, file),
        rx.cond(((one.state == "issued") | (one.state == "over")) & holds_any(REVOKE), _revoke(one)),
        class_name="panel surat-one",
        id="letter",
        custom_attrs={"data-chosen": one.number},
    )
    nobody = rx.el.section(icon("files-duo"), rx.el.p(t(texts.CHOOSE), class_name="t2"), class_name="panel surat-one none")
    return rx.cond(one.id != "", chosen, rx.cond(LettersState.rows.length() > 0, nobody))
