"""Enrolment by code: the admin makes a code, a browser brings it and is a device from then on."""

import hashlib
import logging
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select, update
from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from kiosk.core.bucket import TokenBucket
from kiosk.core.clock import stored
from kiosk.core.runtime import runtime
from kiosk.core.table_of import table_of
from kiosk.devices import codes
from kiosk.devices.errors import CodeTooLate, CodeUnknown, CodeUsed, TooManyCodes
from kiosk.devices.model import EnrolmentCode
from kiosk.devices.service import DEVICES, Enrolled, checked, enrol
from kiosk.sync.outbox import record

log = logging.getLogger("kiosk.devices")

CODES = table_of(EnrolmentCode)
# A person mistypes a few times; whoever guesses gets ten tries and then two a minute, against 40 bits that live ten minutes.
tries = TokenBucket(every=30, burst=10)
REMEMBERED = 1000


def code_hash(code: str) -> str:
    """SHA-256 of a code, in hex."""
    return hashlib.sha256(code.encode()).hexdigest()


def make_code(session: Session, *, office_id: str, name: str, kind: str, place: str, at: datetime, actor: str) -> str:
    """A code that enrols one browser within ten minutes; only its hash is kept. Raises `BadDevice`, `BadPlace`."""
    name, place = checked(name, kind, place)
    code, expires = codes.new_code(), stored(at + codes.LIFE)
    given = {"kind": kind, "name": name, "place": place}
    row = {**given, "office_id": office_id, "code_hash": code_hash(code), "made_by": actor, "made_at": stored(at), "expires_at": expires}
    session.connection().execute(insert(CODES), row)
    record(session, office_id=office_id, kind="device.code_made", body={**given, "expires_at": expires}, actor=actor, at=at)
    return code


def check_code(session: Session, *, office_id: str, code: str, now: datetime) -> EnrolmentCode:
    """The code's row when it is good at `now`. Raises `CodeUnknown`, `CodeUsed`, `CodeTooLate`.

    An old code may be told from an unknown one: who guesses one that is worth nothing has won nothing.
    """
    here = (CODES.c.office_id == office_id, CODES.c.code_hash == code_hash(code))
    row = session.connection().execute(select(CODES).where(*here)).mappings().one_or_none()
    if row is None:
        raise CodeUnknown()
    made, expires = (datetime.fromisoformat(row[name]) for name in ("made_at", "expires_at"))
    wrong = codes.fault(made=made, expires=expires, used=row["used_at"] is not None, now=now)
    if wrong is not None:
        raise CodeUsed() if wrong == "used" else CodeTooLate()
    return EnrolmentCode(**row)


def use_code(session: Session, *, office_id: str, code: str, at: datetime, replaces: str | None = None) -> Enrolled:
    """Enrol the browser that brought `code`. Of two that bring it at once one wins. Raises as `check_code`."""
    known = check_code(session, office_id=office_id, code=code, now=at)
    here = (CODES.c.office_id == office_id, CODES.c.code_hash == known.code_hash, CODES.c.used_at.is_(None))
    if session.connection().execute(update(CODES).where(*here).values(used_at=stored(at))).rowcount != 1:
        raise CodeUsed()
    given = {"name": known.name, "kind": known.kind, "place": known.place, "actor": known.made_by}
    new = enrol(session, office_id=office_id, at=at, replaces=replaces, **given)
    session.connection().execute(update(CODES).where(*here[:2]).values(device_id=new.device_id))
    return new


def became(session: Session, *, office_id: str, code: str) -> str | None:
    """Lane of the device that `code` made; None while it was not used."""
    joined = CODES.join(DEVICES, (DEVICES.c.office_id == CODES.c.office_id) & (DEVICES.c.id == CODES.c.device_id))
    asked = select(DEVICES.c.lane).select_from(joined).where(CODES.c.office_id == office_id, CODES.c.code_hash == code_hash(code))
    lane: str | None = session.connection().execute(asked).scalar()
    return lane


@dataclass(frozen=True)
class MadeCode:
    """A code as people see it, and how many seconds it is good for."""

    code: str
    seconds: int


class Ends:
    """When the codes of this process end, by a clock that nobody can set back: the node's own clock is judged besides."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._ends: dict[str, float] = {}

    def note(self, code: str) -> None:
        """The code begins to live now."""
        if len(self._ends) >= REMEMBERED:
            del self._ends[next(iter(self._ends))]
        self._ends[code_hash(code)] = self._clock() + codes.LIFE.total_seconds()

    def over(self, code: str) -> bool:
        """Whether the code was made here longer ago than it lives."""
        end = self._ends.get(code_hash(code))
        return end is not None and self._clock() >= end


ends = Ends()


async def make(*, name: str, kind: str, place: str, actor: str) -> MadeCode:
    """Make a code on this node. Raises `BadDevice`, `BadPlace`."""
    node = runtime()
    words = {"office_id": node.office_id, "name": name, "kind": kind, "place": place, "actor": actor}
    code = await node.writer.submit(lambda session: make_code(session, at=node.now(), **words))
    ends.note(code)
    return MadeCode(codes.shown(code), int(codes.LIFE.total_seconds()))


async def use(typed: str, *, address: str, replaces: str | None) -> Enrolled:
    """Enrol the browser at `address` that brought `typed`. Only a wrong code costs a try of that address.

    Raises `CodeUnknown`, `CodeUsed`, `CodeTooLate`, `TooManyCodes`.
    """
    node = runtime()
    limited = node.settings.rate_limits
    if limited and (wait := tries.take(address)):
        raise TooManyCodes(wait)
    code = codes.parse(typed)

    def look() -> None:
        with node.reading() as session:
            check_code(session, office_id=node.office_id, code=code or "", now=node.now())
        if ends.over(code or ""):
            raise CodeTooLate()

    wrong = False
    try:
        await run_in_threadpool(look)  # a wrong code costs a read only, and the writer nothing
        return await node.writer.submit(
            lambda session: use_code(session, office_id=node.office_id, code=code or "", at=node.now(), replaces=replaces)
        )
    except (CodeUnknown, CodeUsed, CodeTooLate) as refused:
        wrong = True
        log.warning("enrolment code refused", extra={"address": address, "code": refused.code})
        raise
    finally:
        if limited and not wrong:
            tries.give_back(address)
