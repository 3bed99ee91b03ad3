"""Words on prerendered pages: both languages stand in the page, the style sheet shows one.

A language held in Reflex state could not switch while the node is gone; an attribute of `<html>` can.
"""

from typing import Any

import reflex as rx

from kiosk.core.i18n import LANGUAGES, translate


def t(message: str) -> rx.Component:
    """The message in every language, each marked with its `lang`; `html[data-lang]` decides which one is seen and spoken."""
    return rx.fragment(*(rx.el.span(translate(message, language), lang=language, class_name="w") for language in LANGUAGES))


def two(indonesian: Any, english: Any) -> rx.Component:
    """A text of the data in both languages."""
    return rx.fragment(rx.el.span(indonesian, lang="id", class_name="w"), rx.el.span(english, lang="en", class_name="w"))
