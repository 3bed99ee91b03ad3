"""Events of trust. What was taken in becomes rows again, at the centre too; a root does not.

A node that was restored takes its history back from the centre. If that could pin a root, the centre could: so a person pins it again.
Nor does it take the place of a list that counts here, unless it proves itself and is newer.
"""

from base64 import b64decode
from contextlib import suppress
from datetime import datetime

from sqlmodel import Session

from kiosk.core.errors import KioskError
from kiosk.letters.trust import service
from kiosk.letters.trust.model import RevocationListRow, TrustListRow
from kiosk.sync.kinds import Event, applied, nothing
from kiosk.sync.topics import ACTOR


@applied("trust.list_taken")
def list_taken(session: Session, event: Event) -> None:
    """The newest list of its root. Whoever uses the row proves it."""
    body = event["body"]
    if service.has_proved_list(session, event["office_id"], body["root"]):
        _prove(service.take_list, session, event)
        return
    row = session.get(TrustListRow, (event["office_id"], body["root"]))
    if body["message"] and (row is None or row.sequence < body["sequence"]):
        facts = {"root": body["root"], "sequence": body["sequence"]}
        session.merge(TrustListRow(office_id=event["office_id"], message=b64decode(body["message"]), taken_at=event["at"], **facts))


@applied("trust.revocations_taken")
def revocations_taken(session: Session, event: Event) -> None:
    """The newest revocations of their office. Whoever uses the row proves it."""
    body = event["body"]
    if service.has_proved_revocations(session, event["office_id"], body["issuer"]):
        _prove(service.take_revocations, session, event)
        return
    row = session.get(RevocationListRow, (event["office_id"], body["issuer"]))
    if body["message"] and (row is None or row.sequence < body["sequence"]):
        facts = {"issuer": body["issuer"], "sequence": body["sequence"]}
        session.merge(RevocationListRow(office_id=event["office_id"], message=b64decode(body["message"]), taken_at=event["at"], **facts))


def _prove(take: service.Take, session: Session, event: Event) -> None:
    with suppress(KioskError):  # what is here stands
        take(session, event["office_id"], b64decode(event["body"]["message"]), datetime.fromisoformat(event["at"]), by=ACTOR)


nothing("trust.root_pinned", "trust.root_removed", "key.made", "key.certified")
