"""Settling what was kept aside: somebody looked, and says what was done. Nothing is deleted. The caller owns the transaction."""

from datetime import datetime

from sqlalchemy import select
from sqlmodel import Session

from kiosk.core.clock import stored
from kiosk.core.missing import add_missing
from kiosk.core.table_of import table_of
from kiosk.devices.errors import AsideGone, NoteMissing
from kiosk.devices.model import AsideEntry
from kiosk.sync.kinds import Event
from kiosk.sync.outbox import record

ASIDE = table_of(AsideEntry)
NOTE_MOST = 500
FACTS = ("id", "content_hash", "device_id", "kind", "code", "about")


def list_aside(session: Session, office_id: str, *, settled: bool = False, most: int = 50) -> list[AsideEntry]:
    """What is kept aside and open, newest first; or what was `settled`, the last one first."""
    which = ASIDE.c.settled_at.is_not(None) if settled else ASIDE.c.settled_at.is_(None)
    order = (ASIDE.c.settled_at if settled else ASIDE.c.at).desc()
    asked = select(ASIDE).where(ASIDE.c.office_id == office_id, which).order_by(order, ASIDE.c.id).limit(most)
    return [AsideEntry(**row) for row in session.connection().execute(asked).mappings()]


def settle(session: Session, *, office_id: str, entry_id: str, content_hash: str, note: str, at: datetime, actor: str) -> None:
    """Write down what was done about an entry. Raises `NoteMissing`, `AsideGone` (there is no such one, or it is settled already)."""
    note = note.strip()
    if not 1 <= len(note) <= NOTE_MOST or "\0" in note:
        raise NoteMissing(most=NOTE_MOST)
    row = session.get(AsideEntry, (office_id, entry_id, content_hash))
    if row is None or row.settled_at is not None:
        raise AsideGone()
    _settle(session, row, note=note, at=stored(at), by=actor)
    body = {**{name: getattr(row, name) for name in FACTS}, "kept_at": row.at, "note": note}
    record(session, office_id=office_id, kind="entry.settled", body=body, actor=actor, at=at)


def settle_again(session: Session, event: Event) -> None:
    """The same from its event. Where the entry itself is not here (any more), its facts stand without its content; the first note stays."""
    body, office_id = event["body"], event["office_id"]
    facts = {name: body[name] for name in FACTS}
    add_missing(session, ASIDE, {"office_id": office_id, **facts, "entry": "", "at": body["kept_at"], "settled_by": "", "note": ""})
    row = session.get(AsideEntry, (office_id, body["id"], body["content_hash"]), populate_existing=True)
    if row is not None and row.settled_at is None:
        _settle(session, row, note=body["note"], at=event["at"], by=event["actor"])


def _settle(session: Session, row: AsideEntry, *, note: str, at: str, by: str) -> None:
    row.settled_at, row.settled_by, row.note = at, by, note
    session.add(row)
    session.flush()
