"""The kinds of events of this room, and how they become rows again. None holds what a reporter wrote."""

from sqlmodel import Session

from kiosk.letters.later import suspicions
from kiosk.sync.kinds import Event, applied


@applied(suspicions.TOLD)
def suspected(session: Session, event: Event) -> None:
    """Somebody reported a letter."""
    suspicions.put(session, event["office_id"], event["body"], event["at"])


@applied(suspicions.HANDLED)
def handled(session: Session, event: Event) -> None:
    """Somebody of the staff dealt with a report."""
    suspicions.mark(session, event["office_id"], str(event["body"]["id"]), at=event["at"], actor=event["actor"])
