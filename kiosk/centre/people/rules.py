"""Passphrases and sessions at the centre, which is reachable from outside: figures stricter than an office's PINs.

After OWASP ASVS 5.0, chapters 6 (authentication) and 7 (sessions).
"""

import re
import unicodedata
from datetime import datetime, timedelta

from kiosk.devices import codes
from kiosk.staff.rules import Limit

OPERATORS = "*"  # the office of those who look after the centre itself
GROUPS = 4
NAME = re.compile(r"[a-z][a-z0-9._-]{1,39}")
# The fifth wrong one costs 15 s, the next twice as much, up to 16 minutes. It never locks, or a stranger could keep everybody out; a
# passphrase is drawn, never chosen, and 80 bits stand against ninety tries a day.
ONE_PERSON = Limit(free=5, longest=11, locks=False)
IDLE, WHOLE = timedelta(minutes=30), timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # how exactly the last sight is written


def new_passphrase() -> str:
    """A fresh passphrase, to be shown once: sixteen signs of Crockford's Base32 (80 bits) in groups of four."""
    signs = codes.new_code(GROUPS * codes.GROUP)
    return "-".join(signs[start : start + codes.GROUP] for start in range(0, len(signs), codes.GROUP))


def meant(typed: str) -> str:
    """The passphrase that was meant: any case, with or without hyphens and spaces, O for 0 and I or L for 1.

    >>> meant(" 7gqo-k2zd 1234 ABCD"), meant("7GQ0-K2ZD-I234-ABCD")
    ('7GQ0K2ZD1234ABCD', '7GQ0K2ZD1234ABCD')
    """
    plain = unicodedata.normalize("NFKC", typed[: codes.LONGEST_TYPED]).upper()
    return re.sub(r"[\s-]", "", plain).translate(codes.LOOK_ALIKES)


def is_over(opened: datetime, seen: datetime, now: datetime) -> bool:
    """Whether a session has ended: left alone for half an hour, older than twelve hours, or from the future (the clock moved).

    >>> from datetime import UTC
    >>> at = lambda hour, minute=0: datetime(2026, 3, 12, hour, minute, tzinfo=UTC)
    >>> is_over(at(8), at(9), at(9, 30)), is_over(at(8), at(9), at(9, 31)), is_over(at(8), at(20), at(20, 1)), is_over(at(9), at(9), at(8))
    (False, True, True, True)
    """
    return not (timedelta() <= now - seen <= IDLE and timedelta() <= now - opened <= WHOLE)
