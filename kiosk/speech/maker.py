"""Makes clips, two at a time, each once, outside the event loop."""

import errno
import logging
import os
import shutil
import signal
import subprocess
import sys
import threading
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from kiosk.core.errors import Busy, StorageFull
from kiosk.core.i18n import PACKAGE
from kiosk.speech.clips import Clip
from kiosk.speech.errors import SpeechFailed, SpeechMissing

AT_ONCE = 2
MOST_WAITING = 200
MAKE_SECONDS = 30  # espeak-ng's own ten, and the encoder on a machine that is busy
INSTALL = "sudo apt-get install espeak-ng"

log = logging.getLogger("kiosk.speech")


def installed() -> bool:
    """Whether espeak-ng is on the path now: it may be installed while the node runs."""
    return shutil.which("espeak-ng") is not None


class Maker:
    """Clips in one folder. A clip that exists is never made again; two who ask at once get the same one."""

    def __init__(self, folder: Path, *, at_once: int = AT_ONCE) -> None:
        self.folder = folder = folder.resolve()  # the process that makes a clip has another working directory
        folder.mkdir(parents=True, exist_ok=True)
        for part in folder.glob("*.part"):  # left by a process that was killed
            part.unlink(missing_ok=True)
        self._pool = ThreadPoolExecutor(at_once, thread_name_prefix="speech")
        self._lock = threading.Lock()
        self._under_way: dict[str, Future[Path]] = {}

    def order(self, clip: Clip) -> Future[Path]:
        """The file of `clip`, when it is there. The future raises `SpeechMissing`, `SpeechFailed` or `StorageFull`.

        Raises `Busy` when too many clips wait already.
        """
        target = self.folder / clip.name
        with self._lock:
            done = self._under_way.get(clip.name)
            if done is None and target.exists():
                done = Future()
                done.set_result(target)
            elif done is None:
                if len(self._under_way) >= MOST_WAITING:
                    raise Busy()
                done = self._under_way[clip.name] = self._pool.submit(make, clip, target)
                done.add_done_callback(lambda _: self._forget(clip.name))
        return done

    def _forget(self, name: str) -> None:
        # no lock: the callback may run inside `order`, and popping one key is atomic
        self._under_way.pop(name, None)

    def stop(self) -> None:
        """Give up what waits; what is being made is finished."""
        self._pool.shutdown(wait=True, cancel_futures=True)


def make(clip: Clip, target: Path) -> Path:
    """Speak `clip` into `target` in a process of its own and wait for it. Raises as `Maker.order` says."""
    if not installed():
        raise SpeechMissing()
    command = [sys.executable, "-m", "kiosk.speech.make", clip.language, str(target)]
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        cwd=PACKAGE.parent,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},
        start_new_session=True,
    ) as child:
        try:
            _, said = child.communicate(clip.said.encode(), MAKE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)  # espeak-ng too
            said = b"took too long"
    if child.returncode == errno.ENOSPC:
        raise StorageFull()
    if child.returncode != 0 or not target.exists():
        reason = said.decode(errors="replace")[-200:]
        log.warning("speech failed", extra={"clip": clip.name, "status": child.returncode, "reason": reason})
        raise SpeechFailed()
    return target
