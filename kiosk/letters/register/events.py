"""The kinds of events of this room, and how they become rows again. None tells holder, address or words of a letter."""

from typing import Any

from sqlmodel import Session

from kiosk.letters.register import log
from kiosk.letters.register.model import RegisterEntry
from kiosk.letters.register.rows import put
from kiosk.letters.register.rules import ISSUED, RESERVED, REVOKED, VOID
from kiosk.sync.kinds import Event, applied

RANK = {RESERVED: 0, VOID: 1, ISSUED: 1, REVOKED: 2}


@applied("letter.numbered", "letter.void", "letter.revoked")
def changed(session: Session, event: Event) -> None:
    """What became of a letter. An earlier state that comes late changes nothing."""
    _put(session, event["office_id"], event["body"])


@applied("letter.issued")
def issued(session: Session, event: Event) -> None:
    """A letter was sealed: its line of the log, and its row."""
    log.put(session, event["office_id"], event["body"]["line"])
    _put(session, event["office_id"], event["body"]["letter"])


def _put(session: Session, office_id: str, facts: dict[str, Any]) -> None:
    known = session.get(RegisterEntry, (office_id, facts["id"]))
    if known is None or RANK[known.state] < RANK[facts["state"]]:
        put(session, office_id, facts)
        session.flush()
