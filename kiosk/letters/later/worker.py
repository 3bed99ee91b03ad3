"""What the node does for letters when there is a line, in a thread of its own: certified signatures, timestamps; and the yearly broom."""

import logging
import threading
import time
from collections.abc import Callable

from kiosk.core.errors import KioskError
from kiosk.core.runtime import Runtime
from kiosk.letters.later import certified, suspicions, timestamps
from kiosk.letters.later.rules import pause
from kiosk.letters.later.signer import CertifiedSigner, HttpSigner, credentials_from
from kiosk.letters.trust.certified import pinned

logger = logging.getLogger("kiosk.letters")
LOOK_S = 5.0
SWEEP_S = 6 * 3600.0
STOP_S = 3.0


class Worker:
    """Runs beside `node`. `start` and `stop` once each. `signer`: another way to the certified signer, for tests."""

    def __init__(self, node: Runtime, *, signer: CertifiedSigner | None = None, look_s: float = LOOK_S) -> None:
        self._node, self._signer, self._look_s = node, signer, look_s
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="letters", daemon=True)
        self._failures: dict[str, int] = {}
        self._not_before: dict[str, float] = {}

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End soon; what is on its way is asked for again next time."""
        self._stopping.set()
        self._thread.join(STOP_S)

    def _run(self) -> None:
        while not self._stopping.is_set():
            for name, job in (("sign", self._sign), ("stamp", self._stamp), ("sweep", self._sweep)):
                if time.monotonic() >= self._not_before.get(name, 0):
                    self._do(name, job)
            self._stopping.wait(self._look_s)

    def _do(self, name: str, job: Callable[[], float]) -> None:
        """Run `job`, which gives the seconds until its next turn; after a failure that grows."""
        try:
            rest = job()
        except Exception as failure:
            self._failures[name] = self._failures.get(name, 0) + 1
            rest = pause(self._failures[name]).total_seconds()
            known = isinstance(failure, KioskError)
            facts = {"job": name, "code": failure.code if isinstance(failure, KioskError) else "NODE-0500", "reason": str(failure)}
            logger.log(logging.INFO if known else logging.ERROR, "later", extra=facts, exc_info=None if known else failure)
        else:
            self._failures[name] = 0
        self._not_before[name] = time.monotonic() + rest

    def _sign(self) -> float:
        here = self._node.settings
        if not here.signer_url and self._signer is None:
            return LOOK_S
        from kiosk.letters.later.sending import Post  # pyHanko takes a while to load, and most offices have no certified signer

        signer = self._signer or HttpSigner(here.signer_url, credentials_from(here.signer_credentials))
        post = Post(here, self._node.read, self._node.writer.write, self._node.now, signer, pinned(here.signer_certificate))
        self._node.writer.write(lambda session: certified.enqueue(session, here.office, at=self._node.now()))
        while not self._stopping.is_set() and post.send_next():
            pass
        return 0

    def _stamp(self) -> float:
        if not self._node.settings.timestamp_url:
            return LOOK_S
        if self._node.read(lambda session: timestamps.wanted(session, self._node.office_id, now=self._node.now())) is not None:
            write, now = self._node.writer.write, self._node.now
            timestamps.take(self._node.settings, read=self._node.read, write=write, now=now, every=timestamps.EVERY)
        return 0

    def _sweep(self) -> float:
        self._node.writer.write(lambda session: suspicions.sweep(session, self._node.office_id, now=self._node.now()))
        return SWEEP_S
