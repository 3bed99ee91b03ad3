"""What a node writes down of its line, so that staff and browsers know of it: no event of the outbox, which would never end."""

import json
from datetime import datetime

from sqlalchemy import update
from sqlmodel import Session

from kiosk.core.clock import stored
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.core.table_of import table_of
from kiosk.sync.model import REVOKED, TWIN, UNREACHABLE, CentreLine
from kiosk.sync.rounds import Outcome

LINES = table_of(CentreLine)

# What a person does, by the state of the line.
TO_DO = {
    "current": N_("Nothing to do."),
    UNREACHABLE: N_("Nothing to do: it is tried again by itself. If it lasts, check the internet connection."),
    "refused": N_("It is tried again by itself. If it lasts, tell the centre the code."),
    REVOKED: N_("Ask the centre for a code, then: kiosk sync enrol CODE --centre URL --again"),
    TWIN: N_("Find the copy of this computer and switch it off. Then ask the centre for a code, and: kiosk sync enrol --again"),
}
STATES = {
    "current": N_("Connected"),
    UNREACHABLE: N_("No line"),
    "refused": N_("Refused by the centre"),
    REVOKED: N_("Revoked by the centre"),
    TWIN: N_("Another computer has this identity"),
}


def note(session: Session, *, office_id: str, node_id: str, outcome: Outcome, at: datetime) -> None:
    """Write down how a round ended, unless the node was enrolled anew in the meantime."""
    error: KioskError | None = outcome.error
    values: dict[str, object] = {"state": outcome.state, "last_try_at": stored(at)}
    values |= {"code": code_of(error), "message": error.text("id") if error else ""}
    if outcome.state != UNREACHABLE:
        values["last_contact_at"] = stored(at)
    if outcome.durable is not None:
        values |= dict(zip(("epoch", "seq"), outcome.durable, strict=True))
    if outcome.countersigned is not None:
        values["countersigned"] = json.dumps(outcome.countersigned)
    mine = (LINES.c.office_id == office_id, LINES.c.node_id == node_id)
    session.connection().execute(update(LINES).where(*mine).values(values))


def code_of(error: KioskError | None) -> str:
    """The code that a person reads out: the centre's own where the centre spoke."""
    if error is None:
        return ""
    return str(error.facts.get("code") or error.code)
