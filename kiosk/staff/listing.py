"""What the admin's page shows of every account. Reads only."""

from dataclasses import dataclass
from datetime import datetime

from sqlmodel import Session, col, func, select

from kiosk.staff.model import Account, PinGuard, StaffSession
from kiosk.staff.rules import is_away
from kiosk.staff.service import in_order, may_sign_in, roles_of_all


@dataclass(frozen=True)
class Member:
    """One account as admins see it. `last` is the last sign-in, stored form; `sessions` how many are open; `locked` anywhere."""

    id: str
    name: str
    roles: tuple[str, ...]
    version: int
    open: bool
    demo: bool
    locked: bool
    last: str | None
    sessions: int


def members(session: Session, office_id: str, *, now: datetime, demo: bool) -> list[Member]:
    """Every account of the office in the order in which they were added, closed ones last.

    The demonstration's accounts are left out while it is off: nobody can use them.
    """
    roles, opened = roles_of_all(session, office_id), _open_sessions(session, office_id, now)
    last = dict(
        session.exec(
            select(StaffSession.account_id, func.max(StaffSession.opened_at))
            .where(StaffSession.office_id == office_id)
            .group_by(col(StaffSession.account_id))
        ).all()
    )
    locked = set(session.exec(select(PinGuard.account_id).where(PinGuard.office_id == office_id, col(PinGuard.locked))))
    rows = session.exec(select(Account).where(Account.office_id == office_id).order_by(col(Account.position)))
    found = [
        Member(
            id=row.id,
            name=row.name,
            roles=tuple(in_order(roles.get(row.id, ()))),
            version=row.version,
            open=may_sign_in(row, demo=demo),
            demo=row.demo,
            locked=row.id in locked,
            last=last.get(row.id),
            sessions=opened.get(row.id, 0),
        )
        for row in rows
        if demo or not row.demo
    ]
    return sorted(found, key=lambda one: not one.open)


def _open_sessions(session: Session, office_id: str, now: datetime) -> dict[str, int]:
    """How many sessions are in use, by account: neither ended nor left alone."""
    counted: dict[str, int] = {}
    alive = select(StaffSession.account_id, StaffSession.seen_at).where(
        StaffSession.office_id == office_id, col(StaffSession.ended_at).is_(None)
    )
    for account_id, seen_at in session.exec(alive):
        if not is_away(datetime.fromisoformat(seen_at), now):
            counted[account_id] = counted.get(account_id, 0) + 1
    return counted
