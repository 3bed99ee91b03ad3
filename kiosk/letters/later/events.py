"""The kinds of events of this room, and how they become rows again. None holds what a reporter wrote."""

from sqlmodel import Session

from kiosk.letters.later import certified, suspicions, timestamps
from kiosk.sync.kinds import Event, applied, nothing


@applied(suspicions.TOLD)
def suspected(session: Session, event: Event) -> None:
    """Somebody reported a letter."""
    suspicions.put(session, event["office_id"], event["body"], event["at"])


@applied(suspicions.HANDLED)
def handled(session: Session, event: Event) -> None:
    """Somebody of the staff dealt with a report."""
    suspicions.mark(session, event["office_id"], str(event["body"]["id"]), at=event["at"], actor=event["actor"])


@applied(certified.CERTIFIED)
def signed(session: Session, event: Event) -> None:
    """A certified signature was added to a letter."""
    body = event["body"]
    certified.put(session, event["office_id"], str(body["letter"]), digest=str(body["digest"]), at=event["at"])


@applied(timestamps.STAMPED)
def stamped(session: Session, event: Event) -> None:
    """The head of the issuance log was timestamped; the centre keeps head and token."""
    timestamps.put(session, event["office_id"], event["body"], taken_at=event["at"])


nothing(certified.FAILED, certified.RETRIED)  # the queue is the node's own
