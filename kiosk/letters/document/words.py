"""Which characters a text of a letter may have, and how it is spelled once and for all.

What is signed must look the same wherever it is read: control characters, marks that turn the direction of reading (Unicode
Standard Annex 9; "Trojan Source") and characters that nobody sees are refused, and a text is kept in normal form C (UAX 15).
"""

import re
import unicodedata
from typing import Annotated, Any

from pydantic import BeforeValidator
from pydantic_core import PydanticCustomError

from kiosk.core.i18n import N_

HIDDEN = N_("has a control character, or one that nobody sees (U+{sign})")
NO_TEXT = N_("is not a text")
UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # general categories of Unicode
BLANK = frozenset("\u115f\u1160\u2800\u3164\uffa0")  # letters and signs by category, but blank on paper
SPACES = re.compile(r"[ \u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]+")  # category Zs


def spelled(text: str) -> str:
    """`text` in normal form C, with single spaces and none at its ends.

    >>> spelled("  Rene\\u0301\\u00a0  Sete ")
    'René Sete'
    """
    return SPACES.sub(" ", unicodedata.normalize("NFC", text)).strip(" ")


def unseen(text: str) -> str | None:
    """The first character of `text` that no letter may have, or None.

    >>> unseen("Budi"), unseen("Bu\\u202edi")
    (None, '\\u202e')
    """
    return next((sign for sign in text if unicodedata.category(sign) in UNSEEN or sign in BLANK), None)


def _read(value: Any) -> str:
    if not isinstance(value, str):
        raise PydanticCustomError("letter_text", NO_TEXT)
    if (sign := unseen(value)) is not None:
        raise PydanticCustomError("letter_hidden", HIDDEN, {"sign": f"{ord(sign):04X}"})
    return spelled(value)


Plain = Annotated[str, BeforeValidator(_read)]
