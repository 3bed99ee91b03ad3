"""The office's database: SQLite through pysqlite3, in WAL mode, durable at every commit."""

from contextlib import suppress
from pathlib import Path
from typing import Any

import pysqlite3
from sqlalchemy import Engine, event
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import QueuePool
from sqlmodel import create_engine

from kiosk.core.errors import KioskError, StartError, StorageFull
from kiosk.core.files import OWNER_ONLY, close_to_others
from kiosk.core.i18n import N_

# Versions 3.7.0 to 3.51.2 carry the WAL-reset race: a commit that was acknowledged can be lost (sqlite.org/wal.html).
OLDEST_SQLITE = (3, 51, 3)
BUSY_MS = 30_000


class OldSqlite(StartError):
    """The SQLite library inside pysqlite3 is one that loses commits."""

    code = "STORAGE-0001"
    sentence = N_("SQLite {found} can lose data; {needed} or newer is needed. Install the package pysqlite3 again.")


class DatabaseDamaged(StartError):
    """SQLite cannot read the file, or says that its pages contradict each other."""

    code = "STORAGE-0500"
    sentence = N_("The database cannot be read: {reason}. Do not delete it: restore a backup, or ask for help with a copy of the file.")


def fault(failure: DatabaseError) -> KioskError | None:
    """What a failure of the database means to people: no room left, or a file that cannot be read. None: our own mistake."""
    if "disk is full" in str(failure.orig):
        return StorageFull()
    return DatabaseDamaged(reason=failure.orig) if type(failure) in {DatabaseError, OperationalError} else None


def keep_closed(path: Path) -> None:
    """The database file `path` is its owner's alone: made so, empty, when it is not there; one of an older version is closed.

    SQLite gives the files beside it (-wal, -shm) the database's own mode. What does not work here, SQLite says when it opens the file.
    """
    with suppress(OSError):
        path.touch(OWNER_ONLY, exist_ok=False)
    for name in ("", "-wal", "-shm"):
        close_to_others(path.with_name(path.name + name))


def open_engine(path: Path, *, writing: bool = False) -> Engine:
    """Engine on the database file `path`.

    A writing engine has one connection whose transactions begin with `BEGIN IMMEDIATE`; a reading one has as many as
    needed. Raises `OldSqlite`.
    """
    if pysqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise OldSqlite(found=pysqlite3.sqlite_version, needed=".".join(map(str, OLDEST_SQLITE)))
    keep_closed(path)
    engine = create_engine(
        f"sqlite:///{path}",
        module=pysqlite3.dbapi2,
        poolclass=QueuePool,
        pool_size=1 if writing else 8,
        max_overflow=0 if writing else 56,
        connect_args={"check_same_thread": False, "timeout": BUSY_MS / 1000},
        hide_parameters=True,  # a failure is logged: not with what somebody wrote
    )
    event.listen(engine, "connect", _configure)
    event.listen(engine, "begin", lambda connection: connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN"))
    return engine


def _configure(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # SQLAlchemy's event sends BEGIN, not the driver
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={BUSY_MS}"):
        connection.execute(f"PRAGMA {pragma}")
