"""Notes of the staff's pages that are the same in every room: what went wrong, and that the office computer is away."""

from typing import Any

import reflex as rx
from reflex_components_core.core.banner import has_connection_errors

from kiosk.core.i18n import N_
from kiosk.ui.icons import icon
from kiosk.ui.words import t, two

CUT_OFF = N_("Not connected to the office computer. Buttons work again when it is back.")


def problem_note(problem: Any, name: str = "problem") -> rx.Component:
    """What went wrong, in both languages (`KioskError.in_both`); nothing while `problem` is empty. `name` is the note's id."""
    words = rx.el.p(two(problem["id"], problem["en"]))
    return rx.cond(problem.length() > 0, rx.el.div(icon("warning-circle"), words, class_name="note bad", role="alert", id=name))


def cut_off_note() -> rx.Component:
    """Why nothing can be touched; nothing while the page is connected."""
    note = rx.el.p(icon("wifi-slash"), rx.el.span(t(CUT_OFF)), class_name="note warn", role="status")
    return rx.cond(has_connection_errors, note)
