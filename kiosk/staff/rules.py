"""PINs and sessions: how long a wrong PIN costs, which PINs are too simple, when a screen was left alone.

After OWASP ASVS 5.0, chapters 6 (authentication) and 7 (sessions); figures in `docs/security.md`.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

PIN_DIGITS = 6
FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=15)
LOCKED_AT = 15
PLACE_FREE_TRIES = 20  # several people share a counter's browser, and each makes slips
PLACE_LONGEST = 28  # the 28th wrong PIN and each after it cost 64 minutes
IDLE = timedelta(minutes=30)

# What a person may be, in the order of a file's way through the office (SOP-LP2N-PAR-05); one person may be several.
ROLES = (
    "admin",
    "information",
    "customer_service",
    "registration",
    "verifier",
    "liaison",
    "processing",
    "agency",
    "section_head",
    "division_head",
    "agency_head",
    "records",
    "collection",
    "complaints_operator",
    "complaints_head",
    "auditor",
)
# Groups for the marks of handlers and routes: `require_role(*COUNTER)`.
EVERYBODY = frozenset(ROLES)
ADMIN = frozenset({"admin"})
AUDIT = frozenset({"auditor"})
# Who meets visitors at a desk. The help desk (verifier, liaison) and the complaints desk call visitors too.
COUNTER = frozenset({"information", "customer_service", "registration", "collection", "verifier", "liaison", "complaints_operator"})
# Who looks at an applicant's papers and signs the checklist (SOP-LP2N-PAR-05, step 4).
CHECK = frozenset({"customer_service"})
# Who reads what visitors answered in the survey: who leads, and who audits. Not who serves them: answers are free.
REPORT = ADMIN | AUDIT | {"section_head", "division_head", "agency_head", "complaints_head"}
# Who reads which letters somebody takes for forged, and who deals with it: the auditor looks.
SUSPICIONS = ADMIN | AUDIT | {"agency_head"}
HANDLE_SUSPICIONS = ADMIN | {"agency_head"}
# Who plans what follows from it.
PLAN = ADMIN | {"section_head", "division_head", "agency_head"}
# Who is answerable for what a standard says, or is asked about it. The agencies of other buildings and the records office are not.
NOTES = COUNTER | ADMIN | AUDIT | {"processing", "section_head", "division_head", "agency_head", "complaints_head"}


def known_roles(roles: Iterable[str]) -> frozenset[str]:
    """The roles of a mark as a set. Raises ValueError for one that there is not: a slip must not shut a door for everybody.

    >>> known_roles(["auditor", "auditor"])
    frozenset({'auditor'})
    """
    if unknown := sorted(set(roles) - EVERYBODY):
        raise ValueError(f"no such role: {', '.join(unknown)}")
    return frozenset(roles)


@dataclass(frozen=True)
class Limit:
    """The wrong PIN number `free` is the first that costs a wait; the wait doubles up to number `longest`. `locks`: there it ends."""

    free: int
    longest: int
    locks: bool


ONE_ACCOUNT = Limit(FREE_TRIES, LOCKED_AT, locks=True)  # one account from one place
# All accounts from one place: who tries one PIN with every name is slowed down too. It never locks, or a stranger could close a counter.
ONE_PLACE = Limit(PLACE_FREE_TRIES, PLACE_LONGEST, locks=False)


@dataclass(frozen=True)
class Tries:
    """How many wrong PINs came, and before when no other is tried."""

    wrong: int = 0
    not_before: datetime | None = None
    limit: Limit = ONE_ACCOUNT

    @property
    def locked(self) -> bool:
        """Whether only the admin can help."""
        return self.limit.locks and self.wrong >= self.limit.longest

    @property
    def delay(self) -> timedelta:
        """What the last wrong PIN costs."""
        return delay(self.wrong, self.limit)


def delay(wrong: int, limit: Limit = ONE_ACCOUNT) -> timedelta:
    """What `wrong` wrong PINs in a row cost: for one account 15 s after the fifth, then twice as much each time.

    >>> [delay(wrong).seconds for wrong in (4, 5, 6, 7, 14)]
    [0, 15, 30, 60, 7680]
    >>> [delay(wrong, ONE_PLACE).seconds for wrong in (19, 20, 21, 28, 1000)]
    [0, 15, 30, 3840, 3840]
    """
    return FIRST_WAIT * 2 ** (min(wrong, limit.longest) - limit.free) if wrong >= limit.free else timedelta()


def wait(tries: Tries, now: datetime) -> timedelta:
    """How long to wait from `now` on; never longer than the delay itself, wherever the clock went in between."""
    left = tries.not_before - now if tries.not_before else timedelta()
    return min(max(left, timedelta()), tries.delay)


def anchored(tries: Tries, now: datetime) -> Tries:
    """The same tries on a clock that was set back: the wait ends one delay from `now`, not ten years later.

    A clock that was set forward ends one wait early; the count goes on, so the lock at 15 holds whatever the clock does.
    """
    latest = now + tries.delay
    return replace(tries, not_before=latest) if tries.not_before and tries.not_before > latest else tries


def after_wrong(tries: Tries, now: datetime) -> Tries:
    """The tries after one more wrong PIN at `now`."""
    cost = delay(tries.wrong + 1, tries.limit)
    return replace(tries, wrong=tries.wrong + 1, not_before=now + cost if cost else None)


def is_away(seen: datetime, now: datetime) -> bool:
    """Whether a session was left alone for half an hour. A last sight in the future means that the clock moved: away too."""
    return abs(now - seen) > IDLE


PinFault = Literal["digits", "simple"]


def pin_fault(pin: str) -> PinFault | None:
    """Why `pin` cannot be a new PIN: not six digits, or among the first that anyone tries; None when it can.

    >>> pin_fault("12345"), pin_fault("123456"), pin_fault("987654"), pin_fault("777777"), pin_fault("121212"), pin_fault("123123")
    ('digits', 'simple', 'simple', 'simple', 'simple', 'simple')
    >>> pin_fault("112233"), pin_fault("270841")
    ('simple', None)
    """
    if not re.fullmatch(rf"[0-9]{{{PIN_DIGITS}}}", pin):
        return "digits"
    digits = [int(digit) for digit in pin]
    steps = {(after - before) % 10 for before, after in pairwise(digits)}
    repeated = any(pin == pin[:size] * (PIN_DIGITS // size) for size in (1, 2, 3))
    pairs = re.fullmatch(r"(\d)\1(\d)\2(\d)\3", pin)
    few = len(set(pin)) < 3
    return "simple" if len(steps) == 1 or repeated or pairs or few else None
