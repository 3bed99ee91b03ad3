"""Who may sign in at the centre: added, given a new passphrase and closed by the command, never by a page."""

from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from kiosk.centre.people.errors import BadPerson, NameTaken, PersonUnknown
from kiosk.centre.people.model import CentreSession, CentreUser
from kiosk.centre.people.rules import NAME, OPERATORS
from kiosk.centre.tenancy import OFFICE_ID, as_office, as_operator
from kiosk.core.clock import stored
from kiosk.core.table_of import table_of

USERS = table_of(CentreUser)
SESSIONS = table_of(CentreSession)


def narrow(connection: Connection, office_id: str) -> None:
    """From here on the transaction may touch what somebody of `office_id` may: that office, or with "*" every one."""
    if office_id == OPERATORS:
        as_operator(connection)
    else:
        as_office(connection, office_id)


def add(connection: Connection, *, name: str, office_id: str, passphrase_hash: str, at: datetime) -> None:
    """Let somebody sign in, for one office or ("*") for all. Raises `BadPerson`, `NameTaken`."""
    if not (NAME.fullmatch(name) and (office_id == OPERATORS or OFFICE_ID.fullmatch(office_id))):
        raise BadPerson()
    as_operator(connection)
    if connection.execute(select(USERS.c.name).where(USERS.c.name == name)).first():
        raise NameTaken(name=name)
    row = {"office_id": office_id, "name": name, "passphrase_hash": passphrase_hash, "made_at": stored(at), "wrong": 0}
    connection.execute(insert(USERS), row)


def reset(connection: Connection, *, name: str, passphrase_hash: str, at: datetime) -> None:
    """Give somebody a new passphrase; sessions end, wrong tries are forgotten, a closed account is open again. Raises `PersonUnknown`."""
    _change(connection, name, at, passphrase_hash=passphrase_hash, wrong=0, not_before=None, closed_at=None)


def close(connection: Connection, *, name: str, at: datetime) -> None:
    """Let somebody sign in no more, and end the sessions. Raises `PersonUnknown`."""
    _change(connection, name, at, closed_at=stored(at))


def everybody(connection: Connection) -> list[CentreUser]:
    """All people of the centre, operators first."""
    as_operator(connection)
    rows = connection.execute(select(USERS).order_by(USERS.c.office_id, USERS.c.name)).mappings()
    return [CentreUser(**row) for row in rows]


def _change(connection: Connection, name: str, at: datetime, **values: object) -> None:
    as_operator(connection)
    if connection.execute(update(USERS).where(USERS.c.name == name).values(values)).rowcount != 1:
        raise PersonUnknown(name=name)
    open_ones = (SESSIONS.c.name == name, SESSIONS.c.ended_at.is_(None))
    connection.execute(update(SESSIONS).where(*open_ones).values(ended_at=stored(at)))
