"""From a PIN to a session.

A try is charged before the PIN is looked at, and given back when it was right: a hundred tries at the same moment, or a node
that is killed in between, do not get one more than the rule allows. argon2 runs between two short writes, in a thread of its
own, and not at all for a try that is refused.
"""

import logging
import math
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from sqlmodel import Session
from starlette.concurrency import run_in_threadpool

from kiosk.core.actors import device_actor, staff_actor
from kiosk.core.clock import stored
from kiosk.core.errors import KioskError
from kiosk.core.runtime import runtime
from kiosk.staff import pins, rules, sessions
from kiosk.staff.errors import Locked, MustWait, WrongPin
from kiosk.staff.model import Account, PinGuard, PlaceGuard, StaffSession
from kiosk.staff.service import may_sign_in, roles_of
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
    """A try that was charged: what to compare the PIN with, and what it costs when it is wrong, this account and this place."""

    pin_hash: str
    tries: rules.Tries
    at_place: rules.Tries


@dataclass(frozen=True)
class Refused:
    """A try that is not looked at."""

    error: KioskError


def look(session: Session, attempt: Try, *, now: datetime) -> Refused | None:
    """Whether a try would be refused at `now`; reads only."""
    if not may_sign_in(_account(session, attempt), demo=attempt.demo):
        return Refused(WrongPin())  # at once: an id is no secret, so nothing is hidden by working for it
    counted = _counted(session, attempt)
    if any(rules.anchored(tries, now) != tries for tries in counted):
        return None  # the clock was set back: `charge` mends the rows
    return _verdict(counted, now)


def charge(session: Session, attempt: Try, *, now: datetime) -> Permit | Refused:
    """Count a try as wrong until it proves right. Returns a refusal, because a job that raises costs others theirs."""
    account = _account(session, attempt)
    if account is None or not may_sign_in(account, demo=attempt.demo):
        return Refused(WrongPin())
    counted = [rules.anchored(tries, now) for tries in _counted(session, attempt)]
    refused = _verdict(counted, now)
    if refused is None:
        counted = [rules.after_wrong(tries, now) for tries in counted]
    _keep(session, attempt, *counted)
    return refused or Permit(account.pin_hash, *counted)


def _account(session: Session, attempt: Try) -> Account | None:
    return session.get(Account, (attempt.office_id, attempt.account_id))


def _guards(session: Session, attempt: Try) -> tuple[PinGuard | None, PlaceGuard | None]:
    one = session.get(PinGuard, (attempt.office_id, attempt.account_id, attempt.place))
    return one, session.get(PlaceGuard, (attempt.office_id, attempt.place))


def _counted(session: Session, attempt: Try) -> list[rules.Tries]:
    """The wrong PINs of this account at this place, and those of this place."""
    return [_tries(guard, limit) for guard, limit in zip(_guards(session, attempt), (rules.ONE_ACCOUNT, rules.ONE_PLACE), strict=True)]


def _tries(guard: PinGuard | PlaceGuard | None, limit: rules.Limit) -> rules.Tries:
    if guard is None:
        return rules.Tries(limit=limit)
    return rules.Tries(guard.wrong, datetime.fromisoformat(guard.not_before) if guard.not_before else None, limit)


def _keep(session: Session, attempt: Try, tries: rules.Tries, at_place: rules.Tries) -> None:
    office_id, where = attempt.office_id, attempt.place
    one, place = _guards(session, attempt)
    one = one or PinGuard(office_id=office_id, account_id=attempt.account_id, place=where, wrong=0)
    place = place or PlaceGuard(office_id=office_id, place=where, wrong=0)
    one.locked = tries.locked
    for guard, counted in ((one, tries), (place, at_place)):
        guard.wrong, guard.not_before = counted.wrong, stored(counted.not_before) if counted.not_before else None
        session.add(guard)


def _verdict(counted: list[rules.Tries], now: datetime) -> Refused | None:
    if any(tries.locked for tries in counted):
        return Refused(Locked())
    left = max(math.ceil(rules.wait(tries, now).total_seconds()) for tries in counted)
    return Refused(MustWait(left)) if left else None


def note_lock(session: Session, attempt: Try, *, now: datetime) -> None:
    """Record that an account was locked: the admin and the audit want to know."""
    body = {"account_id": attempt.account_id, "place": attempt.place}
    record(session, office_id=attempt.office_id, kind="staff.account_locked", body=body, actor=device_actor(attempt.place), at=now)


def open_session(session: Session, attempt: Try, *, id_hash: str, now: datetime, counter: str | None = None) -> bool:
    """Open a session under `id_hash` (SHA-256 of the cookie) and forget the wrong PINs. False: closed meanwhile.

    `counter`: where the person sits down at once, if the roles allow sitting at a counter.
    """
    if not may_sign_in(_account(session, attempt), demo=attempt.demo):
        return False
    for guard in filter(None, _guards(session, attempt)):
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
    if counter is not None and roles_of(session, attempt.office_id, attempt.account_id) & rules.COUNTER:
        session.flush()
        sessions.pick_counter(session, office_id=attempt.office_id, key=id_hash, counter=counter, now=now)
    return True


async def sign_in(*, account_id: str, pin: str, place: str, id_hash: str, counter: str | None = None) -> None:
    """Open the session `id_hash` for the account if `pin` is its PIN. `place`: device id, or "here" for this machine.

    `counter`: where to sit down at once. Raises `WrongPin`, `MustWait`, `Locked`.
    """
    node = runtime()
    attempt = Try(node.office_id, account_id, place, node.settings.demo)
    await prove(attempt, pin)
    opening = partial(open_session, attempt=attempt, id_hash=id_hash, now=node.now(), counter=counter)
    if not await node.writer.submit(opening):
        raise WrongPin()


async def prove(attempt: Try, pin: str, wrong: type[WrongPin] = WrongPin) -> Permit:
    """Whether `pin` is the account's, as one try among those that are counted. The caller forgets the tries when all went well.

    Raises `wrong`, `MustWait`, `Locked`.
    """
    permit = await _permit(attempt)
    if isinstance(permit, Refused):
        log.info("PIN not looked at", extra={"account": attempt.account_id, "place": attempt.place, "code": permit.error.code})
        raise permit.error
    if not await run_in_threadpool(pins.matches, permit.pin_hash, pin):
        await _wrong(attempt, permit, wrong)
    return permit


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


async def _wrong(attempt: Try, permit: Permit, error: type[WrongPin]) -> None:
    node = runtime()
    log.warning("wrong PIN", extra={"account": attempt.account_id, "place": attempt.place, "wrong": permit.tries.wrong})
    if permit.tries.locked:
        await node.writer.submit(lambda session: note_lock(session, attempt, now=node.now()))
        raise Locked()
    raise error(math.ceil(max(permit.tries.delay, permit.at_place.delay).total_seconds()))
