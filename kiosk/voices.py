"""What the node can be asked to say, registered when it starts: browsers hold addresses of clips from before."""

from kiosk.catalogue import reading
from kiosk.catalogue import service as catalogue
from kiosk.core.errors import KioskError
from kiosk.core.runtime import Runtime
from kiosk.queues.picture import list_counters
from kiosk.speech import scripts
from kiosk.speech import service as speech
from kiosk.ui import home

scripts.page("home", *home.SCRIPT)  # the first page lies below the voice; the rooms above name their own


def register(node: Runtime) -> None:
    """Make the catalogue's texts and the counters' names of the node's office known. An office that is not loaded has none."""
    with node.reading() as session:
        try:
            services = catalogue.list_services(session, office_id=node.office_id)
            standards = [catalogue.get_service(session, office_id=node.office_id, service_id=one["id"]) for one in services]
            counters = list_counters(session, office_id=node.office_id)
        except KioskError:
            return
    for voice, text in reading.texts(standards):
        speech.register_texts(voice, [text])
    speech.register_counters({one["code"]: {"id": one["name"], "en": one["name_en"]} for one in counters})
    speech.tidy()
