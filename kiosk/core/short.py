"""Short work on the office's database from a command, also while the server runs."""

from collections.abc import Callable
from typing import TypeVar

from sqlmodel import Session

from kiosk.core import schema
from kiosk.core.config import Settings
from kiosk.core.db import open_engine
from kiosk.core.files import data_folder

T = TypeVar("T")


def write(here: Settings, job: Callable[[Session], T]) -> T:
    """Run `job` in one short transaction of its own. Raises `DatabaseOlder`, `DatabaseNewer`, and what `job` raises."""
    data_folder(here.data_dir)
    engine = open_engine(here.database, writing=True)
    try:
        schema.check(engine)
        with Session(engine, expire_on_commit=False) as session:
            result = job(session)
            session.commit()
            return result
    finally:
        engine.dispose()


def read(here: Settings, job: Callable[[Session], T]) -> T:
    """Run `job` in one transaction that writes nothing and sees one moment. Raises `DatabaseOlder`, `DatabaseNewer`."""
    if not here.database.exists():
        raise schema.DatabaseOlder(found="0000", needed=schema.known()[-1])
    engine = open_engine(here.database)
    try:
        schema.check(engine)
        with Session(engine) as session:
            return job(session)
    finally:
        engine.dispose()
