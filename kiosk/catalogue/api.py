"""The catalogue for islands and machines: read-only, the same for everybody."""

from typing import Any

from fastapi import APIRouter, Response

from kiosk.catalogue import reading, service
from kiosk.catalogue.standard import DELIVERY, MANAGEMENT
from kiosk.core.i18n import LANGUAGES, Language
from kiosk.core.runtime import runtime
from kiosk.paper import qr
from kiosk.speech.service import register_texts

router = APIRouter(tags=["catalogue"])


@router.get("/catalogue")
def catalogue(q: str = "") -> list[dict[str, Any]]:
    """Services in the office's order, or those that `q` means (at most 100 characters), the likeliest first."""
    node = runtime()
    with node.reading() as session:
        if q:
            return service.search(session, office_id=node.office_id, query=q)
        return service.list_services(session, office_id=node.office_id)


@router.get("/catalogue/{service_id}")
def one_service(service_id: str) -> dict[str, Any]:
    """One standard in full.

    `components` is the order of PermenPANRB 15/2014; `qr` draws `share_url` (side in modules, SVG path); `speech` are the
    addresses of the clips that read it, by language.
    """
    node = runtime()
    with node.reading() as session:
        standard = service.get_service(session, office_id=node.office_id, service_id=service_id)
    address = _share_url(service_id)
    side, dark = qr.path(address)
    return {
        **standard,
        "components": {"delivery": DELIVERY, "management": MANAGEMENT},
        "share_url": address,
        "qr_url": f"/api/v1/catalogue/{service_id}/qr.svg",
        "qr": {"side": side, "path": dark},
        "speech": {language: _clips(standard, language) for language in LANGUAGES},
    }


@router.get("/catalogue/{service_id}/qr.svg", response_class=Response, responses={200: {"content": {"image/svg+xml": {}}}})
def qr_code(service_id: str) -> Response:
    """A QR code that opens the service's page on a phone."""
    node = runtime()
    with node.reading() as session:
        service.get_service(session, office_id=node.office_id, service_id=service_id)
    return Response(qr.svg(_share_url(service_id)), media_type="image/svg+xml")


def _clips(standard: dict[str, Any], language: Language) -> list[str]:
    """Addresses of the clips that read the standard aloud, in order."""
    return [address for voice, text in reading.script(standard, language) for address in register_texts(voice, [text])]


def _share_url(service_id: str) -> str:
    """The page's address for other devices; from the settings, never from a Host header."""
    return f"{runtime().settings.public_address}/layanan/standar?id={service_id}"
