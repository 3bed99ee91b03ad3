"""The one writer: every write passes one queue and one thread; under load many jobs share one COMMIT.

Eight threads that each wrote for themselves took the slowest tickets from 1 to 105 ms; one thread with group commit keeps
them short. A job gets a `Session` and touches nothing else, because it may run twice: when one job of a batch fails, the
batch is rolled back and each runs alone. It returns plain data, never a database object.
"""

import asyncio
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import Engine
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from kiosk.core.db import fault
from kiosk.core.errors import Busy

T = TypeVar("T")
Job = Callable[[Session], T]

BATCH, DEPTH = 64, 2000
STOP_SECONDS = 30


class Transact(Protocol):
    """Runs a job in one transaction and gives its result: `Writer.write`, `Runtime.read`, those of `short` with their settings."""

    def __call__(self, job: Job[T], /) -> T:
        """The job's result."""


@dataclass
class _Entry(Generic[T]):
    job: Job[T]
    done: "Future[T] | asyncio.Future[T]"
    loop: asyncio.AbstractEventLoop | None = None


Outcome = tuple[_Entry[Any], Any, BaseException | None]


class Writer:
    """Runs jobs in the order they came; an answer is given only after the COMMIT that holds it."""

    def __init__(self, engine: Engine, *, batch: int = BATCH, depth: int = DEPTH) -> None:
        self._engine, self._batch = engine, batch
        self._waiting: queue.Queue[_Entry[Any] | None] = queue.Queue(depth)
        self._thread = threading.Thread(target=self._run, name="writer", daemon=True)
        self.commits = self.jobs = 0

    def start(self) -> None:
        """Begin to write."""
        self._thread.start()

    @property
    def alive(self) -> bool:
        """Whether somebody writes."""
        return self._thread.is_alive()

    def stop(self) -> None:
        """Finish what waits, then end."""
        self._waiting.put(None)
        self._thread.join(STOP_SECONDS)

    async def submit(self, job: Job[T]) -> T:
        """Run `job` in a transaction and return its result once that is durable.

        Raises what the job raised, `Busy` when too much waits, `StorageFull` when the disk is full.
        """
        loop = asyncio.get_running_loop()
        done: asyncio.Future[T] = loop.create_future()
        self._put(_Entry(job, done, loop))
        return await done

    def enqueue(self, job: Job[T]) -> Future[T]:
        """As `submit`, for callers outside the event loop."""
        done: Future[T] = Future()
        self._put(_Entry(job, done))
        return done

    def write(self, job: Job[T]) -> T:
        """As `submit`, for a thread that waits for it."""
        return self.enqueue(job).result()

    def _put(self, entry: _Entry[Any]) -> None:
        try:
            self._waiting.put_nowait(entry)
        except queue.Full:
            raise Busy() from None

    def _take(self) -> tuple[list[_Entry[Any]], bool]:
        """The jobs that wait now, at most one batch, and whether to end after them."""
        batch: list[_Entry[Any]] = []
        entry = self._waiting.get()
        while entry is not None:
            batch.append(entry)
            if len(batch) == self._batch:
                return batch, False
            try:
                entry = self._waiting.get_nowait()
            except queue.Empty:
                return batch, False
        return batch, True

    def _run(self) -> None:
        ending = False
        while not ending:
            batch, ending = self._take()
            if batch:
                self._commit(batch)

    def _commit(self, batch: list[_Entry[Any]]) -> None:
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                results = [entry.job(session) for entry in batch]
                session.commit()
        except BaseException as failure:  # whatever a job raises belongs to its caller, not to this thread
            if len(batch) == 1:
                _tell([(batch[0], None, _for_people(failure))])
                return
            for entry in batch:  # one bad job must not cost the others theirs
                self._commit([entry])
            return
        self.commits += 1
        self.jobs += len(batch)
        _tell([(entry, result, None) for entry, result in zip(batch, results, strict=True)])


def _tell(outcomes: list[Outcome]) -> None:
    """Give every caller its outcome; an event loop is woken once for all of its own, not once for each."""
    for loop in {entry.loop for entry, _, _ in outcomes}:
        mine = [outcome for outcome in outcomes if outcome[0].loop is loop]
        if loop is None:
            _settle(mine)
        else:
            with suppress(RuntimeError):  # the loop has ended: nobody waits there any more
                loop.call_soon_threadsafe(_settle, mine)


def _settle(outcomes: list[Outcome]) -> None:
    for entry, result, failure in outcomes:
        if entry.done.done():
            continue  # its caller went away
        if failure is None:
            entry.done.set_result(result)
        else:
            entry.done.set_exception(failure)


def _for_people(failure: BaseException) -> BaseException:
    return (fault(failure) or failure) if isinstance(failure, DatabaseError) else failure
