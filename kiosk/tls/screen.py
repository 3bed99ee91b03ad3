"""`/setup`: how a tablet of the office comes to trust this node. Public, over plain HTTP too: there trust begins."""

from typing import Any

import reflex as rx

from kiosk.tls.texts import LEAD, TEXTS, TITLE
from kiosk.ui.importable import importable
from kiosk.ui.shell import STAFF, frame

FILES = {name: importable("tls", name) for name in ("setup.jsx", "steps.jsx", "pictures.jsx", "setup.js")}


class SetupTablet(rx.NoSSRComponent):
    """Certificate, steps, fingerprint, and whether it worked."""

    library = FILES["setup.jsx"]
    tag = "SetupTablet"
    texts: rx.Var[dict[str, Any]]


def setup_page() -> rx.Component:
    """The page at `/setup`. A staff surface: it must not go home while somebody is in the tablet's settings."""
    return frame(SetupTablet.create(texts=TEXTS), surface=STAFF, title=TITLE, lead=LEAD, name="setup-page")
