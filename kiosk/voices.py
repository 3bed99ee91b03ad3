"""What the node can be asked to say, registered when it starts: browsers hold addresses of clips from before."""

from typing import Any

from kiosk.catalogue import reading
from kiosk.catalogue import service as catalogue
from kiosk.checklist import reading as checklist_reading
from kiosk.checklist import service as checklist
from kiosk.core import office
from kiosk.core.clock import utc_now, zone_abbreviation
from kiosk.core.errors import KioskError
from kiosk.core.i18n import LANGUAGES, Language
from kiosk.core.runtime import Runtime
from kiosk.queues.picture import list_counters
from kiosk.queues.service import list_queues
from kiosk.speech import scripts
from kiosk.speech import service as speech
from kiosk.survey import reading as survey_reading
from kiosk.ui import home

scripts.page("home", *home.SCRIPT)  # the first page lies below the voice; the rooms above name their own


def register(node: Runtime) -> None:
    """Make the catalogue's texts and the counters' names of the node's office known. An office that is not loaded has none."""
    with node.reading() as session:
        try:
            services = catalogue.list_services(session, office_id=node.office_id)
            standards = [catalogue.get_service(session, office_id=node.office_id, service_id=one["id"]) for one in services]
            lists = checklist.lists(session, office_id=node.office_id)
            counters = list_counters(session, office_id=node.office_id)
            queues = list_queues(session, office_id=node.office_id, now=utc_now())
            here = office.get(session, node.office_id)
            hours, zone = here.hours, zone_abbreviation(here.zone)
        except KioskError:
            return
    for voice, text in reading.texts(standards):
        speech.register_texts(voice, [text])
    for voice, text in checklist_reading.everything(lists):
        speech.register_texts(voice, [text])
    for voice, text in survey_reading.everything():
        speech.register_texts(voice, [text])
    for language in LANGUAGES:
        speech.register_page("services", language, reading.names(services, language))
        about = [*reading.week(hours, zone, language), *_desks(queues, language), *reading.complaints(standards)]
        speech.register_page("office", language, about)
    speech.register_counters({one["code"]: {"id": one["name"], "en": one["name_en"]} for one in counters})
    speech.tidy()


def _desks(queues: list[dict[str, Any]], language: Language) -> list[tuple[Language, str]]:
    """Each queue's letter, name, what it is for and what to bring."""
    ending = "" if language == "id" else "_en"
    return [(language, f"{one['code']}. {one[f'name{ending}']}. {one[f'purpose{ending}']} {one[f'bring{ending}'] or ''}") for one in queues]
