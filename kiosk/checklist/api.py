"""The lists for islands: read-only, the same for everybody, kept by every screen for the time without the node."""

from collections.abc import Callable
from typing import Any

from fastapi import APIRouter

from kiosk.checklist import reading, service
from kiosk.checklist.reading import Spoken
from kiosk.core.i18n import LANGUAGES, Language
from kiosk.core.runtime import runtime
from kiosk.speech.service import register_texts

router = APIRouter(tags=["checklist"])


@router.get("/checklists")
def checklists() -> dict[str, Any]:
    """Every service's list with the office's notes and questions, the address that a QR code begins with, and what reads it aloud."""
    node = runtime()
    with node.reading() as session:
        found = service.lists(session, office_id=node.office_id)
    return {
        **found,
        "address": f"{node.settings.public_address}/checklist",
        "questions": {key: {**one, "speech": _clips(reading.question, one)} for key, one in found["questions"].items()},
        "services": [_spoken(one) for one in found["services"]],
        "speech": {name: _clips(reading.piece, name) for name in reading.PIECES},
    }


def _spoken(one: dict[str, Any]) -> dict[str, Any]:
    parts = {"paper": reading.paper, "notes": reading.notes, "where": reading.where}
    items = [{**item, "speech": {name: _clips(says, item) for name, says in parts.items()}} for item in one["items"]]
    return {**one, "items": items, "speech": _clips(reading.not_listed, one)}


def _clips(says: Callable[[Any, Language], list[Spoken]], of: Any) -> dict[str, list[str]]:
    """Addresses of the clips by the visitor's language."""
    return {
        language: [address for voice, text in says(of, language) for address in register_texts(voice, [text])] for language in LANGUAGES
    }
