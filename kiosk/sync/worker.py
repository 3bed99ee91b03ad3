"""The line while the node runs: a thread of its own that speaks to the centre soon after something happened, and never gives up."""

import logging
import threading
import time
from contextlib import suppress

import httpx
from tenacity import RetryCallState, Retrying, retry_if_result, stop_when_event_set, wait_fixed, wait_random_exponential

from kiosk.core.chain import Head
from kiosk.core.errors import KioskError
from kiosk.core.runtime import Runtime
from kiosk.sync import feed, reading, topics
from kiosk.sync.carrier import make_client
from kiosk.sync.model import CURRENT, REFUSED, REVOKED, TWIN, CentreLine
from kiosk.sync.noting import note
from kiosk.sync.rounds import Outcome, Pulled, Round, alone, backlog_of, link_of, taking_back

logger = logging.getLogger("kiosk.sync")

LOOK_S = 2.0  # how soon after something happened it is sent
HELLO_S = 60.0  # how often the centre hears of a node where nothing happens
LONGEST_S = 300.0
BREATH_S = 0.2  # between the batches of a backlog: visitors come first
WRITE_S = 60.0
STOP_S = 3.0
NOTE_S = 2.0

_backoff = wait_fixed(0.5) + wait_random_exponential(multiplier=1, max=LONGEST_S)


class Worker:
    """Keeps the line of `node`. `start` and `stop` once each."""

    def __init__(self, node: Runtime) -> None:
        self._node = node
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="sync", daemon=True)
        self._client: tuple[str, httpx.Client] | None = None
        self._seen: tuple[str, Head] | None = None
        self._in_use: dict[str, int] | None = None
        self._spoke_at = self._noted_at = float("-inf")

    def start(self) -> None:
        """Begin to speak, if this node has a centre or as soon as it has one."""
        self._thread.start()

    def stop(self) -> None:
        """End soon. What is on its way may arrive twice, which does no harm."""
        self._stopping.set()
        self._thread.join(STOP_S)

    def _run(self) -> None:
        self._in_use = self._used()
        while not self._stopping.is_set():
            try:
                if self._is_due():
                    self._speak()
            except Exception as bug:
                logger.error("bug", exc_info=bug)
            self._stopping.wait(LOOK_S)
        if self._client:
            self._client[1].close()

    def _line(self) -> CentreLine | None:
        with self._node.reading() as session:
            return session.get(CentreLine, self._node.office_id)

    def _is_due(self) -> bool:
        """Whether there is a centre, and something to tell it."""
        with self._node.reading() as session:
            line = session.get(CentreLine, self._node.office_id)
            if line is None or line.state == TWIN:
                return False
            here = (line.node_id, reading.head_of(session.connection(), self._node.office_id))
        return here != self._seen or time.monotonic() - self._spoke_at >= HELLO_S

    def _speak(self) -> None:
        """One round, and again until it ends well, ever more slowly."""
        again = retry_if_result(lambda outcome: outcome.state not in {CURRENT, TWIN})
        stop = stop_when_event_set(self._stopping)
        Retrying(retry=again, wait=_pause, sleep=self._sleep, stop=stop, retry_error_callback=lambda _: None)(self._round)

    def _round(self) -> Outcome:
        line = self._line()
        if line is None:
            return Outcome(CURRENT)
        with self._node.reading() as session:
            head = reading.head_of(session.connection(), self._node.office_id)
        outcome = self._talk(line)
        self._note(line, outcome, last=True)
        self._spoke_at = time.monotonic()
        if outcome.state == CURRENT:
            self._seen = (line.node_id, head)
        return outcome

    def _talk(self, line: CentreLine) -> Outcome:
        try:
            link = link_of(
                line,
                engine=self._node.engine,
                data_dir=self._node.settings.data_dir,
                client=self._client_for(line.reached_at),
                clock=self._node.now,
            )
        except KioskError as wrong:
            return Outcome(REFUSED, error=wrong)
        talk = Round(
            link,
            backlog=lambda: backlog_of(self._node.engine, line.office_id),
            take_back=self._take_back,
            noted=lambda so_far: self._note(line, so_far),
            more=lambda: not self._stopping.wait(BREATH_S),
            then=lambda: feed.fetch(link, self._node.writer.write, clock=self._node.now),
        )
        with alone(self._node.settings.data_dir, wait=lambda: not self._stopping.is_set()):
            self._overhear()
            outcome = talk.run()
            self._in_use = self._used()
            return outcome

    def _used(self) -> dict[str, int]:
        with self._node.reading() as session:
            return feed.in_force(session, self._node.office_id)

    def _overhear(self) -> None:
        """Tell who listens of what a command beside this process took in."""
        used = self._used()
        for topic in sorted(topic for topic in used if self._in_use is not None and used[topic] != self._in_use.get(topic)):
            topics.tell(topic)

    def _take_back(self, agreed: Head, pulled: Pulled, cursor: Head) -> None:
        self._node.writer.enqueue(taking_back(self._node.office_id, agreed, pulled, cursor, at=self._node.now())).result()

    def _note(self, line: CentreLine, outcome: Outcome, *, last: bool = False) -> None:
        """Write down how it stands: at the end of a round, and now and then on the way."""
        if not last and time.monotonic() - self._noted_at < NOTE_S:
            return
        self._noted_at = time.monotonic()
        mine = {"office_id": line.office_id, "node_id": line.node_id}
        if outcome.error is not None:
            logger.warning("no round", extra={"state": outcome.state, "code": outcome.error.code, "reason": str(outcome.error)})
        with suppress(KioskError, TimeoutError):  # the disk is full, or too much waits: the next round writes it
            self._node.writer.enqueue(lambda s: note(s, **mine, outcome=outcome, at=self._node.now())).result(WRITE_S)

    def _sleep(self, seconds: float) -> None:
        """Wait; shorter when the node is enrolled anew, or a round by hand went well."""
        before = self._line()
        end = time.monotonic() + seconds
        while not self._stopping.is_set() and (left := end - time.monotonic()) > 0:
            self._stopping.wait(min(left, LOOK_S))
            now = self._line()
            if now and before and (now.node_id != before.node_id or now.state == CURRENT != before.state):
                return

    def _client_for(self, reached_at: str) -> httpx.Client:
        if self._client is None or self._client[0] != reached_at:
            self._client = (reached_at, make_client(reached_at, ca=self._node.settings.centre_ca))
        return self._client[1]


def _pause(state: RetryCallState) -> float:
    """Seconds until the next try: spread out, so that a country's offices do not all come back in the same second."""
    outcome = state.outcome.result() if state.outcome else None
    return LONGEST_S if outcome is not None and outcome.state == REVOKED else _backoff(state)
