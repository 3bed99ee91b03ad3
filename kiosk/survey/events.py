"""The kinds of events of this room, and how they become rows again."""

from sqlmodel import Session

from kiosk.survey import service
from kiosk.sync.kinds import Event, applied


@applied("survey.answered")
def answered(session: Session, event: Event) -> None:
    """An answer of a half day that is over."""
    service.put(session, event["office_id"], event["body"], event["event_id"])
