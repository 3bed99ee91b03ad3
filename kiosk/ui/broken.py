"""The page that stands where another one broke."""

from typing import Any

import reflex as rx

from kiosk.core.i18n import N_, texts
from kiosk.ui.shared import PATHS

TEXTS = texts(
    broken=N_("Something went wrong on this page"),
    broken_help=N_("It is not your fault. This screen goes back to the start by itself."),
    to_start=N_("To the start"),
)


class Broken(rx.Component):
    """React's error boundary, in our words."""

    library = PATHS["broken.jsx"]
    tag = "Broken"
    texts: rx.Var[dict[str, Any]]


def broken_page() -> rx.Component:
    """The wrap around every page."""
    return Broken.create(texts=TEXTS)
