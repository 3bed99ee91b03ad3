"""From a passphrase to a session, and from a cookie to who that is.

A try is counted as wrong before the passphrase is looked at, and forgotten when it was right: a hundred tries at once, or a server that
is killed in between, get not one more than the rule allows. argon2 runs between two short transactions.
"""

import math
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Engine, insert, select, update

from kiosk.centre.people import rules
from kiosk.centre.people.errors import WaitFirst, WrongPassphrase
from kiosk.centre.people.service import SESSIONS, USERS, narrow
from kiosk.centre.tenancy import looking_for
from kiosk.core.clock import stored
from kiosk.staff.pins import hash_pin, matches
from kiosk.staff.rules import Tries, after_wrong, anchored, wait
from kiosk.staff.sessions import COOKIE_SHAPE, key_of, new_cookie


@dataclass(frozen=True)
class Who:
    """Somebody who is signed in. `office_id` is "*" for an operator of the centre."""

    office_id: str
    name: str
    key: str

    @property
    def is_operator(self) -> bool:
        """Whether every office is this person's business."""
        return self.office_id == rules.OPERATORS

    @property
    def only(self) -> str | None:
        """The one office whose rows this person asks for; None for all. SQLite has no row security: there this alone narrows."""
        return None if self.is_operator else self.office_id

    def may_see(self, office_id: str) -> bool:
        """Whether this office is this person's business."""
        return self.is_operator or self.office_id == office_id


@cache
def _nobody_s_hash() -> str:
    """What an unknown name's passphrase is compared with, so that the time of the answer tells nothing."""
    return hash_pin(rules.new_passphrase())


def sign_in(engine: Engine, *, name: str, typed: str, now: datetime) -> str:
    """The cookie of a new session for `name`, if `typed` is the passphrase. Takes a tenth of a second.

    Raises `WrongPassphrase`, `WaitFirst`.
    """
    with engine.begin() as connection:
        person, seconds = _charge(connection, name.strip().lower(), now)
    if seconds:
        raise WaitFirst(seconds=seconds)
    if not matches(person["passphrase_hash"] if person else _nobody_s_hash(), rules.meant(typed)) or person is None:
        raise WrongPassphrase()
    cookie = new_cookie()
    with engine.begin() as connection:
        narrow(connection, person["office_id"])
        _open(connection, person, key_of(cookie), now)
    return cookie


def _charge(connection: Connection, name: str, now: datetime) -> tuple[Any, int]:
    """The person's row, the try counted as wrong; or how many seconds no try is looked at."""
    looking_for(connection, name)
    office_id = connection.execute(select(USERS.c.office_id).where(USERS.c.name == name, USERS.c.closed_at.is_(None))).scalar()
    if office_id is None:
        return None, 0
    narrow(connection, office_id)
    mine = (USERS.c.office_id == office_id, USERS.c.name == name)
    person = connection.execute(select(USERS).where(*mine).with_for_update()).mappings().one()
    before = datetime.fromisoformat(person["not_before"]) if person["not_before"] else None
    tries = anchored(Tries(person["wrong"], before, rules.ONE_PERSON), now)
    left = math.ceil(wait(tries, now).total_seconds())
    if not left:
        tries = after_wrong(tries, now)
    kept = {"wrong": tries.wrong, "not_before": stored(tries.not_before) if tries.not_before else None}
    connection.execute(update(USERS).where(*mine).values(kept))
    return person, left


def _open(connection: Connection, person: Any, key: str, now: datetime) -> None:
    """Open the session, unless the account was closed or got another passphrase meanwhile. Raises `WrongPassphrase`."""
    same = (USERS.c.name == person["name"], USERS.c.passphrase_hash == person["passphrase_hash"], USERS.c.closed_at.is_(None))
    mine = update(USERS).where(USERS.c.office_id == person["office_id"], *same)
    if connection.execute(mine.values(wrong=0, not_before=None)).rowcount != 1:
        raise WrongPassphrase()
    facts = {"office_id": person["office_id"], "id_hash": key, "name": person["name"]}
    connection.execute(insert(SESSIONS), {**facts, "opened_at": stored(now), "seen_at": stored(now)})


def find(engine: Engine, cookie: str | None, now: datetime) -> Who | None:
    """Who is behind the cookie value; None for nobody. The half hour begins again."""
    if not cookie or COOKIE_SHAPE.fullmatch(cookie) is None:
        return None
    key = key_of(cookie)
    with engine.begin() as connection:
        looking_for(connection, key)
        row = connection.execute(select(SESSIONS).where(SESSIONS.c.id_hash == key, SESSIONS.c.ended_at.is_(None))).mappings().first()
        if row is None:
            return None
        seen = datetime.fromisoformat(row["seen_at"])
        if rules.is_over(datetime.fromisoformat(row["opened_at"]), seen, now):
            return None
        narrow(connection, row["office_id"])
        if now - seen >= rules.SEEN_EVERY:
            mine = (SESSIONS.c.office_id == row["office_id"], SESSIONS.c.id_hash == key)
            connection.execute(update(SESSIONS).where(*mine).values(seen_at=stored(now)))
    return Who(row["office_id"], row["name"], key)


def sign_out(engine: Engine, who: Who, now: datetime) -> None:
    """End the session."""
    with engine.begin() as connection:
        narrow(connection, who.office_id)
        mine = (SESSIONS.c.office_id == who.office_id, SESSIONS.c.id_hash == who.key)
        connection.execute(update(SESSIONS).where(*mine).values(ended_at=stored(now)))
