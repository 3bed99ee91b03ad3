"""/api/v1/survey/index: the current index, for the public page, the board and whoever asks."""

from threading import Lock
from typing import Any

from fastapi import APIRouter

from kiosk.core import office as offices
from kiosk.core.clock import business_date
from kiosk.core.i18n import LANGUAGES
from kiosk.core.recent import Recent
from kiosk.core.runtime import runtime
from kiosk.speech import service as speech
from kiosk.survey.current import current, said

router = APIRouter(tags=["survey"])
# It changes once a day at most, and a million answers take a second to count: every board and phone in the hall must not ask anew.
_told: Recent[dict[str, Any]] = Recent(seconds=300)
_counting = Lock()


@router.get("/survey/index")
def index() -> dict[str, Any]:
    """Index, grade and respondents of the current period; see `current`. Counts once, however many ask at once.

    Raises as the writer does: what cannot be held is not told.
    """
    node = runtime()
    with node.reading() as session:
        today = business_date(node.now(), offices.get(session, node.office_id).zone)
        key = f"{node.settings.database} {node.office_id} {today}"
        with _counting:
            told = _told.get(key)
            if told is None:
                told = current(session, office_id=node.office_id, today=today, write=node.writer.write)
                _speak(told)
                _told.put(key, told)
        return told


def _speak(told: dict[str, Any]) -> None:
    """What "Dengarkan" reads on the page behind its headline."""
    for language in LANGUAGES:
        speech.register_page("index", language, [(language, said(told, language))])


def forget() -> None:
    """Compute again when the next one asks: another weight changes what is told. An import, which runs beside, is seen when this lapses."""
    _told.forget_all()
