"""The processes that read strangers' files: a new one for each file, two at once, and one that stands ready.

Loading the libraries takes a third of a second, so after the first file the next process is started ahead; it ends when nobody came for
ten minutes. Whatever a process does, the answer is facts or a reason: it is killed when it is late, and nonsense counts as broken.
"""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from pydantic import ValidationError

import kiosk
from kiosk.letters.checking.errors import ReadersBusy, Unreadable
from kiosk.letters.checking.facts import MOST_LINE, ONLY_PICTURES, READY, Facts
from kiosk.letters.checking.kind import check_size, is_large, kind_of
from kiosk.letters.checking.limits import AT_ONCE, MOST_BYTES, PATIENCE, SECONDS, START_SECONDS, WAITING

COMMAND = (sys.executable, "-s", "-m", "kiosk.letters.checking.child")
IDLE_SECONDS = 600.0
Process = subprocess.Popen[bytes]


class Readers:
    """`read` gives the facts of a file. `ahead`: whether a process is kept ready for the next one."""

    def __init__(
        self, *, ahead: bool = True, command: tuple[str, ...] = COMMAND, seconds: float = SECONDS, patience: float = PATIENCE
    ) -> None:
        self._ahead, self._command, self._seconds, self._patience = ahead, command, seconds, patience
        self._free = threading.BoundedSemaphore(AT_ONCE)
        self._lock = threading.Lock()
        self._waiting = 0
        self._spare: Process | None = None
        self._idle: threading.Timer | None = None

    def read(self, data: bytes) -> Facts:
        """What `data` is and shows. Raises `ReadersBusy` when too many read already; for the file itself it never raises."""
        try:
            _look_at_once(data)
        except Unreadable as fault:
            return Facts.model_validate({"unreadable": fault.reason})
        with self._turn():
            process = self._start(ONLY_PICTURES) if _is_large_picture(data) else self._take()
            answer, late = self._ask(process, data)
            self._stand_ready()
        if late:
            return Facts(unreadable="reading_took_too_long")
        try:
            return Facts.model_validate_json(answer)
        except ValidationError:
            return Facts(unreadable="broken_pdf" if kind_of(data) == "pdf" else "broken_picture")

    def prepare(self) -> None:
        """Have a process ready: somebody is about to send a file."""
        if self._ahead:
            with self._lock:
                if self._spare is None:
                    self._spare = self._start()

    def close(self) -> None:
        """End the process that stands ready."""
        with self._lock:
            spare, self._spare = self._spare, None
            if self._idle is not None:
                self._idle.cancel()
        if spare is not None:
            _end(spare)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        with self._lock:
            if self._waiting >= AT_ONCE + WAITING:
                raise ReadersBusy()
            self._waiting += 1
        try:
            if not self._free.acquire(timeout=self._patience):
                raise ReadersBusy()
            try:
                yield
            finally:
                self._free.release()
        finally:
            with self._lock:
                self._waiting -= 1

    def _take(self) -> Process:
        with self._lock:
            spare, self._spare = self._spare, None
        return spare if spare is not None and spare.poll() is None else self._start()

    def _start(self, *words: str) -> Process:
        kept = {name: os.environ[name] for name in ("PATH", "PYTHONDONTWRITEBYTECODE") if name in os.environ}  # and no passphrase
        environment = kept | {"PYTHONPATH": str(Path(kiosk.__file__).parent.parent), "LANG": "C.UTF-8"}
        command = (*self._command, *words)
        return subprocess.Popen(command, env=environment, cwd="/", stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)

    def _stand_ready(self) -> None:
        if not self._ahead:
            return
        with self._lock:
            if self._idle is not None:
                self._idle.cancel()
            self._idle = threading.Timer(IDLE_SECONDS, self.close)
            self._idle.daemon = True
            self._idle.start()
        self.prepare()

    def _ask(self, process: Process, data: bytes) -> tuple[bytes, bool]:
        """The answer, and whether the process was late, by the wall's clock or by its own of the time that it worked."""
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("the reading process has no pipes")
        try:
            with _until(START_SECONDS, process):
                process.stdout.read(len(READY))
            with _until(self._seconds, process):
                with suppress(BrokenPipeError):
                    process.stdin.write(data)
                    process.stdin.close()
                answer = process.stdout.read(MOST_LINE)
                process.wait()
        finally:
            _end(process)
        return answer, process.returncode in {-signal.SIGXCPU, -signal.SIGKILL}


@contextmanager
def _until(seconds: float, process: Process) -> Iterator[None]:
    """Kill `process` when this takes longer: whatever reads from it or writes to it goes on at once."""
    clock = threading.Timer(seconds, process.kill)
    clock.daemon = True
    clock.start()
    try:
        yield
    finally:
        clock.cancel()


def _end(process: Process) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe is not None:
            with suppress(BrokenPipeError):
                pipe.close()
    process.wait()


def _is_large_picture(data: bytes) -> bool:
    kind = kind_of(data)
    return kind is not None and kind != "pdf" and is_large(data, kind)


def _look_at_once(data: bytes) -> None:
    """What needs no process. Raises `Unreadable`."""
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large")
    kind = kind_of(data)
    if kind is None:
        raise Unreadable("broken_picture")
    if kind != "pdf":
        check_size(data, kind)
