"""Events of trust. What was taken in becomes rows again, at the centre too; a root does not.

A node that was restored takes its history back from the centre. If that could pin a root, the centre could: so a person pins it again.
"""

from base64 import b64decode

from sqlmodel import Session

from kiosk.letters.trust.model import RevocationListRow, TrustListRow
from kiosk.sync.kinds import Event, applied, nothing


@applied("trust.list_taken")
def list_taken(session: Session, event: Event) -> None:
    """The newest list of its root. Whoever uses the row proves it."""
    body = event["body"]
    row = session.get(TrustListRow, (event["office_id"], body["root"]))
    if body["message"] and (row is None or row.sequence < body["sequence"]):
        facts = {"root": body["root"], "sequence": body["sequence"]}
        session.merge(TrustListRow(office_id=event["office_id"], message=b64decode(body["message"]), taken_at=event["at"], **facts))


@applied("trust.revocations_taken")
def revocations_taken(session: Session, event: Event) -> None:
    """The newest revocations of their office. Whoever uses the row proves it."""
    body = event["body"]
    row = session.get(RevocationListRow, (event["office_id"], body["issuer"]))
    if body["message"] and (row is None or row.sequence < body["sequence"]):
        facts = {"issuer": body["issuer"], "sequence": body["sequence"]}
        session.merge(RevocationListRow(office_id=event["office_id"], message=b64decode(body["message"]), taken_at=event["at"], **facts))


nothing("trust.root_pinned", "trust.root_removed", "key.made", "key.certified")
