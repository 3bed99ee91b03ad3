"""The arithmetic of the index (PermenPANRB 14/2017, annex, chapter III): exact fractions, one rounding at the end, and then the grade.

NRR of an element = sum of its scores / respondents who answered it; the index = 25 x the sum of NRR x weight. Sums are pooled, so a
unit's index is never the mean of its services' indexes. An element that nobody answered carries no weight: the others share it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import floor

from kiosk.survey.questionnaire import ELEMENTS, SCORES, questionnaire

# Element -> (sum of its scores, how many answered it).
Sums = Mapping[str, tuple[int, int]]

WEIGHTS = ("1/9", "0.11", "0.111")  # the regulation's, and what offices in the field use; a report names its own
FACTOR = 25  # brings 1 to 4 to 25 to 100
FEWEST = 5  # answers below which nothing is published


@dataclass(frozen=True)
class Band:
    """A grade and the rounded indexes that have it, both ends included."""

    grade: str
    first: Decimal
    last: Decimal


@dataclass(frozen=True)
class Scheme:
    """A questionnaire's arithmetic: its elements, the weight of each as text, its grades."""

    key: str
    elements: tuple[str, ...]
    weight: str
    bands: tuple[Band, ...]


SKM = Scheme("skm-2017", ELEMENTS, WEIGHTS[0], tuple(Band(one.grade, one.first, one.last) for one in questionnaire().grades))
# KepmenPAN 25/2004: fourteen elements of 0.071, with grades of its own. Only imported answers have it.
OLD = Scheme(
    "ikm-2004",
    tuple(f"u{number}" for number in range(1, 15)),
    "0.071",
    tuple(
        Band(grade, Decimal(first), Decimal(last))
        for grade, first, last in (
            ("A", "81.26", "100.00"), ("B", "62.51", "81.25"), ("C", "43.76", "62.50"), ("D", "25.00", "43.75"),
        )
    ),
)  # fmt: skip


@dataclass(frozen=True)
class ElementResult:
    """An element: `n` who answered it, its mean to two decimals, and the grade of 25 x the exact mean; None where nobody did."""

    n: int
    mean: Decimal | None
    grade: str | None


@dataclass(frozen=True)
class Result:
    """`index` and `grade` of `n` answers. `index` is None without any score, `grade` also below 25.00, where no grade exists."""

    n: int
    index: Decimal | None
    grade: str | None
    weight: str
    elements: dict[str, ElementResult]


def half_up(value: Fraction, places: int = 2) -> Decimal:
    """`value` (0 or more) rounded half up, to two decimals unless more are wanted.

    >>> half_up(Fraction("88.305")), half_up(Fraction("88.3049")), half_up(Fraction(100))
    (Decimal('88.31'), Decimal('88.30'), Decimal('100.00'))
    """
    return Decimal(floor(value * 10**places + Fraction(1, 2))).scaleb(-places)


def grade_of(index: Decimal, scheme: Scheme = SKM) -> str | None:
    """The grade of an index that is rounded to two decimals; None below 25.00.

    >>> [grade_of(Decimal(one)) for one in ("88.31", "88.30", "76.60", "64.99", "24.75")]
    ['A', 'B', 'C', 'D', None]
    """
    return next((band.grade for band in scheme.bands if band.first <= index <= band.last), None)


def result(sums: Sums, n: int, weight: str = SKM.weight, scheme: Scheme = SKM) -> Result:
    """Index, grade and elements of `n` answers with these sums; `weight` as text: "1/9", "0.11".

    Raises ValueError for a sum that no scores of 1 to 4 can have.

    >>> published = (105, 101, 100, 116, 102, 105, 106, 105, 115)
    >>> one = result({key: (total, 29) for key, total in zip(ELEMENTS, published)}, 29)
    >>> one.index, one.grade, one.elements["fee"]
    (Decimal('91.48'), 'A', ElementResult(n=29, mean=Decimal('4.00'), grade='A'))
    """
    means = _means(sums, scheme)
    index = half_up(FACTOR * Fraction(weight) * Fraction(len(scheme.elements), len(means)) * sum(means.values())) if means else None
    elements = {key: _element(means.get(key), sums.get(key, (0, 0))[1], scheme) for key in scheme.elements}
    return Result(n, index, grade_of(index, scheme) if index is not None else None, weight, elements)


def _means(sums: Sums, scheme: Scheme) -> dict[str, Fraction]:
    """The exact mean of each element that somebody answered."""
    found = {}
    for key in scheme.elements:
        total, count = sums.get(key, (0, 0))
        if not min(SCORES) * count <= total <= max(SCORES) * count:
            raise ValueError(f"{key}: {count} scores of 1 to 4 cannot sum to {total}")
        if count:
            found[key] = Fraction(total, count)
    return found


def _element(mean: Fraction | None, n: int, scheme: Scheme) -> ElementResult:
    if mean is None:
        return ElementResult(0, None, None)
    return ElementResult(n, half_up(mean), grade_of(half_up(FACTOR * mean), scheme))


def ranked(sums: Sums, scheme: Scheme = SKM) -> tuple[str, ...]:
    """The elements that were answered, best first by their exact means; equal ones in the questionnaire's order.

    >>> ranked({"fee": (12, 3), "product": (5, 2), "procedure": (7, 2)})
    ('fee', 'procedure', 'product')
    """
    means = _means(sums, scheme)
    return tuple(sorted(means, key=lambda key: -means[key]))


def weakest(sums: Sums, count: int = 3, scheme: Scheme = SKM) -> tuple[str, ...]:
    """The `count` weakest elements, weakest first: what the follow-up plan is about. Equal ones in the questionnaire's order.

    >>> weakest({"fee": (12, 3), "product": (5, 2), "procedure": (7, 2)}, 2)
    ('product', 'procedure')
    """
    means = _means(sums, scheme)
    return tuple(sorted(means, key=lambda key: means[key])[:count])


def pooled(several: Iterable[Sums]) -> dict[str, tuple[int, int]]:
    """The sums of several groups as one group: totals and counts added, never means averaged."""
    found: dict[str, tuple[int, int]] = {}
    for sums in several:
        for key, (total, count) in sums.items():
            before = found.get(key, (0, 0))
            found[key] = (before[0] + total, before[1] + count)
    return found


def sample_size(population: int) -> int:
    """How many answers `population` applicants need: Krejcie and Morgan (1970), the next row up, never more than there are.

    >>> sample_size(4384), sample_size(100), sample_size(3), sample_size(2_000_000)
    (354, 80, 3, 384)
    """
    rows = questionnaire().sample
    needed = next((sample for people, sample in rows if people >= population), rows[-1][1])
    return min(needed, max(population, 0))
