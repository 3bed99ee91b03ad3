"""What is done with accounts: add one, list them, unlock one, close one."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from kiosk.core.clock import stored
from kiosk.core.ids import new_id
from kiosk.staff.errors import AccountUnknown, BadAccount, BadPin, NameTaken
from kiosk.staff.model import Account, PinGuard, StaffSession
from kiosk.staff.pins import hash_pin, random_pin
from kiosk.staff.rules import PIN_DIGITS, ROLES, pin_fault
from kiosk.sync.outbox import record

LONGEST_NAME = 60


@dataclass(frozen=True)
class Added:
    """A new account, and its PIN: shown once, kept as a hash."""

    account_id: str
    name: str
    pin: str


@dataclass(frozen=True)
class Listed:
    """An account on the sign-in screen."""

    id: str
    name: str
    role: str


def add_account(
    session: Session, *, office_id: str, name: str, role: str, pin: str | None, at: datetime, actor: str, demo: bool = False
) -> Added:
    """Add an account with `pin`, or with a random one of six digits. Raises `BadAccount`, `BadPin`, `NameTaken`.

    Takes a tenth of a second for the hash, so it belongs into the command and not into the one writer.
    """
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable() or role not in ROLES:
        raise BadAccount(most=LONGEST_NAME, roles=", ".join(ROLES))
    pin = pin or random_pin()
    if pin_fault(pin):
        raise BadPin(digits=PIN_DIGITS)
    pin_hash = hash_pin(pin)
    if session.exec(select(Account).where(Account.office_id == office_id, Account.name == name)).first():
        raise NameTaken(name=name)
    account_id = new_id()
    before = session.exec(select(func.count()).select_from(Account).where(Account.office_id == office_id)).one()
    session.add(
        Account(
            office_id=office_id,
            id=account_id,
            name=name,
            role=role,
            pin_hash=pin_hash,
            position=before + 1,
            demo=demo,
            created_at=stored(at),
        )
    )
    body = {"account_id": account_id, "name": name, "role": role}
    record(session, office_id=office_id, kind="staff.account_added", body=body, actor=actor, at=at)
    return Added(account_id, name, pin)


def accounts(session: Session, office_id: str, *, demo: bool) -> list[Listed]:
    """Accounts that may sign in, in the order in which they were added; those of the demonstration only while it is on."""
    rows = session.exec(select(Account).where(Account.office_id == office_id).order_by(col(Account.position)))
    return [Listed(row.id, row.name, row.role) for row in rows if may_sign_in(row, demo=demo)]


def may_sign_in(account: Account | None, *, demo: bool) -> bool:
    """Whether the account exists, is open, and is not one of the demonstration's while that is off."""
    return account is not None and account.disabled_at is None and (demo or not account.demo)


def unlock(session: Session, *, office_id: str, account_id: str, at: datetime, actor: str) -> None:
    """Forget an account's wrong PINs, from every place. Raises `AccountUnknown`."""
    _account(session, office_id, account_id)
    for guard in session.exec(select(PinGuard).where(PinGuard.office_id == office_id, PinGuard.account_id == account_id)):
        session.delete(guard)
    record(session, office_id=office_id, kind="staff.account_unlocked", body={"account_id": account_id}, actor=actor, at=at)


def disable(session: Session, *, office_id: str, account_id: str, at: datetime, actor: str) -> None:
    """Close an account and end its sessions; the running node knows within two seconds. Raises `AccountUnknown`."""
    account = _account(session, office_id, account_id)
    account.disabled_at = stored(at)
    session.add(account)
    still_open = (StaffSession.office_id == office_id, StaffSession.account_id == account_id, col(StaffSession.ended_at).is_(None))
    for row in session.exec(select(StaffSession).where(*still_open)):
        row.ended_at = stored(at)
        session.add(row)
    record(session, office_id=office_id, kind="staff.account_disabled", body={"account_id": account_id}, actor=actor, at=at)


def account_named(session: Session, *, office_id: str, name: str) -> str:
    """The id of the account with this name. Raises `AccountUnknown`."""
    found = session.exec(select(Account.id).where(Account.office_id == office_id, Account.name == name)).first()
    if found is None:
        raise AccountUnknown()
    return found


def _account(session: Session, office_id: str, account_id: str) -> Account:
    account = session.get(Account, (office_id, account_id))
    if account is None:
        raise AccountUnknown()
    return account
