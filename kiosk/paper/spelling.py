"""What of a text a receipt printer can spell, and in which of its code pages.

Every ESC/POS printer has PC437 and nearly every one PC858; Indonesian needs no more than ASCII. What neither has is written
with the nearest ASCII signs, and where there are none, as `?`.
"""

import unicodedata
from collections.abc import Iterable

PAGES = ("CP437", "CP858")  # in this order: where both spell a slip alike, the one that every printer has
UNKNOWN = "?"
NEAREST = str.maketrans(
    {
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "–": "-",
        "—": "-",
        "‐": "-",
        "‑": "-",
        "−": "-",
        "•": "*",
        "×": "x",
        "✓": "v",
        "≤": "<=",
        "≥": ">=",
    }
)


def plain(text: str) -> str:
    """`text` on one line, without anything that is no sign to be printed.

    Control characters would be commands to a printer, so they go, with all that Unicode keeps for control, private use and
    halves of pairs (general category C); whatever separates becomes one space.

    >>> plain("Budi\\x1bp\\x00\\tSantoso\\n")
    'Budip Santoso'
    """
    spaced = ("".join(" " if sign.isspace() else sign for sign in text)).split()
    return " ".join(word for part in spaced if (word := "".join(sign for sign in part if unicodedata.category(sign)[0] != "C")))


def page_for(texts: Iterable[str]) -> str:
    """The code page that spells the most of these texts."""
    signs = [sign for text in texts for sign in text]
    return max(PAGES, key=lambda page: sum(_has(page, sign) for sign in signs))


def spelled(text: str, page: str) -> str:
    """`text` as far as `page` has its signs; each other one by its nearest, or `?`.

    >>> spelled("Café “Ōsaka” 漢", "CP437")
    'Café "Osaka" ?'
    """
    return "".join(sign if _has(page, sign) else _nearest(sign, page) for sign in text)


def _has(page: str, sign: str) -> bool:
    try:
        return len(sign.encode(page)) == 1
    except UnicodeEncodeError:
        return False


def _nearest(sign: str, page: str) -> str:
    """Typographic signs by their plain ones, letters without their accents (NFKD, Unicode Standard Annex 15)."""
    taken_apart = unicodedata.normalize("NFKD", sign.translate(NEAREST))
    found = "".join(part for part in taken_apart if _has(page, part) and ord(part) >= ord(" "))
    return found or UNKNOWN
