"""Which office a transaction may touch: PostgreSQL's row level security, and the setting that it reads.

A transaction sees nothing until it says for whom it works: one office, or all of them (the centre's operators). Who is not known yet (a
node by its id, a person by a name) is found by naming that one key, which opens that one row for reading and nothing else.
SQLite, for a try-out, has no such thing: there the statements' own conditions stand alone.
"""

import re

from sqlalchemy import Connection, text

EVERY_OFFICE = "*"
OFFICE, KEY = "kios.office", "kios.key"
OFFICE_ID = re.compile(r"[a-z][a-z0-9-]{1,30}")
_SET = text(f"SELECT set_config('{OFFICE}', :office, true), set_config('{KEY}', :key, true)")


def as_office(connection: Connection, office_id: str) -> None:
    """From here to the end of the transaction only rows of `office_id` are seen and written.

    Raises ValueError for what is no office's id: the mark of the operators must never come out of a row or a form.
    """
    if OFFICE_ID.fullmatch(office_id) is None:
        raise ValueError(f"no id of an office: {office_id!r}")
    _say(connection, office_id)


def as_operator(connection: Connection) -> None:
    """From here to the end of the transaction the rows of every office are seen: for the centre's operators and for nobody else."""
    _say(connection, EVERY_OFFICE)


def looking_for(connection: Connection, key: str) -> None:
    """From here on only the row whose key is `key` is seen: a node's id, a code's hash, a person's name, a session's hash."""
    _say(connection, "", key)


def _say(connection: Connection, office: str, key: str = "") -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(_SET, {"office": office, "key": key})
