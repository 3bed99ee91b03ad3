"""Events that belong to no room: of the office and of its chain."""

from sqlmodel import Session

from kiosk.core.missing import add_missing
from kiosk.core.office import Office
from kiosk.core.table_of import table_of
from kiosk.sync.kinds import Event, applied, nothing

OFFICES = table_of(Office)


@applied("office.loaded")
def loaded(session: Session, event: Event) -> None:
    """The office, where it is not there yet; one that is there is its seed's to change, and the centre's."""
    body = event["body"]
    row = {name: value for name, value in body.items() if name in OFFICES.c and name != "id"}
    add_missing(session, OFFICES, {**row, "office_id": event["office_id"], "digest": ""})


nothing("office.rejoined", "node.enrolled")
