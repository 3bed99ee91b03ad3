"""Sessions on the server: the cookie carries 256 random bits, the row under their SHA-256 says who that is."""

import hashlib
import logging
import re
import secrets
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from kiosk.core.actors import HERE, staff_actor
from kiosk.core.clock import stored
from kiosk.core.recent import Recent
from kiosk.core.runtime import runtime
from kiosk.devices.service import is_enrolled
from kiosk.staff.model import Account, StaffSession
from kiosk.staff.rules import is_away
from kiosk.staff.service import may_sign_in, roles_of
from kiosk.sync.outbox import record

log = logging.getLogger("kiosk.staff")

COOKIE = "kiosk_session"
COOKIE_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}")  # as `new_cookie` draws it; anything else is nobody, without a look
# What the command takes away (an account, a role, a device), in another process, must be gone within 2 seconds.
KNOWN_SECONDS = 1.5
# How exactly the last sight is written: each one costs a durable write.
SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class SignedIn:
    """Who is behind a session. `key` names the session (not the cookie), `counter` is the one that was picked.

    `place` is where the session was opened: "here" for this machine, else the id of the device.
    """

    key: str
    account_id: str
    name: str
    roles: frozenset[str]
    counter: str | None = None
    place: str = HERE

    @property
    def actor(self) -> str:
        """Who this is in the audit chain."""
        return staff_actor(self.account_id, self.place)


@dataclass(frozen=True)
class _Known:
    who: SignedIn
    seen: datetime


_known: Recent[_Known] = Recent(seconds=KNOWN_SECONDS)
_nobody: Recent[bool] = Recent(seconds=KNOWN_SECONDS)


def new_cookie() -> str:
    """A fresh cookie value."""
    return secrets.token_urlsafe(32)


def key_of(cookie: str) -> str:
    """The key of the session that a cookie value opens."""
    return hashlib.sha256(cookie.encode("utf-8", "surrogatepass")).hexdigest()


def read(session: Session, *, office_id: str, key: str, now: datetime, demo: bool) -> tuple[SignedIn, datetime] | None:
    """The session `key` and its last sight, unless it ended, was left alone, or its account or its device was closed."""
    row = session.get(StaffSession, (office_id, key))
    if row is None or row.ended_at is not None or is_away(datetime.fromisoformat(row.seen_at), now):
        return None
    account = session.get(Account, (office_id, row.account_id))
    if account is None or not may_sign_in(account, demo=demo):
        return None
    if row.place != HERE and not is_enrolled(session, office_id, row.place):
        return None
    who = SignedIn(key, account.id, account.name, roles_of(session, office_id, account.id), row.counter_code, row.place)
    return who, datetime.fromisoformat(row.seen_at)


def find(cookie: str | None) -> SignedIn | None:
    """Who is behind the cookie value; None for nobody. One short read, at most every 1.5 seconds."""
    if not cookie or COOKIE_SHAPE.fullmatch(cookie) is None:
        return None
    key, node = key_of(cookie), runtime()
    known = _known.get(key)
    if known is None and _nobody.get(key):
        return None
    if known is None:
        forgotten = _known.forgotten
        with node.reading() as session:
            found = read(session, office_id=node.office_id, key=key, now=node.now(), demo=node.settings.demo)
        if found is None:
            _nobody.put(key, True)  # nobody becomes somebody under a cookie that was sent before: its value is drawn at sign-in
            return None
        known = _Known(*found)
        if _known.forgotten == forgotten:  # read before something ended: not to be remembered after it
            _known.put(key, known)
    return known.who


async def look_up(cookie: str | None) -> SignedIn | None:
    """As `find`, off the event loop when it has to read: a flood of made-up cookies holds up nobody."""
    if not cookie or COOKIE_SHAPE.fullmatch(cookie) is None:
        return None
    key = key_of(cookie)
    if _known.get(key) is not None or _nobody.get(key):
        return find(cookie)
    return await run_in_threadpool(find, cookie)


def touch(who: SignedIn) -> None:
    """Somebody did something: the half hour begins again. Written at most once a minute, and nobody waits for it."""
    known, node = _known.get(who.key), runtime()
    now = node.now()
    if known is None or timedelta() <= now - known.seen < SEEN_EVERY:
        return
    _known.put(who.key, _Known(known.who, now))
    node.writer.enqueue(partial(see, office_id=node.office_id, key=who.key, now=now)).add_done_callback(_report)


def _report(written: "Future[None]") -> None:
    if failure := written.exception():
        log.error("last sight not written", exc_info=failure)


def see(session: Session, *, office_id: str, key: str, now: datetime) -> None:
    """Write the last sight of a session."""
    row = session.get(StaffSession, (office_id, key))
    if row is not None and row.ended_at is None:
        row.seen_at = stored(now)
        session.add(row)


def end(session: Session, *, office_id: str, key: str, now: datetime) -> None:
    """End a session; twice is once, and none is none."""
    row = session.get(StaffSession, (office_id, key))
    if row is not None and row.ended_at is None:
        row.ended_at = stored(now)
        session.add(row)
        actor = staff_actor(row.account_id, row.place)
        record(session, office_id=office_id, kind="staff.signed_out", body={"account_id": row.account_id}, actor=actor, at=now)


def pick_counter(session: Session, *, office_id: str, key: str, counter: str | None, now: datetime) -> None:
    """The officer of this session sits at `counter` from now on (None: at none). Whether it exists is the queues' to say."""
    row = session.get(StaffSession, (office_id, key))
    if row is None or row.ended_at is not None or row.counter_code == counter:
        return
    row.counter_code = counter
    session.add(row)
    body = {"account_id": row.account_id, "counter": counter}
    actor = staff_actor(row.account_id, row.place)
    record(session, office_id=office_id, kind="staff.counter_picked", body=body, actor=actor, at=now)


def forget_all() -> None:
    """Read every session anew: what admins changed, and which device they revoked, holds at once."""
    _known.forget_all()


async def close(key: str) -> None:
    """End the session `key` of this node, for the cache too."""
    node = runtime()
    await node.writer.submit(partial(end, office_id=node.office_id, key=key, now=node.now()))
    _known.forget(key)


async def sit_at(who: SignedIn, counter: str | None) -> SignedIn:
    """Pick a counter on this node, for the cache too; returns the session as it is now."""
    node = runtime()
    await node.writer.submit(partial(pick_counter, office_id=node.office_id, key=who.key, counter=counter, now=node.now()))
    _known.forget(who.key)
    return replace(who, counter=counter)
