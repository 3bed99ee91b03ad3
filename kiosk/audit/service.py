"""Read the chain of an office from its database, row by row: a year is a million acts, and the office computer is small."""

import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Table, select
from sqlmodel import Session

from kiosk.core.audit import HEADS, LINKS
from kiosk.core.audit_check import Noted, Report, Row, check
from kiosk.sync.outbox import EVENTS

AT_ONCE = 1000


def verify(session: Session, office_id: str, *, noted: Noted | None = None, breath: float = 0) -> Report:
    """Check the office's whole chain as this transaction sees it. `breath`: seconds of rest after every thousand rows."""
    return check(
        office_id, read(session, EVENTS, office_id, breath), read(session, LINKS, office_id), heads(session, office_id), noted=noted
    )


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
