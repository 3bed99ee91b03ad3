"""Finding a service although the visitor misspelt it. Pure: entries and a query in, ids in order out.

`search.js` is the same search for the page whose node is gone. Both run `tests/catalogue/queries.json`, and a test holds
their answers against each other, so change them together.
"""

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import OSA

LONGEST_QUERY = 100
ENOUGH = 0.5  # below this share of the query found, the entry is not shown
ALIKE = 0.6  # below this similarity two words are strangers
STEM = 4  # letters that must remain when an affix is taken off
PREFIXES = ("meng", "meny", "peng", "peny", "mem", "men", "pem", "pen", "per", "ber", "ter", "me", "pe", "di", "ke", "se")
SUFFIXES = ("nya", "kan", "an", "i")
STOP = frozenset(("dan", "atau", "di", "ke", "dari", "untuk", "yang", "pada", "kepada", "dengan", "of", "the", "and", "for", "to", "a"))
# How much a word counts by where it stands: name, product, requirements.
WEIGHTS = (1.0, 0.9, 0.55)
BY_INITIALS, BY_STEM, BY_BEGINNING = 0.95, 0.92, 0.97


@dataclass(frozen=True)
class Entry:
    """What can be found of one service: its names (any language), what it gives, what it asks for."""

    id: str
    names: str
    product: str = ""
    requirements: str = ""


def words(text: str) -> list[str]:
    """Lower-case words of letters and digits, without accents and punctuation.

    >>> words("Rekomendasi Kepada Pihak (EO) Jum'at, E-PTSP")
    ['rekomendasi', 'kepada', 'pihak', 'eo', 'jumat', 'e', 'ptsp']
    """
    plain = unicodedata.normalize("NFKD", text.lower()).replace("'", "").replace("’", "")
    return re.findall(r"[a-z0-9]+", "".join(sign for sign in plain if not unicodedata.combining(sign)))


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """`word` without one Indonesian prefix and one suffix, where enough remains.

    >>> stem("penyelenggaraan"), stem("menyelenggarakan"), stem("izin")
    ('elenggara', 'elenggara', 'izin')
    """
    for prefix in PREFIXES:
        if word.startswith(prefix) and len(word) - len(prefix) >= STEM:
            word = word[len(prefix) :]
            break
    for suffix in SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= STEM:
            return word[: -len(suffix)]
    return word


def similarity(typed: str, word: str) -> float:
    """0 to 1: how likely `typed` means `word`, by edits and swapped neighbours, as its beginning, or by the stem.

    >>> similarity("pameran", "pameran"), similarity("rekom", "rekomendasi"), similarity("pameran", "undian")
    (1.0, 0.97, 0.0)
    """
    if typed == word:
        return 1.0
    best = _edits(typed, word)
    if len(typed) >= 3 and len(typed) < len(word):
        best = max(best, BY_BEGINNING * _edits(typed, word[: len(typed)]))
    first, second = stem(typed), stem(word)
    if first != typed or second != word:
        best = max(best, BY_STEM * _edits(first, second))
    return best


def _edits(one: str, other: str) -> float:
    share = 1 - OSA.distance(one, other) / max(len(one), len(other))
    return share if share >= ALIKE else 0.0


def initials(tokens: Sequence[str]) -> set[str]:
    """Every abbreviation of two to five neighbouring words that carry meaning.

    >>> sorted(initials(["surat", "izin", "praktik"]))
    ['ip', 'si', 'sip']
    """
    letters = "".join(token[0] for token in tokens if token not in STOP)
    return {letters[start : start + size] for size in range(2, 6) for start in range(len(letters) - size + 1)}


def search(query: str, entries: Sequence[Entry], limit: int = 20) -> list[str]:
    """Ids of the entries that `query` means, the likeliest first; all of them, in their order, when it holds no word.

    >>> search("izin pamern", [Entry("a", "Undian Gratis"), Entry("b", "Izin Pameran")])
    ['b']
    """
    asked = words(query)[:12]
    typed = [word for word in asked if word not in STOP] or asked
    if not typed:
        return [entry.id for entry in entries][:limit]
    fields = [[words(text) for text in (entry.names, entry.product, entry.requirements)] for entry in entries]
    alike = _alike(typed, fields)
    scored = []
    for place, (entry, parts) in enumerate(zip(entries, fields, strict=True)):
        score = _score(typed, alike, parts)
        if score >= ENOUGH:
            scored.append((-round(score, 9), place, entry.id))
    return [found for _, _, found in sorted(scored)[:limit]]


@dataclass(frozen=True)
class _Alike:
    """For one typed word: its likeness to each known word, and how telling it is (rare words tell more)."""

    likeness: dict[str, float]
    weight: float


def _alike(typed: Iterable[str], fields: Sequence[Sequence[list[str]]]) -> dict[str, _Alike]:
    spread: dict[str, int] = {}
    for parts in fields:
        for word in {word for part in parts for word in part}:
            spread[word] = spread.get(word, 0) + 1
    result = {}
    for one in typed:
        likeness = {word: value for word in spread if (value := similarity(one, word)) > 0}
        best = max(likeness.values(), default=0.0)
        near = min((spread[word] for word, value in likeness.items() if value == best), default=1)
        result[one] = _Alike(likeness, math.log(1 + len(fields) / near))
    return result


def _score(typed: list[str], alike: dict[str, _Alike], parts: Sequence[list[str]]) -> float:
    """Share of the query found here (0 to 1), plus a little for a name that says no more than what was asked."""
    names = parts[0]
    short = initials(names)
    found = total = 0.0
    met: set[str] = set()
    for one in typed:
        known = alike[one]
        best = BY_INITIALS if 2 <= len(one) <= 5 and one in short else 0.0
        for weight, part in zip(WEIGHTS, parts, strict=True):
            best = max([best, *(weight * known.likeness.get(word, 0.0) for word in part)])
        met |= {word for word in names if word not in STOP and known.likeness.get(word, 0.0) >= ALIKE}
        found += known.weight * best
        total += known.weight
    meaning = {word for word in names if word not in STOP}
    share = max(found / total, _joined(typed, names)) if total else 0.0
    return share + 0.08 * (len(met) / len(meaning) if meaning else 0.0)


def _joined(typed: list[str], names: list[str]) -> float:
    """Likeness by three-letter pieces without the spaces: for words run together or torn apart."""
    pieces, known = _pieces("".join(typed)), _pieces("".join(names))
    return 0.9 * len(pieces & known) / len(pieces) if pieces else 0.0


def _pieces(text: str) -> set[str]:
    return {text[start : start + 3] for start in range(len(text) - 2)}
