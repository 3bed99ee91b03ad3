"""The kinds of events of this room, and how they become rows again."""

from sqlmodel import Session

from kiosk.checklist import service
from kiosk.checklist.model import ChecklistGuide
from kiosk.sync.kinds import Event, applied, nothing

nothing("checklist.made")  # an applicant's answers, without a person: the event itself is what counts


@applied("checklist.signed")
def signed(session: Session, event: Event) -> None:
    """The officer's sign-off. An older one that comes late changes nothing."""
    service.put(session, event["office_id"], event["body"])


@applied("checklist.guide_loaded")
def guide_loaded(session: Session, event: Event) -> None:
    """What the office adds to its requirements."""
    session.merge(ChecklistGuide(office_id=event["office_id"], **event["body"]))
