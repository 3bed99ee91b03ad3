"""What admins change about an account: roles, PIN, open or closed.

Each change names the `version` of the account that the admin saw (the command names none) and makes it one higher in the same
statement, so of two admins who look at one account at the same time the second is told. The caller owns the transaction.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import Session, col, select

from kiosk.core.clock import stored
from kiosk.staff.errors import AccountChanged, LastAdmin
from kiosk.staff.model import Account, AccountRole, StaffSession
from kiosk.staff.pins import NewPin
from kiosk.staff.service import account_of, fair_name, forget_wrong_pins, in_order, may_sign_in, roles_of, roles_of_all
from kiosk.sync.outbox import record


@dataclass(frozen=True)
class Change:
    """Who changes which account, when. `version`: as it was seen, None for whatever it is; `demo`: whether demo accounts count."""

    office_id: str
    account_id: str
    actor: str
    at: datetime
    version: int | None = None
    demo: bool = False


def set_roles(session: Session, change: Change, roles: Collection[str]) -> None:
    """Give the account these roles and no other; open sessions have them at once.

    Raises `AccountUnknown`, `AccountChanged`, `BadAccount`, `LastAdmin`.
    """
    account = _claim(session, change)
    fair_name(account.name, roles)
    if "admin" not in roles:
        _keep_an_admin(session, change, account)
    before = roles_of(session, change.office_id, change.account_id)
    session.connection().execute(
        delete(AccountRole).where(col(AccountRole.office_id) == change.office_id, col(AccountRole.account_id) == change.account_id)
    )
    session.add_all(AccountRole(office_id=change.office_id, account_id=change.account_id, role=role) for role in set(roles))
    _record(session, change, "staff.roles_changed", roles=in_order(roles), before=in_order(before))


def reset_pin(session: Session, change: Change, secret: NewPin) -> None:
    """A new PIN in place of one that was forgotten: wrong tries are forgotten and sessions end.

    Raises `AccountUnknown`, `AccountChanged`.
    """
    account = _claim(session, change)
    account.pin_hash, account.pin_set_at = secret.pin_hash, stored(change.at)
    session.add(account)
    forget_wrong_pins(session, change.office_id, change.account_id)
    end_all(session, change)
    _record(session, change, "staff.pin_reset")


def close(session: Session, change: Change) -> None:
    """Close the account and end its sessions. Raises `AccountUnknown`, `AccountChanged`, `LastAdmin`."""
    account = _claim(session, change)
    _keep_an_admin(session, change, account)
    account.disabled_at = account.disabled_at or stored(change.at)
    session.add(account)
    end_all(session, change)
    _record(session, change, "staff.account_disabled")


def reopen(session: Session, change: Change) -> None:
    """Open a closed account again, with the PIN and the roles that it had. Raises `AccountUnknown`, `AccountChanged`."""
    account = _claim(session, change)
    account.disabled_at = None
    session.add(account)
    _record(session, change, "staff.account_reopened")


def end_sessions(session: Session, change: Change) -> int:
    """Sign the account out on every device; returns how many sessions that were. Raises `AccountUnknown`."""
    account_of(session, change.office_id, change.account_id)
    ended = end_all(session, change)
    _record(session, change, "staff.sessions_ended", sessions=ended)
    return ended


def end_all(session: Session, change: Change, *, but: str = "") -> int:
    """End every open session of the account but the one under the key `but`."""
    still_open = (
        StaffSession.office_id == change.office_id,
        StaffSession.account_id == change.account_id,
        col(StaffSession.ended_at).is_(None),
        StaffSession.id_hash != but,
    )
    rows = session.exec(select(StaffSession).where(*still_open)).all()
    for row in rows:
        row.ended_at = stored(change.at)
        session.add(row)
    return len(rows)


def _claim(session: Session, change: Change) -> Account:
    """The account, one version further: nobody else who saw the same version can change it any more."""
    account = account_of(session, change.office_id, change.account_id)
    mine = (col(Account.office_id) == change.office_id, col(Account.id) == change.account_id)
    seen = () if change.version is None else (col(Account.version) == change.version,)
    done = session.connection().execute(update(Account).where(*mine, *seen).values(version=Account.version + 1))
    if done.rowcount == 0:
        raise AccountChanged(name=account.name)
    session.refresh(account)
    return account


def _keep_an_admin(session: Session, change: Change, account: Account) -> None:
    """Raises `LastAdmin` when nobody else could sign in as admin."""
    roles = roles_of_all(session, change.office_id)
    if "admin" not in roles.get(account.id, ()) or not may_sign_in(account, demo=change.demo):
        return
    others = session.exec(select(Account).where(Account.office_id == change.office_id, Account.id != account.id))
    if not any(may_sign_in(one, demo=change.demo) and "admin" in roles.get(one.id, ()) for one in others):
        raise LastAdmin(name=account.name)


def _record(session: Session, change: Change, kind: str, **more: object) -> None:
    body = {"account_id": change.account_id, **more}
    record(session, office_id=change.office_id, kind=kind, body=body, actor=change.actor, at=change.at)
