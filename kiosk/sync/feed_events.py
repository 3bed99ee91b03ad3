"""What an office said of the versions that came down to it, as rows: which one it uses, and which one it could not."""

from sqlmodel import Session

from kiosk.sync.kinds import Event, applied
from kiosk.sync.model import FeedStanding


@applied("feed.applied")
def in_use(session: Session, event: Event) -> None:
    """The office uses this version; an older one says nothing any more."""
    row, body = _row(session, event), event["body"]
    if body["version"] >= row.version:
        row.version, row.digest, row.applied_at = body["version"], body["digest"], event["at"]
        session.add(row)


@applied("feed.refused")
def not_in_use(session: Session, event: Event) -> None:
    """The office could not use this version, and why."""
    row, body = _row(session, event), event["body"]
    if (body["version"], event["at"]) >= (row.refused_version, row.refused_at):
        row.refused_version, row.refused_at = body["version"], event["at"]
        row.code, row.message, row.message_en = body["code"], body["message"], body.get("message_en", "")  # "": told by an older program
        session.add(row)


def _row(session: Session, event: Event) -> FeedStanding:
    place = (event["office_id"], event["body"]["topic"])
    return session.get(FeedStanding, place) or FeedStanding(office_id=place[0], topic=place[1])
