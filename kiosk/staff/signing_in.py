"""From a PIN to a session.

A try is charged before the PIN is looked at, and given back when it was right: a hundred tries at the same moment, or a node
that is killed in between, do not get one more than the rule allows. argon2 runs between two short writes, in a thread of its
own, and not at all for a try that is refused.
"""

import logging
import math
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from kiosk.core.actors import device_actor, staff_actor
from kiosk.core.clock import stored
from kiosk.core.errors import KioskError
from kiosk.core.runtime import runtime
from kiosk.staff import pins, rules
from kiosk.staff.errors import Locked, MustWait, WrongPin
from kiosk.staff.model import Account, PinGuard, StaffSession
from kiosk.staff.service import may_sign_in
from kiosk.sync.outbox import record

log = logging.getLogger("kiosk.staff")


@dataclass(frozen=True)
class Try:
    """Somebody tries to sign in. `place`: device id, or "here" for this machine; `demo`: whether demo accounts count."""

    office_id: str
    account_id: str
    place: str
    demo: bool = False


@dataclass(frozen=True)
class Permit:
    """A try that was charged: what to compare the PIN with, and what it costs when it is wrong."""

    pin_hash: str
    tries: rules.Tries


@dataclass(frozen=True)
class Refused:
    """A try that is not looked at."""

    error: KioskError


def look(session: Session, attempt: Try, *, now: datetime) -> Refused | None:
    """Whether a try would be refused at `now`; reads only."""
    if not may_sign_in(_account(session, attempt), demo=attempt.demo):
        return Refused(WrongPin())  # at once: an id is no secret, so nothing is hidden by working for it
    tries = _tries(_guard(session, attempt))
    return _verdict(tries, now) if rules.anchored(tries, now) == tries else None  # a clock set back: `charge` mends the row


def charge(session: Session, attempt: Try, *, now: datetime) -> Permit | Refused:
    """Count a try as wrong until it proves right. Returns a refusal, because a job that raises costs others theirs."""
    account = _account(session, attempt)
    if account is None or not may_sign_in(account, demo=attempt.demo):
        return Refused(WrongPin())
    guard = _guard(session, attempt)
    tries = rules.anchored(_tries(guard), now)
    refused = _verdict(tries, now)
    if refused is None:
        tries = rules.after_wrong(tries, now)
    if guard is None:
        guard = PinGuard(office_id=attempt.office_id, account_id=attempt.account_id, place=attempt.place, wrong=0)
    guard.wrong, guard.locked = tries.wrong, tries.locked
    guard.not_before = stored(tries.not_before) if tries.not_before else None
    session.add(guard)
    return refused or Permit(account.pin_hash, tries)


def _account(session: Session, attempt: Try) -> Account | None:
    return session.get(Account, (attempt.office_id, attempt.account_id))


def _guard(session: Session, attempt: Try) -> PinGuard | None:
    return session.get(PinGuard, (attempt.office_id, attempt.account_id, attempt.place))


def _tries(guard: PinGuard | None) -> rules.Tries:
    if guard is None:
        return rules.Tries()
    return rules.Tries(guard.wrong, datetime.fromisoformat(guard.not_before) if guard.not_before else None)


def _verdict(tries: rules.Tries, now: datetime) -> Refused | None:
    if tries.locked:
        return Refused(Locked())
    left = math.ceil(rules.wait(tries, now).total_seconds())
    return Refused(MustWait(left)) if left else None


def note_lock(session: Session, attempt: Try, *, now: datetime) -> None:
    """Record that an account was locked: the admin and the audit want to know."""
    body = {"account_id": attempt.account_id, "place": attempt.place}
    record(session, office_id=attempt.office_id, kind="staff.account_locked", body=body, actor=device_actor(attempt.place), at=now)


def open_session(session: Session, attempt: Try, *, id_hash: str, now: datetime) -> bool:
    """Open a session under `id_hash` (SHA-256 of the cookie) and forget the wrong PINs. False: closed meanwhile."""
    if not may_sign_in(_account(session, attempt), demo=attempt.demo):
        return False
    if guard := _guard(session, attempt):
        session.delete(guard)
    at = stored(now)
    session.add(
        StaffSession(
            office_id=attempt.office_id,
            id_hash=id_hash,
            account_id=attempt.account_id,
            place=attempt.place,
            opened_at=at,
            seen_at=at,
        )
    )
    body = {"account_id": attempt.account_id, "place": attempt.place}
    actor = staff_actor(attempt.account_id, attempt.place)
    record(session, office_id=attempt.office_id, kind="staff.signed_in", body=body, actor=actor, at=now)
    return True


async def sign_in(*, account_id: str, pin: str, place: str, id_hash: str) -> None:
    """Open the session `id_hash` for the account if `pin` is its PIN. `place`: device id, or "here" for this machine.

    Raises `WrongPin`, `MustWait`, `Locked`.
    """
    node = runtime()
    attempt = Try(node.office_id, account_id, place, node.settings.demo)
    permit = await _permit(attempt)
    if isinstance(permit, Refused):
        log.info("sign-in refused", extra={"account": account_id, "place": place, "code": permit.error.code})
        raise permit.error
    if not await run_in_threadpool(pins.matches, permit.pin_hash, pin):
        await _wrong(attempt, permit.tries)
    if not await node.writer.submit(lambda session: open_session(session, attempt, id_hash=id_hash, now=node.now())):
        raise WrongPin()


async def _permit(attempt: Try) -> Permit | Refused:
    """Most refusals need a read only, so that a flood of tries does not hold up the writer."""
    node = runtime()

    def read() -> Refused | None:
        with node.reading() as session:
            return look(session, attempt, now=node.now())

    refused = await run_in_threadpool(read)
    if refused is not None:
        return refused
    return await node.writer.submit(lambda session: charge(session, attempt, now=node.now()))


async def _wrong(attempt: Try, tries: rules.Tries) -> None:
    node = runtime()
    log.warning("wrong PIN", extra={"account": attempt.account_id, "place": attempt.place, "wrong": tries.wrong})
    if tries.locked:
        await node.writer.submit(lambda session: note_lock(session, attempt, now=node.now()))
        raise Locked()
    raise WrongPin(math.ceil(rules.delay(tries.wrong).total_seconds()))
