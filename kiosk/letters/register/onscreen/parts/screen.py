"""Badges, fields and the passphrase: what several parts of the page need."""

from typing import Any

import reflex as rx

from kiosk.letters.register import texts
from kiosk.ui.icons import icon
from kiosk.ui.words import t

LOOKS = {
    "issued": ("ok", "check-circle"),
    "revoked": ("bad", "x"),
    "reserved": ("warn", "clock"),
    "void": ("", "minus"),
    "over": ("", "clock-countdown"),
}


def state_badge(one: Any) -> rx.Component:
    """What became of a letter: sign and word, never colour alone."""
    badges: Any = (
        (state, rx.el.span(icon(sign), t(texts.STATES[state]), class_name=f"badge {look}".strip())) for state, (look, sign) in LOOKS.items()
    )
    return rx.match(one.state, *badges, rx.fragment())


def field(message: str, *control: Any, help_: str | None = None, look: str = "") -> rx.Component:
    """A control below its name, with a word of help."""
    more = rx.el.span(t(help_), class_name="t2 surat-help") if help_ else rx.fragment()
    return rx.el.label(rx.el.span(t(message), class_name="surat-label"), *control, more, class_name=f"surat-field {look}".strip())


def passphrase(message: str, help_: str, name: str, **props: Any) -> rx.Component:
    """Where a passphrase is typed. Browsers are asked to keep it nowhere."""
    typed = rx.el.input(
        type="password", name="passphrase", id=name, auto_complete="new-password", spell_check=False, max_length=500, **props
    )
    return field(message, typed, help_=help_)


def hidden(name: str, value: Any) -> rx.Component:
    """A value that goes with the form."""
    return rx.el.input(type="hidden", name=name, value=value, read_only=True)
