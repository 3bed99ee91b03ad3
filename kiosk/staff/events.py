"""Events of the staff become rows again: rights that were taken away stay taken away, also on a node restored from an older copy.

PINs and sessions are in no event. An account that was added after the backup comes back without a PIN; a PIN that was changed since
then counts no more, neither the old nor the new one; and sessions that were ended are ended. An admin gives new PINs (at worst with
`kiosk staff reset-pin` on the office computer). Wrong tries are counted anew. Roles are given and taken one by one, in the order of the
chain, as `before` and `roles` of the event differ; a closed account is opened only by a later event.
"""

from sqlalchemy import ColumnElement, Table, delete, or_, select, update
from sqlmodel import Session

from kiosk.core.actors import read_actor
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_
from kiosk.core.missing import add_missing
from kiosk.core.table_of import table_of
from kiosk.staff.model import Account, AccountRole, StaffSession
from kiosk.sync.kinds import Event, applied, nothing

ACCOUNTS, ROLES, SESSIONS = table_of(Account), table_of(AccountRole), table_of(StaffSession)
NO_PIN = "!"  # no hash: no PIN fits
LAST = 1_000_000  # where an account stands that came back

nothing("staff.signed_in", "staff.counter_picked", "staff.account_locked", "staff.account_unlocked")


class AccountNotThere(KioskError):
    """A change of an account of which it is not known yet that it was added."""

    code = "STAFF-0425"
    status = 409
    sentence = N_("The account that was changed is not known here yet.")


@applied("staff.account_added")
def added(session: Session, event: Event) -> None:
    """The account, without a PIN; one of the same name that is there already keeps its name."""
    body, office_id = event["body"], event["office_id"]
    name, number = body["name"], 1
    if session.connection().execute(select(ACCOUNTS.c.id).where(*_this(event))).first() is not None:
        return
    when = {"created_at": event["at"], "pin_set_at": event["at"], "position": LAST}
    row = Account(office_id=office_id, id=body["account_id"], name=name, pin_hash=NO_PIN, **when).model_dump()
    while not add_missing(session, ACCOUNTS, row):
        number += 1
        row["name"] = f"{name} ({number})"
    _give(session, event, body["roles"])


@applied("staff.roles_changed")
def roles_changed(session: Session, event: Event) -> None:
    """The roles that were taken away are gone, those that were given are there; what else the account has is left."""
    _must_be_there(session, event)
    body = event["body"]
    gone = ROLES.c.role.in_(sorted(set(body["before"]) - set(body["roles"])))
    session.connection().execute(delete(ROLES).where(*_of(ROLES, event), gone))
    _give(session, event, sorted(set(body["roles"]) - set(body["before"])))


def _give(session: Session, event: Event, roles: list[str]) -> None:
    for role in roles:
        add_missing(session, ROLES, {"office_id": event["office_id"], "account_id": event["body"]["account_id"], "role": role})


@applied("staff.account_disabled")
def disabled(session: Session, event: Event) -> None:
    """The account is closed and its sessions are over."""
    _must_be_there(session, event)
    earlier = or_(ACCOUNTS.c.disabled_at.is_(None), ACCOUNTS.c.disabled_at < event["at"])
    session.connection().execute(update(ACCOUNTS).where(*_this(event), earlier).values(disabled_at=event["at"]))
    _end(session, event)


@applied("staff.account_reopened")
def reopened(session: Session, event: Event) -> None:
    """The account is open again, unless it was closed later."""
    _must_be_there(session, event)
    session.connection().execute(update(ACCOUNTS).where(*_this(event), ACCOUNTS.c.disabled_at <= event["at"]).values(disabled_at=None))


@applied("staff.pin_reset", "staff.pin_changed")
def pin_changed(session: Session, event: Event) -> None:
    """The PIN that this node knows is an older one: it counts no more, and the sessions that it opened are over."""
    _must_be_there(session, event)
    older = ACCOUNTS.c.pin_set_at < event["at"]
    known = session.connection().execute(update(ACCOUNTS).where(*_this(event), older).values(pin_hash=NO_PIN, pin_set_at=event["at"]))
    if known.rowcount:
        _end(session, event)


@applied("staff.sessions_ended")
def sessions_ended(session: Session, event: Event) -> None:
    """Every session of the account that was open then is over."""
    _end(session, event)


@applied("staff.signed_out")
def signed_out(session: Session, event: Event) -> None:
    """The sessions of the account at this place that were open then are over."""
    _end(session, event, place=read_actor(event["actor"]).place)


def _end(session: Session, event: Event, place: str | None = None) -> None:
    here = () if place is None else (SESSIONS.c.place == place,)
    then = (SESSIONS.c.ended_at.is_(None), SESSIONS.c.opened_at < event["at"])
    session.connection().execute(update(SESSIONS).where(*_of(SESSIONS, event), *then, *here).values(ended_at=event["at"]))


def _must_be_there(session: Session, event: Event) -> None:
    if session.connection().execute(select(ACCOUNTS.c.id).where(*_this(event))).first() is None:
        raise AccountNotThere()


def _this(event: Event) -> tuple[ColumnElement[bool], ...]:
    return ACCOUNTS.c.office_id == event["office_id"], ACCOUNTS.c.id == event["body"]["account_id"]


def _of(table: Table, event: Event) -> tuple[ColumnElement[bool], ...]:
    return table.c.office_id == event["office_id"], table.c.account_id == event["body"]["account_id"]
