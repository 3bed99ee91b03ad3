"""Enrolment codes: how they are spelled, how long they are good.

Eight signs of Crockford's Base32 (crockford.com/base32.html), 40 bits: without I, L, O and U, and whoever types O, I or L
means 0 and 1. One code lives ten minutes and works once, so that 40 bits are plenty where wrong ones are counted.
"""

import secrets
import unicodedata
from datetime import datetime, timedelta
from typing import Literal

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS, GROUP = 8, 4
LIFE = timedelta(minutes=10)
LONGEST_TYPED = 64
LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1"})

Fault = Literal["used", "late"]


def new_code(signs: int = SIGNS) -> str:
    """A fresh code of so many signs of `ALPHABET`, five bits each."""
    return "".join(secrets.choice(ALPHABET) for _ in range(signs))


def shown(code: str) -> str:
    """As people see it.

    >>> shown("7GQ0K2ZD")
    '7GQ0-K2ZD'
    """
    return f"{code[:GROUP]}-{code[GROUP:]}"


def parse(typed: str, length: int = SIGNS) -> str | None:
    """The `length` signs that were meant, in any case, with or without spaces and hyphens; None when that is no code.

    >>> parse(" 7gqo-k2zd "), parse("7GQ0K2Z"), parse("7GQ0-K2ZU")
    ('7GQ0K2ZD', None, None)
    """
    if len(typed) > LONGEST_TYPED:
        return None
    plain = unicodedata.normalize("NFKC", typed).upper()
    signs = "".join(sign for sign in plain if unicodedata.category(sign) not in {"Pd", "Zs", "Cc", "Cf"}).translate(LOOK_ALIKES)
    return signs if len(signs) == length and set(signs) <= set(ALPHABET) else None


def fault(*, made: datetime, expires: datetime, used: bool, now: datetime) -> Fault | None:
    """Why a known code is not good at `now`; None when it is.

    A code from the future was made before the clock was set back: how old it is cannot be told any more, so it is late too.
    """
    if used:
        return "used"
    return None if made <= now < expires else "late"
