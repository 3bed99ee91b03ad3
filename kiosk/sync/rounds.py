"""One round of the line: ask where the centre stands, mend what a restored copy broke, send until nothing is left."""

import fcntl
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Engine
from sqlmodel import Session

from kiosk.core import log
from kiosk.core.build import build_id
from kiosk.core.chain import Head
from kiosk.core.errors import Busy, KioskError
from kiosk.core.i18n import N_
from kiosk.sync import standing
from kiosk.sync.carrier import NoLine, over_http
from kiosk.sync.keys import node_key
from kiosk.sync.link import Identity, Link, Refused
from kiosk.sync.model import CURRENT, REFUSED, REVOKED, TWIN, UNREACHABLE, CentreLine
from kiosk.sync.rejoin import BrokenHistory, rejoin
from kiosk.sync.rules import Verdict
from kiosk.sync.signing import BadSignature

logger = logging.getLogger("kiosk.sync")

LOCK = "sync.lock"
REVOKED_CODE = "SYNC-0403"
MOST_REWINDS = 3
LOOK_S = 0.1

Pulled = Sequence[tuple[int, list[str]]]


class Twin(KioskError):
    """Another computer lives with this one's identity."""

    code = "SYNC-0412"
    status = 409
    sentence = N_(
        "Another computer speaks to the centre with this computer's identity. This one has stopped sending, and keeps everything. "
        "Find the copy; then enrol this computer anew with a code from the centre."
    )


class LineDamaged(KioskError):
    """What the database says of the centre cannot be."""

    code = "SYNC-0510"
    status = 500
    sentence = N_("What this computer knows of its centre is damaged. Ask the centre for a code, then enrol this computer anew.")


class AnotherRound(KioskError):
    """Somebody else speaks to the centre for this node."""

    code = "SYNC-0423"
    status = 409
    sentence = N_("The running node is sending just now. See: kiosk sync status")


@dataclass(frozen=True)
class Outcome:
    """How a round ended: one of `LINE_STATES`, the place up to which the centre holds everything, how many events went, what was wrong.

    `countersigned` is the newest head that the centre signed in this round, `fetched` says how many topics are new in use.
    """

    state: str
    durable: tuple[int, int] | None = None
    sent: int = 0
    error: KioskError | None = None
    countersigned: dict[str, Any] | None = None
    fetched: int = 0


@dataclass
class Round:
    """What a round needs of its process.

    `take_back` makes the node's tables what the centre gave back, in one transaction. `noted` hears of progress; `more` says after each
    batch whether to go on, and may wait a little, so that the hall is not disturbed. `then` is done when nothing is left to send; it says
    how many topics are new in use, and what came of it is sent too.
    """

    link: Link
    backlog: Callable[[], int]
    take_back: Callable[[Head, Pulled, Head], None]
    noted: Callable[[Outcome], None] = lambda _: None
    more: Callable[[], bool] = lambda: True
    then: Callable[[], int] = lambda: 0
    sent: int = field(default=0, init=False)
    fetched: int = field(default=0, init=False)
    cursor: Head | None = field(default=None, init=False)
    countersigned: dict[str, Any] | None = field(default=None, init=False)

    def run(self) -> Outcome:
        """The whole round. Raises nothing: what goes wrong is in the outcome."""
        try:
            self._run()
        except Exception as failure:
            error = _known(failure)
            return Outcome(_state(error), self._durable(), self.sent, error, self.countersigned, self.fetched)
        return self._so_far()

    def _run(self) -> None:
        if self._send(self._agree()):
            self.fetched = self.then()
            self._send(self.cursor or self._agree())

    def _send(self, cursor: Head) -> bool:
        """Send what follows `cursor`; whether nothing is left."""
        self.cursor = cursor
        while (step := self.link.send(cursor)).lines:
            for seq, code in step.set_aside:
                logger.warning("set aside by the centre", extra={"seq": seq, "code": code})
            cursor = self.cursor = step.cursor
            self.sent += step.lines
            self.countersigned = step.countersigned or self.countersigned
            self.noted(self._so_far())
            if not self.more():
                return False
        return True

    def _agree(self) -> Head:
        """Where the centre stands, on this node's chain."""
        for _ in range(MOST_REWINDS):
            told = self.link.hello(backlog=self.backlog())
            verdict = self.link.verdict(told)
            if verdict is Verdict.CURRENT:
                return told.cursor
            if verdict is Verdict.TWIN:
                self.link.hello(backlog=self.backlog(), twin=True)
                raise Twin()
            agreed, pulled = self.link.fetch(told)
            self.take_back(agreed, pulled, told.cursor)
            logger.warning("the node was restored from an older copy", extra={"epoch": told.cursor.epoch + 1, "agreed": agreed.seq})
        raise BrokenHistory()

    def _so_far(self) -> Outcome:
        return Outcome(CURRENT, self._durable(), self.sent, countersigned=self.countersigned, fetched=self.fetched)

    def _durable(self) -> tuple[int, int] | None:
        return (self.cursor.epoch, self.cursor.seq) if self.cursor else None


def link_of(line: CentreLine, *, engine: Engine, data_dir: Path, client: httpx.Client, clock: Callable[[], datetime]) -> Link:
    """The way to the centre that `line` describes. Raises `NodeKeyDamaged`, `LineDamaged`."""
    try:
        centre_key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(line.centre_key))
    except ValueError:
        raise LineDamaged() from None
    identity = Identity(line.office_id, line.node_id, node_key(data_dir), centre_key, line.address)
    carry = over_http(client, address=line.address, reached_at=line.reached_at)
    return Link(engine, identity, carry, clock=clock, build=build_id())


def taking_back(office_id: str, agreed: Head, pulled: Pulled, cursor: Head, *, at: datetime) -> Callable[[Session], None]:
    """The job that makes the node's tables what the centre gave back. It raises `BrokenHistory`."""

    def job(session: Session) -> None:
        rejoin(session, office_id=office_id, agreed=agreed, pulled=pulled, cursor=cursor, at=at)

    return job


def backlog_of(engine: Engine, office_id: str) -> int:
    """How many events wait now."""
    with Session(engine) as session:
        return standing.backlog(session, office_id)


@contextmanager
def alone(data_dir: Path, *, wait: Callable[[], bool]) -> Iterator[None]:
    """Speak for this node alone, whichever process does; `wait` says whether to go on waiting. Raises `AnotherRound`."""
    with (data_dir / LOCK).open("a") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if not wait():
                    raise AnotherRound() from None
                time.sleep(LOOK_S)
        yield


def _known(failure: Exception) -> KioskError:
    if isinstance(failure, KioskError):
        return failure
    if isinstance(failure, OSError):
        return NoLine(reason=failure)
    logger.error("bug", exc_info=failure, extra={"reference": log.reference()})
    return NoLine(reason=type(failure).__name__)


def _state(error: KioskError) -> str:
    if isinstance(error, Twin):
        return TWIN
    if isinstance(error, Refused):
        return REVOKED if error.facts["code"] == REVOKED_CODE else REFUSED
    return UNREACHABLE if isinstance(error, (NoLine, BadSignature, Busy)) else REFUSED
