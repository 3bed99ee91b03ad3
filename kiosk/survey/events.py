"""The kinds of events of this room, and how they become rows again."""

from sqlmodel import Session

from kiosk.survey import importing, service
from kiosk.sync.kinds import Event, applied


@applied("survey.answered")
def answered(session: Session, event: Event) -> None:
    """An answer of a half day that is over."""
    service.put(session, event["office_id"], event["body"], event["event_id"])


@applied(importing.KIND)
def imported(session: Session, event: Event) -> None:
    """A part of a file of older answers."""
    importing.put(session, event["office_id"], event["body"], event["event_id"])
