"""The catalogue's pages: plain React in the frame, because the public reads them with the node gone."""

from dataclasses import dataclass, field
from typing import Any

import reflex as rx

from kiosk.catalogue import service
from kiosk.catalogue.texts import LIST_TEXTS, OFFICE_TEXTS, SERVICE_TEXTS
from kiosk.core.i18n import N_
from kiosk.core.runtime import runtime
from kiosk.speech import scripts
from kiosk.staff.guard import require_role
from kiosk.staff.rules import NOTES
from kiosk.staff.screen import staff_bar
from kiosk.ui.icons import icon
from kiosk.ui.importable import importable
from kiosk.ui.shell import STAFF, frame, link
from kiosk.ui.words import t

# The islands and what they import from beside them; one call each, so that all stand in one folder of the build.
FILES = (
    "list.jsx", "service.jsx", "office.jsx", "keep.jsx", "delivery.jsx", "procedure.jsx", "management.jsx", "parts.jsx", "keyboard.jsx",
    "use_catalogue.js", "keep.js", "search.js", "facts.js", "contacts.js", "week.js",
)  # fmt: skip
PATHS = {name: importable("catalogue", name) for name in FILES}

LIST_TITLE, LIST_LEAD = N_("Services and requirements"), N_("Touch a service to see what to bring, how long it takes and what it costs.")
OFFICE_TITLE = N_("Opening hours and counters")
NOTES_TITLE = N_("Source notes")
NOTES_LEAD = N_("What is wrong or doubtful in the documents behind the services. Visitors do not see this page.")

scripts.page("services", LIST_TITLE, LIST_LEAD)
scripts.page("office", OFFICE_TITLE)


class ServiceList(rx.Component):
    """All services and the search."""

    library = PATHS["list.jsx"]
    tag = "ServiceList"
    texts: rx.Var[dict[str, Any]]


class ServicePage(rx.Component):
    """One service, by the id in the address."""

    library = PATHS["service.jsx"]
    tag = "ServicePage"
    texts: rx.Var[dict[str, Any]]


class OfficePage(rx.Component):
    """Hours, desks, complaints."""

    library = PATHS["office.jsx"]
    tag = "OfficePage"
    texts: rx.Var[dict[str, Any]]


class KeepCatalogue(rx.Component):
    """Draws nothing; keeps every service on the device. Stands on the pages where visitors begin."""

    library = PATHS["keep.jsx"]
    tag = "KeepCatalogue"


def list_page() -> rx.Component:
    """The page at `/layanan`."""
    return frame(
        ServiceList.create(texts=LIST_TEXTS),
        KeepCatalogue.create(),
        title=LIST_TITLE,
        lead=LIST_LEAD,
        back="/",
        speech="services",
        name="catalogue",
    )


def service_page() -> rx.Component:
    """The page at `/layanan/standar?id=...`."""
    return frame(ServicePage.create(texts=SERVICE_TEXTS), KeepCatalogue.create(), back="/layanan", name="catalogue")


def office_page(*more: rx.Component) -> rx.Component:
    """The page at `/kantor`; `more` stands below it."""
    return frame(OfficePage.create(texts=OFFICE_TEXTS), *more, title=OFFICE_TITLE, back="/", speech="office", name="catalogue")


@dataclass
class Noted:
    """The notes about one service's document."""

    id: str
    title: str
    source: str
    address: str
    notes: list[str] = field(default_factory=list)


class NotesState(rx.State):
    """Defects of the documents; empty until somebody of the staff asks."""

    services: rx.Field[list[Noted]] = rx.field(default_factory=list)

    @rx.event
    @require_role(*NOTES)
    def load(self) -> None:
        """Read the notes of this node's office."""
        node = runtime()
        with node.reading() as session:
            found = service.source_notes(session, office_id=node.office_id)
        self.services = [
            Noted(one["id"], one["title"], one["source"], f"/layanan/standar?id={one['id']}", one["source_notes"]) for one in found
        ]


def _noted(one: Noted) -> rx.Component:
    head = rx.el.h2(one.title, lang="id")
    origin = rx.el.p(t(N_("Converted from:")), " ", rx.el.span(one.source, lang="id"), class_name="t2")
    notes = rx.el.ul(rx.foreach(one.notes, lambda note: rx.el.li(note, lang="id")), class_name="lines")
    public = link(icon("arrow-right"), t(N_("As visitors see it")), to=one.address, class_name="btn quiet")
    return rx.el.section(head, origin, notes, public, class_name="panel noted")


def notes_page() -> rx.Component:
    """The page at `/catatan`, for staff."""
    return frame(
        rx.el.h1(t(NOTES_TITLE)),
        rx.el.p(t(NOTES_LEAD), class_name="lead"),
        rx.el.div(rx.foreach(NotesState.services, _noted), class_name="notes", on_mount=NotesState.load),
        surface=STAFF,
        hero=staff_bar("/catatan"),
        name="notes-page",
    )
