"""Older and newest: the ways through a list that the staff read page by page."""

from typing import Any

import reflex as rx

from kiosk.core.i18n import N_
from kiosk.ui.icons import icon
from kiosk.ui.words import t

OLDER, NEWEST = N_("Older"), N_("Newest")


def ways(state: Any) -> rx.Component:
    """The buttons below a list. `state` has `older_shown` and `more`, and the events `newest` and `older`."""

    def button(name: str, look: str, *words: Any) -> rx.Component:
        return rx.el.button(*words, type="button", class_name=look, on_click=getattr(state, name), custom_attrs={"data-do": name})

    newest = button("newest", "btn quiet", icon("caret-left"), t(NEWEST))
    older = button("older", "btn", t(OLDER), icon("caret-right"))
    return rx.el.div(rx.cond(state.older_shown, newest), rx.cond(state.more, older), class_name="row ways")
