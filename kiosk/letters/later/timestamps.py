"""Timestamps of the issuance log's head: taken when it moved, kept, and told to the centre, where nobody here can take them back."""

from base64 import b64decode, b64encode
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, col, select

from kiosk.core.actors import NODE
from kiosk.core.clock import stored
from kiosk.core.config import Settings
from kiosk.core.missing import add_missing
from kiosk.core.table_of import table_of
from kiosk.core.writer import Transact
from kiosk.letters.later import stamps
from kiosk.letters.later.errors import LogDiffers, NothingToStamp, StamperUnset
from kiosk.letters.later.model import LogTimestamp
from kiosk.letters.later.stamps import Stamp
from kiosk.letters.register import log
from kiosk.letters.register.log import LogHead
from kiosk.sync.outbox import record

ROWS = table_of(LogTimestamp)
STAMPED = "letter.log_timestamped"
EVERY = timedelta(hours=1)


def newest(session: Session, office_id: str) -> LogTimestamp | None:
    """The timestamp of the furthest head of this log; None before the first. Rows of another log, as a centre may send back, are none."""
    mine = select(LogTimestamp).where(LogTimestamp.office_id == office_id)
    rows = session.exec(mine.order_by(col(LogTimestamp.position).desc()))
    return next((row for row in rows if log.head_at(session, office_id, row.position) == row.head), None)


def wanted(session: Session, office_id: str, *, now: datetime, every: timedelta = EVERY) -> LogHead | None:
    """The head that is to be timestamped: it moved, and the last one was taken `every` ago or more. None: nothing to do."""
    here, last = log.head(session, office_id), newest(session, office_id)
    if here.position == 0 or (last is not None and last.position >= here.position):
        return None
    return here if last is None or abs(now - datetime.fromisoformat(last.taken_at)) >= every else None


def take(
    settings: Settings,
    *,
    read: Transact,
    write: Transact,
    now: Callable[[], datetime],
    every: timedelta = timedelta(),
) -> Stamp | None:
    """Timestamp the head as it stands now; None when it was timestamped already, or within `every`.

    Raises `StamperUnset`, `NothingToStamp`, `StamperUnreachable`, `StampRefused`, `LogDiffers`.
    """
    if not settings.timestamp_url:
        raise StamperUnset()
    office_id = settings.office
    if read(lambda session: log.head(session, office_id)).position == 0:
        raise NothingToStamp()
    head = read(lambda session: wanted(session, office_id, now=now(), every=every))
    if head is None:
        return None
    stamp = stamps.ask(settings.timestamp_url, bytes.fromhex(head.hash), stamps.authorities_in(settings.timestamp_ca))
    write(lambda session: keep(session, office_id, head, stamp, at=now()))
    return stamp


def keep(session: Session, office_id: str, head: LogHead, stamp: Stamp, *, at: datetime) -> None:
    """Keep a verified stamp over `head`, and tell the centre head and token. Raises `LogDiffers` when the log has another head there."""
    if log.head_at(session, office_id, head.position) != head.hash:
        raise LogDiffers(position=head.position)
    body = {"position": head.position, "head": head.hash, "token": b64encode(stamp.token).decode(), "at": stored(stamp.at)}
    if put(session, office_id, body, taken_at=stored(at)):
        record(session, office_id=office_id, kind=STAMPED, body=body, actor=NODE, at=at)


def put(session: Session, office_id: str, body: dict[str, Any], *, taken_at: str) -> bool:
    """The row of the event `letter.log_timestamped`; whether it was not there yet."""
    facts = {name: body[name] for name in ("position", "head", "token", "at")}
    return add_missing(session, ROWS, {**facts, "office_id": office_id, "taken_at": taken_at})


def token_of(row: LogTimestamp) -> bytes:
    """The token (ContentInfo, DER)."""
    return b64decode(row.token)
