"""What is done with accounts as such: add one, list them, find one. What admins change later is in `changing.py`."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from kiosk.core.clock import stored
from kiosk.core.ids import new_id
from kiosk.staff.errors import AccountUnknown, BadAccount, NameTaken
from kiosk.staff.model import Account, AccountRole, PinGuard, PlaceGuard
from kiosk.staff.pins import NewPin
from kiosk.staff.rules import EVERYBODY, ROLES
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
    roles: tuple[str, ...]


def fair_name(name: str, roles: Collection[str]) -> str:
    """The name in its usual spelling. Raises `BadAccount` for one that no account can have, and for roles that there are not."""
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME or not name.isprintable() or not roles or set(roles) - EVERYBODY:
        raise BadAccount(most=LONGEST_NAME, roles=", ".join(ROLES))
    return name


def add_account(
    session: Session,
    *,
    office_id: str,
    name: str,
    roles: Collection[str],
    secret: NewPin,
    at: datetime,
    actor: str,
    demo: bool = False,
) -> Added:
    """Add an account with these roles and the PIN of `pins.new_pin`. Raises `BadAccount`, `NameTaken`."""
    name = fair_name(name, roles)
    if session.exec(select(Account).where(Account.office_id == office_id, Account.name == name)).first():
        raise NameTaken(name=name)
    account_id = new_id()
    before = session.exec(select(func.count()).select_from(Account).where(Account.office_id == office_id)).one()
    session.add(
        Account(
            office_id=office_id,
            id=account_id,
            name=name,
            pin_hash=secret.pin_hash,
            position=before + 1,
            demo=demo,
            created_at=stored(at),
            pin_set_at=stored(at),
        )
    )
    session.flush()
    session.add_all(AccountRole(office_id=office_id, account_id=account_id, role=role) for role in set(roles))
    body = {"account_id": account_id, "name": name, "roles": in_order(roles)}
    record(session, office_id=office_id, kind="staff.account_added", body=body, actor=actor, at=at)
    return Added(account_id, name, secret.pin)


def in_order(roles: Collection[str]) -> list[str]:
    """Roles in the order of `ROLES`, each once."""
    return [role for role in ROLES if role in roles]


def roles_of_all(session: Session, office_id: str) -> dict[str, frozenset[str]]:
    """The roles of every account that has any, by its id."""
    found: dict[str, set[str]] = {}
    for row in session.exec(select(AccountRole).where(AccountRole.office_id == office_id)):
        found.setdefault(row.account_id, set()).add(row.role)
    return {account_id: frozenset(roles) for account_id, roles in found.items()}


def roles_of(session: Session, office_id: str, account_id: str) -> frozenset[str]:
    """The roles of one account."""
    held = select(AccountRole.role).where(AccountRole.office_id == office_id, AccountRole.account_id == account_id)
    return frozenset(session.exec(held))


def accounts(session: Session, office_id: str, *, demo: bool) -> list[Listed]:
    """Accounts that may sign in, in the order in which they were added; those of the demonstration only while it is on."""
    rows = session.exec(select(Account).where(Account.office_id == office_id).order_by(col(Account.position)))
    roles = roles_of_all(session, office_id)
    return [Listed(row.id, row.name, tuple(in_order(roles.get(row.id, ())))) for row in rows if may_sign_in(row, demo=demo)]


def may_sign_in(account: Account | None, *, demo: bool) -> bool:
    """Whether the account exists, is open, and is not one of the demonstration's while that is off."""
    return account is not None and account.disabled_at is None and (demo or not account.demo)


def unlock(session: Session, *, office_id: str, account_id: str, at: datetime, actor: str) -> None:
    """Forget an account's wrong PINs, from every place. Raises `AccountUnknown`."""
    account_of(session, office_id, account_id)
    forget_wrong_pins(session, office_id, account_id)
    record(session, office_id=office_id, kind="staff.account_unlocked", body={"account_id": account_id}, actor=actor, at=at)


def forget_wrong_pins(session: Session, office_id: str, account_id: str) -> None:
    """As if no wrong PIN had been tried for this account, anywhere; the places where that was wait no longer either."""
    for guard in session.exec(select(PinGuard).where(PinGuard.office_id == office_id, PinGuard.account_id == account_id)):
        if place := session.get(PlaceGuard, (office_id, guard.place)):
            session.delete(place)
        session.delete(guard)


def account_named(session: Session, *, office_id: str, name: str) -> str:
    """The id of the account with this name. Raises `AccountUnknown`."""
    found = session.exec(select(Account.id).where(Account.office_id == office_id, Account.name == " ".join(name.split()))).first()
    if found is None:
        raise AccountUnknown()
    return found


def account_of(session: Session, office_id: str, account_id: str) -> Account:
    """The account. Raises `AccountUnknown`."""
    account = session.get(Account, (office_id, account_id))
    if account is None:
        raise AccountUnknown()
    return account
