"""One slip after the other, by one thread of its own: whoever asked waits for the result, and nothing else waits for the printer."""

import asyncio
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from queue import Empty, Full, Queue

from kiosk.core.config import Settings
from kiosk.core.errors import KioskError
from kiosk.paper.errors import NoPrinter, PrinterAway, PrinterBusy
from kiosk.paper.printer import Line, columns_of, to_bytes
from kiosk.paper.wire import CONNECT_SECONDS, PRINT_SECONDS, put_on_paper

log = logging.getLogger("kiosk.paper")

WAITING = 4  # slips; a slip takes two seconds, and nobody waits longer for one
WAIT_SECONDS = CONNECT_SECONDS + PRINT_SECONDS
Put = Callable[[str, bytes], bool]


@dataclass(frozen=True)
class _Job:
    lines: Sequence[Line]
    result: "Future[bool]"


class Spool:
    """Prints at `address` on paper of `columns`; `put` is what brings bytes to a printer (`wire.put_on_paper`)."""

    def __init__(self, address: str, columns: int, *, put: Put = put_on_paper) -> None:
        self._address, self._columns, self._put = address, columns, put
        self._jobs: Queue[_Job | None] = Queue(WAITING)
        self._thread = threading.Thread(target=self._run, name="paper", daemon=True)
        self._thread.start()

    async def print_slip(self, lines: Sequence[Line], *, seconds: float = WAIT_SECONDS) -> bool:
        """Print and tell how it ended: True when the printer confirmed the slip, False when it is one that tells nothing.

        Raises `PrinterBusy` when too many wait, or the slip's turn has not come within `seconds`: it is then not printed later
        either. Raises what `wire.put_on_paper` raises.
        """
        result: Future[bool] = Future()
        try:
            self._jobs.put_nowait(_Job(lines, result))
        except Full:
            raise PrinterBusy() from None
        waiting = asyncio.wrap_future(result)
        await asyncio.wait({waiting}, timeout=seconds)
        if not waiting.done() and result.cancel():
            raise PrinterBusy()
        return await waiting  # begun: every step of it has its own deadline

    def stop(self) -> None:
        """Print nothing more; what waits is refused."""
        while True:
            try:
                job = self._jobs.get_nowait()
            except Empty:
                break
            if job is not None and job.result.set_running_or_notify_cancel():
                job.result.set_exception(PrinterAway())
        self._jobs.put(None)
        self._thread.join(timeout=WAIT_SECONDS)

    def _run(self) -> None:
        while (job := self._jobs.get()) is not None:
            if not job.result.set_running_or_notify_cancel():
                continue  # whoever asked is gone
            try:
                job.result.set_result(self._put(self._address, to_bytes(job.lines, self._columns)))
            except KioskError as failed:
                log.warning("slip not printed", extra={"code": failed.code, "cause": repr(failed.__cause__)})
                job.result.set_exception(failed)
            except Exception as failed:
                log.exception("slip not printed")
                job.result.set_exception(failed)


_current: Spool | None = None


def start(settings: Settings) -> None:
    """Begin to print where the settings name a printer."""
    global _current  # noqa: PLW0603 (one printer a node)
    if settings.printer:
        _current = Spool(settings.printer, columns_of(int(settings.paper_mm), settings.paper_columns))


def stop() -> None:
    """Print nothing more."""
    global _current  # noqa: PLW0603 (one printer a node)
    if _current is not None:
        _current.stop()
        _current = None


async def print_slip(lines: Sequence[Line]) -> bool:
    """Print on the office's printer: as `Spool.print_slip`. Raises `NoPrinter` where there is none."""
    return await running().print_slip(lines)


def running() -> Spool:
    """The spool of this node. Raises `NoPrinter`."""
    if _current is None:
        raise NoPrinter()
    return _current
