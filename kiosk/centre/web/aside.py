"""What was set aside: shown with what it means and what to do, settled with a note, never deleted."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select, update

from kiosk.centre.ingest import ASIDE
from kiosk.centre.model import SetAside
from kiosk.centre.rules import FOREIGN_OFFICE, NOT_AN_EVENT, OTHER_BODY
from kiosk.centre.web import texts
from kiosk.core.clock import stored
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_

A_PAGE = 25
NOTE_MOST = 500
# code -> what happened, what to do; message ids
MEANING = {
    NOT_AN_EVENT: (texts.ASIDE_NOT_AN_EVENT, texts.ASIDE_NOT_AN_EVENT_DO),
    FOREIGN_OFFICE: (texts.ASIDE_FOREIGN, texts.ASIDE_FOREIGN_DO),
    OTHER_BODY: (texts.ASIDE_OTHER_BODY, texts.ASIDE_OTHER_BODY_DO),
}
OTHERWISE = (texts.ASIDE_OTHER, texts.ASIDE_OTHER_DO)


class NoteMissing(KioskError):
    """A line is not settled by saying nothing."""

    code = "CENTRE-0423"
    status = 422
    sentence = N_("Write what was done about it, in 1 to {most} characters. Nothing was changed.")


class LineGone(KioskError):
    """No such open line: it was settled meanwhile."""

    code = "CENTRE-0410"
    status = 409
    sentence = N_("This line is not open: somebody else has settled it. Nothing was changed.")


@dataclass(frozen=True)
class Place:
    """Which line: its office, its node, its stamp."""

    office_id: str
    node_id: str
    epoch: int
    seq: int


def lines(connection: Connection, *, settled: bool, office_id: str | None, page: int) -> list[SetAside]:
    """One page of the lines that this transaction may see, newest first, and one line more when there is a next page."""
    asked = select(ASIDE).where(ASIDE.c.settled_at.is_not(None) if settled else ASIDE.c.settled_at.is_(None))
    if office_id:
        asked = asked.where(ASIDE.c.office_id == office_id)
    order = (ASIDE.c.received_at.desc(), ASIDE.c.office_id, ASIDE.c.node_id, ASIDE.c.epoch, ASIDE.c.seq)
    rows = connection.execute(asked.order_by(*order).offset(page * A_PAGE).limit(A_PAGE + 1)).mappings()
    return [SetAside(**row) for row in rows]


def settle(connection: Connection, place: Place, *, note: str, by: str, at: datetime) -> None:
    """Note what was done about a line. Raises `NoteMissing`, `LineGone`."""
    note = note.strip()
    if not 1 <= len(note) <= NOTE_MOST or "\0" in note:
        raise NoteMissing(most=NOTE_MOST)
    here = [ASIDE.c[name] == value for name, value in vars(place).items()]
    open_one = update(ASIDE).where(*here, ASIDE.c.settled_at.is_(None))
    if connection.execute(open_one.values(settled_at=stored(at), settled_by=by, note=note)).rowcount != 1:
        raise LineGone()
