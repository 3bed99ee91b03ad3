"""PINs and sessions: how long a wrong PIN costs, which PINs are too simple, when a screen was left alone.

After OWASP ASVS 5.0, chapters 6 (authentication) and 7 (sessions); figures in `docs/security.md`.
"""

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Literal

PIN_DIGITS = 6
FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=15)
LOCKED_AT = 15
IDLE = timedelta(minutes=30)
ROLES = ("officer", "admin", "auditor")


@dataclass(frozen=True)
class Tries:
    """How many wrong PINs came for one account from one place, and before when no other is tried."""

    wrong: int = 0
    not_before: datetime | None = None

    @property
    def locked(self) -> bool:
        """Whether only the admin can help."""
        return self.wrong >= LOCKED_AT


def delay(wrong: int) -> timedelta:
    """What `wrong` wrong PINs in a row cost: 15 s after the fifth, then twice as much each time.

    >>> [delay(wrong).seconds for wrong in (4, 5, 6, 7, 14)]
    [0, 15, 30, 60, 7680]
    """
    return FIRST_WAIT * 2 ** (min(wrong, LOCKED_AT) - FREE_TRIES) if wrong >= FREE_TRIES else timedelta()


def wait(tries: Tries, now: datetime) -> timedelta:
    """How long to wait from `now` on; never longer than the delay itself, wherever the clock went in between."""
    left = tries.not_before - now if tries.not_before else timedelta()
    return min(max(left, timedelta()), delay(tries.wrong))


def anchored(tries: Tries, now: datetime) -> Tries:
    """The same tries on a clock that was set back: the wait ends one delay from `now`, not ten years later.

    A clock that was set forward ends one wait early; the count goes on, so the lock at 15 holds whatever the clock does.
    """
    latest = now + delay(tries.wrong)
    return replace(tries, not_before=latest) if tries.not_before and tries.not_before > latest else tries


def after_wrong(tries: Tries, now: datetime) -> Tries:
    """The tries after one more wrong PIN at `now`."""
    wrong = tries.wrong + 1
    return Tries(wrong, now + delay(wrong) if delay(wrong) else None)


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
