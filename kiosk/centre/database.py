"""The centre's database: one SQLite file with one writer, or PostgreSQL with as many connections as there are threads."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine
from sqlalchemy.exc import OperationalError

from kiosk.centre.config import CentreSettings
from kiosk.centre.errors import CentreOlder, NoDatabase
from kiosk.centre.row_security import check_role, grant
from kiosk.centre.tenancy import as_operator
from kiosk.core import schema
from kiosk.core.db import open_engine
from kiosk.core.files import data_folder

POOL, MORE = 16, 24  # together as many as the server has threads


def open_centre(here: CentreSettings) -> Engine:
    """Engine on the centre's database. On SQLite transactions begin with BEGIN IMMEDIATE, one at a time. Raises `BadSetting`."""
    url = here.database
    if url.drivername == "sqlite":
        return open_engine(Path(str(url.database)).resolve(), writing=True)
    return create_engine(url, pool_size=POOL, max_overflow=MORE, pool_pre_ping=True, hide_parameters=True)


def migrate(here: CentreSettings) -> str:
    """Bring the centre's database to this program's version, as its owner; gives that version. On PostgreSQL each office's rows are
    separated, and the server's role may then read and write rows and nothing else.

    Raises `NoDatabase`, `NoSuchRole`, `DatabaseNewer`, `BadSetting`.
    """
    url = here.owned
    if url.drivername == "sqlite":
        Path(str(url.database)).resolve().parent.mkdir(parents=True, exist_ok=True)
    try:
        schema.migrate(url.render_as_string(hide_password=False))
    except OperationalError as gone:
        raise NoDatabase(reason=_first_line(gone)) from None
    if here.database.username and here.database.username != url.username:
        owner = create_engine(url)
        with owner.begin() as connection:
            grant(connection, here.database.username)
        owner.dispose()
    return schema.known()[-1]


def prepare(here: CentreSettings, engine: Engine) -> None:
    """Before the centre serves: a try-out's SQLite is migrated; PostgreSQL must be, and must keep the offices apart whatever we do.

    Raises `DatabaseOlder`, `DatabaseNewer`, `RoleTooStrong`, `RowsOpen`, `NoDatabase`.
    """
    if engine.dialect.name == "sqlite":
        migrate(here)
        return
    try:
        if (found := schema.stands_at(engine)) != schema.known()[-1] and found in {"", *schema.known()}:
            raise CentreOlder(found=found or "0000", needed=schema.known()[-1])
        schema.check(engine)
        check_role(engine)
    except OperationalError as gone:
        raise NoDatabase(reason=_first_line(gone)) from None


@contextmanager
def working(here: CentreSettings) -> Iterator[Connection]:
    """One transaction of the centre's operator, also while the centre runs. Raises `NoDatabase`, `DatabaseOlder`, `DatabaseNewer`."""
    if here.database_url is None:
        data_folder(here.data_dir)
    engine = open_centre(here)
    try:
        schema.check(engine)
        with engine.begin() as connection:
            as_operator(connection)
            yield connection
    except OperationalError as gone:
        raise NoDatabase(reason=_first_line(gone)) from None
    finally:
        engine.dispose()


def _first_line(failure: OperationalError) -> str:
    return (str(failure.orig).splitlines() or [""])[0].rstrip(".")
