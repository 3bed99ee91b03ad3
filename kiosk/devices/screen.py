"""The page on which a browser becomes a device, and the islands of the admin's list."""

from typing import Any

import reflex as rx

from kiosk.devices import texts
from kiosk.ui.importable import importable
from kiosk.ui.shell import frame

# The islands and what they share; asking for each puts it into the build.
PATHS = {name: importable("devices", name) for name in ("enrol.jsx", "live.jsx", "enrol.js")}


class EnrolDevice(rx.NoSSRComponent):
    """The code, keys to type it, and what came of it."""

    library = PATHS["enrol.jsx"]
    tag = "EnrolDevice"
    texts: rx.Var[dict[str, Any]]


class Live(rx.NoSSRComponent):
    """Around the admin's list: looks every so many seconds, locks while the node is not there."""

    library = PATHS["live.jsx"]
    tag = "Live"
    cut: rx.Var[bool]
    every: rx.Var[int]
    on_look: rx.EventHandler[rx.event.no_args_event_spec]  # type: ignore[type-arg, valid-type]


class Countdown(rx.NoSSRComponent):
    """How long a code is still good."""

    library = PATHS["live.jsx"]
    tag = "Countdown"
    texts: rx.Var[dict[str, Any]]
    seconds: rx.Var[int]
    code: rx.Var[str]


def enrol_page() -> rx.Component:
    """The page at `/daftar`."""
    return frame(EnrolDevice.create(texts=texts.ENROL), title=texts.ENROL_TITLE, lead=texts.ENROL_LEAD, back="/", name="enrol-page")
