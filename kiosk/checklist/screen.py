"""The applicant's page: plain React in the frame, because it must work with the node dead."""

from typing import Any

import reflex as rx

from kiosk.catalogue.texts import LIST_TEXTS
from kiosk.checklist import texts
from kiosk.core.i18n import both
from kiosk.speech import scripts
from kiosk.ui.importable import importable
from kiosk.ui.shell import frame

# Scripts and islands that the island imports beside them.
for name in (
    "check.js",
    "code.js",
    "going.jsx",
    "hand_in.js",
    "parts.jsx",
    "pictures.jsx",
    "result.jsx",
    "slip.js",
    "use_lists.js",
):
    importable("checklist", name)
importable("queues", "uuid7.js")

scripts.page("checklist", texts.TITLE, texts.LEAD)


class CheckPapers(rx.NoSSRComponent):
    """Services to choose from, then one paper at a time, then the result."""

    library = importable("checklist", "check.jsx")
    tag = "CheckPapers"
    lib_dependencies: list[str] = ["uqr@0.1.3"]  # noqa: RUF012 (the QR code is drawn in the browser: the node may be dead)
    texts: rx.Var[dict[str, Any]]
    list_texts: rx.Var[dict[str, Any]]
    title: rx.Var[dict[str, str]]
    lead: rx.Var[dict[str, str]]


def check_page() -> rx.Component:
    """The page at `/checklist`."""
    island = CheckPapers.create(texts=texts.CHECK, list_texts=LIST_TEXTS, title=both(texts.TITLE), lead=both(texts.LEAD))
    return frame(island, back="/", speech="checklist", name="checklist")
