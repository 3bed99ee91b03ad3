"""What a member of staff does with the own account: change the PIN, sign out everywhere."""

from sqlalchemy import update
from sqlmodel import Session, col
from starlette.concurrency import run_in_threadpool

from kiosk.core.clock import stored
from kiosk.core.runtime import runtime
from kiosk.staff import pins, sessions
from kiosk.staff.changing import Change, end_all
from kiosk.staff.errors import BadPin, WrongOldPin
from kiosk.staff.managing import change_of, end_sessions
from kiosk.staff.model import Account
from kiosk.staff.rules import PIN_DIGITS, pin_fault
from kiosk.staff.service import forget_wrong_pins
from kiosk.staff.sessions import SignedIn
from kiosk.staff.signing_in import Try, prove
from kiosk.sync.outbox import record


async def change_pin(who: SignedIn, *, old: str, new: str) -> None:
    """Change the PIN of who is signed in; the other sessions of the account end, this one goes on.

    The old PIN counts as a try at the place of this session. Raises `BadPin`, `WrongOldPin`, `MustWait`, `Locked`.
    """
    if pin_fault(new) or new == old:
        raise BadPin(digits=PIN_DIGITS)
    node = runtime()
    attempt = Try(node.office_id, who.account_id, who.place, node.settings.demo)
    permit = await prove(attempt, old, WrongOldPin)
    secret = await run_in_threadpool(pins.new_pin, new)
    change = change_of(who.account_id, who.actor, None)
    await node.writer.submit(lambda session: _replace(session, change, before=permit.pin_hash, after=secret.pin_hash, key=who.key))
    sessions.forget_all()


def _replace(session: Session, change: Change, *, before: str, after: str, key: str) -> None:
    """An admin who reset the PIN in between wins: then the old one is no longer the PIN."""
    mine = (col(Account.office_id) == change.office_id, col(Account.id) == change.account_id, col(Account.pin_hash) == before)
    if session.connection().execute(update(Account).where(*mine).values(pin_hash=after, pin_set_at=stored(change.at))).rowcount == 0:
        raise WrongOldPin()
    forget_wrong_pins(session, change.office_id, change.account_id)
    ended = end_all(session, change, but=key)
    body = {"account_id": change.account_id, "sessions": ended}
    record(session, office_id=change.office_id, kind="staff.pin_changed", body=body, actor=change.actor, at=change.at)


async def sign_out_everywhere(who: SignedIn) -> int:
    """End every session of who is signed in, this one too; returns how many."""
    return await end_sessions(change_of(who.account_id, who.actor, None))
