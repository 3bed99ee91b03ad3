"""Codes of ticket holders and the content of an answer: pure functions."""

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from typing import Any

from kiosk.core.chain import canonical, content_hash
from kiosk.survey.questionnaire import ELEMENTS, PROFILE

LIFE_DAYS = 30  # how long a ticket's code counts
CODE = re.compile("[0-9A-HJKMNP-TV-Z]{8}")  # Crockford's base32: no I, L, O, U
_SPELT = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
# What was handed in, apart from the code: what tells "the same id with another body".
CONTENT = (*ELEMENTS, *PROFILE, "service", "suggestion")
_KEPT_OUT = frozenset({"Cc", "Cs"})  # control characters and halves of surrogate pairs: no database has to take them


def code_hash(typed: str) -> str | None:
    """SHA-256 in hex of a ticket's code as somebody typed it; None for what cannot be one.

    >>> code_hash("7k3m-q9xo") == code_hash("7K3MQ9X0"), code_hash("7K3MQ9X"), code_hash("7K3MQ9XU")
    (True, None, None)
    """
    code = typed.upper().translate(_SPELT)
    return hashlib.sha256(code.encode()).hexdigest() if CODE.fullmatch(code) else None


def digest_of(row: Mapping[str, Any]) -> str:
    """SHA-256 in hex over the content of an answer's row.

    The half day, the place and the code are left out: a node that was restored makes the same digest of what comes back.

    >>> row = dict.fromkeys(CONTENT, "") | {"fee": 4, "day": "2026-03-12"}
    >>> digest_of(row) == digest_of({**row, "day": "2026-03-13"}), digest_of(row) == digest_of({**row, "fee": 3})
    (True, False)
    """
    return content_hash(canonical({name: row[name] for name in CONTENT}))


def clean(text: str) -> str:
    """A suggestion as it is kept: lines stay, control characters go, and the spaces around it.

    >>> clean(" Kurang\\x00 kursi.\\r\\nTerima kasih\\ud800 ")
    'Kurang kursi.\\nTerima kasih'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(sign for sign in lines if sign == "\n" or unicodedata.category(sign) not in _KEPT_OUT).strip()
