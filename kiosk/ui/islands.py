"""The islands of the frame, as Reflex sees them. They are prerendered: a page has its head and its dock before it lives."""

from typing import Any

import reflex as rx

from kiosk.core.i18n import N_, texts
from kiosk.ui.shared import PATHS

FRAME_TEXTS = texts(
    one_stop=N_("One-stop licensing services"),
    offline_since=N_("Not connected since {time}."),
    offline_still=N_("What you see here can still be read."),
    offline_waiting=N_("{count} waiting to be sent."),
    dock=N_("Screen help"),
    back=N_("Back"),
    listen=N_("Listen"),
    silence=N_("Stop"),
    no_voice=N_("No sound"),
    large=N_("Larger text"),
    contrast=N_("High contrast"),
    reach=N_("Low buttons"),
    still_here=N_("Are you still here?"),
    going_home=N_("The screen goes back to the start in {seconds} seconds."),
    more_time=N_("Yes, more time"),
    device_lost=N_("This device is no longer enrolled"),
    device_lost_then=N_("It was revoked, or its browser was cleared. What the office already has is kept. Please tell the admin."),
    device_again=N_("Enrol it again"),
)


class _Island(rx.Component):
    """A React component of this room."""

    texts: rx.Var[dict[str, Any]]


class Screen(_Island):
    """Dresses the page, asks whether the node is there, notices that a visitor left."""

    library = PATHS["screen.jsx"]
    tag = "Screen"
    idle: rx.Var[bool]


class Top(_Island):
    """Mark, office and clock."""

    library = PATHS["top.jsx"]
    tag = "Top"


class Offline(_Island):
    """The notice that the node is gone, and since when."""

    library = PATHS["top.jsx"]
    tag = "Offline"


class Dock(_Island):
    """Touch controls; `back` is a path or None, `page` the name of the page's spoken script or None."""

    library = PATHS["dock.jsx"]
    tag = "Dock"
    back: rx.Var[str | None]
    page: rx.Var[str | None]
