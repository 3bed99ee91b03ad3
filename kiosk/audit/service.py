"""Read the chain of an office from its database, row by row: a year is a million acts, and the office computer is small."""

import json
import time
from collections.abc import Iterator
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Table, select
from sqlmodel import Session

from kiosk.core.audit import HEADS, LINKS
from kiosk.core.audit_check import Noted, Report, Row, check
from kiosk.core.chain import Head
from kiosk.sync.heads import read_head
from kiosk.sync.model import CentreLine
from kiosk.sync.outbox import EVENTS

AT_ONCE = 1000


def verify(
    session: Session, office_id: str, *, noted: Noted | None = None, countersigned: Noted | None = None, breath: float = 0
) -> Report:
    """Check the office's whole chain as this transaction sees it. `breath`: seconds of rest after every thousand rows."""
    events, links = read(session, EVENTS, office_id, breath), read(session, LINKS, office_id)
    return check(office_id, events, links, heads(session, office_id), noted=noted, countersigned=countersigned)


def verify_with_centre(session: Session, office_id: str, *, noted: Noted | None = None, breath: float = 0) -> tuple[Report, Head | None]:
    """As `verify`, also against the newest head that the centre signed; gives that head, None where there is none."""
    line = session.get(CentreLine, office_id)
    head = _countersigned(line) if line else None
    report = verify(session, office_id, noted=noted, countersigned=Noted(head.seq, head.hash) if head else None, breath=breath)
    if line and line.countersigned and head is None:
        report.add("receipt", line.epoch, line.seq)
    return report, head


def _countersigned(line: CentreLine) -> Head | None:
    """The head that the centre signed, as the node kept it; None for none, and for one that the signature does not bear out."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(line.centre_key))
        return read_head(key, line.office_id, json.loads(line.countersigned or "null"))
    except ValueError:
        return None


def read(session: Session, table: Table, office_id: str, breath: float = 0) -> Iterator[Row]:
    """Rows of the events or the links of an office in the order of the chain, never more than a thousand in memory."""
    columns = table.c
    wanted = select(table).where(columns.office_id == office_id).order_by(columns.epoch, columns.seq)
    for some in session.connection().execute(wanted.execution_options(yield_per=AT_ONCE)).mappings().partitions():
        yield from (dict(row) for row in some)
        if breath:
            time.sleep(breath)  # the node serves the hall from the same process


def heads(session: Session, office_id: str) -> list[Any]:
    """Where the office's chain stands, by its own word."""
    return list(session.connection().execute(select(HEADS).where(HEADS.c.office_id == office_id)).mappings())
