"""What one running node owns. Made once by the composition root, found by every room through `runtime()`."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from sqlalchemy import Engine
from sqlmodel import Session

from kiosk.core.clock import utc_now
from kiosk.core.config import Settings
from kiosk.core.db import open_engine
from kiosk.core.writer import Writer

T = TypeVar("T")


@dataclass
class Runtime:
    """Settings, the reading engine, the one writer and the clock of this node."""

    settings: Settings
    engine: Engine
    writing_engine: Engine
    writer: Writer
    now: Callable[[], datetime] = field(default=utc_now)

    @property
    def office_id(self) -> str:
        """The office that this node serves."""
        return self.settings.office

    def reading(self) -> Session:
        """A session to read with: `with runtime().reading() as session`."""
        return Session(self.engine)

    def read(self, job: Callable[[Session], T]) -> T:
        """Run `job` with a session to read with, as `writer.write` does with one to write with."""
        with self.reading() as session:
            return job(session)


_current: Runtime | None = None


def start(settings: Settings) -> Runtime:
    """Open the database of `settings` and begin to write. The database must be migrated."""
    global _current  # noqa: PLW0603 (one node a process: this is where it is)
    writing = open_engine(settings.database, writing=True)
    _current = Runtime(settings, open_engine(settings.database), writing, Writer(writing))
    _current.writer.start()
    return _current


def stop() -> None:
    """Finish what waits and close the database."""
    global _current  # noqa: PLW0603
    if _current is not None:
        _current.writer.stop()
        _current.engine.dispose()
        _current.writing_engine.dispose()
        _current = None


def runtime() -> Runtime:
    """The node of this process. Raises RuntimeError before `start`."""
    if _current is None:
        raise RuntimeError("the node has not started")
    return _current
