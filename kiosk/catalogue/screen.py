"""The catalogue's pages: plain React in the frame, because the public reads them with the node gone."""

from typing import Any

import reflex as rx

from kiosk.catalogue.texts import LIST_TEXTS, OFFICE_TEXTS, SERVICE_TEXTS
from kiosk.core.i18n import N_
from kiosk.ui.shell import frame

# The islands and what they import from beside them; one call each, so that all stand in one folder of the build.
FILES = (
    "list.jsx", "service.jsx", "office.jsx", "keep.jsx", "delivery.jsx", "procedure.jsx", "management.jsx", "parts.jsx", "keyboard.jsx",
    "use_catalogue.js", "keep.js", "search.js", "facts.js", "contacts.js", "week.js",
)  # fmt: skip
PATHS = {name: str(rx.asset(name, shared=True).importable_path) for name in FILES}

LIST_TITLE, LIST_LEAD = N_("Services and requirements"), N_("Touch a service to see what to bring, how long it takes and what it costs.")
OFFICE_TITLE = N_("Opening hours and counters")


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
    return frame(ServicePage.create(texts=SERVICE_TEXTS), KeepCatalogue.create(), back="/layanan", speech="service", name="catalogue")


def office_page() -> rx.Component:
    """The page at `/kantor`."""
    return frame(OfficePage.create(texts=OFFICE_TEXTS), title=OFFICE_TITLE, back="/", speech="office", name="catalogue")
