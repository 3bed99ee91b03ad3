"""Two computers with one key: which one is right, the centre cannot know, so that neither may send any more."""

from datetime import datetime

from sqlalchemy import Connection, insert, select

from kiosk.centre import nodes
from kiosk.centre.ingest import EPOCHS, cursor_of
from kiosk.core.clock import stored


def fence(connection: Connection, *, office_id: str, node_id: str, at: datetime) -> bool:
    """Revoke the key and close its open epoch where the centre's cursor stands; whether there was such an active node.

    The right computer is enrolled anew with a code, under another id. It sends its whole chain again; what the centre has of it
    already is found by its event ids and not kept twice.
    """
    if not nodes.revoke(connection, office_id=office_id, node_id=node_id):
        return False
    mine = {"office_id": office_id, "node_id": node_id}
    end = cursor_of(connection, **mine)
    there = select(EPOCHS.c.epoch).where(EPOCHS.c.office_id == office_id, EPOCHS.c.node_id == node_id, EPOCHS.c.epoch == end.epoch)
    if connection.execute(there).first() is None:
        connection.execute(insert(EPOCHS), {**mine, "epoch": end.epoch, "seq": end.seq, "hash": end.hash, "closed_at": stored(at)})
    return True
