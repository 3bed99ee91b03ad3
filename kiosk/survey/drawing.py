"""Values become places in a drawing: all in percent of its width or height, so that a chart fits a phone, a desk and paper alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

from kiosk.survey.index import SKM, Scheme

LOWEST, HIGHEST = Decimal(25), Decimal(100)  # of an index
WORST, BEST = Decimal(1), Decimal(4)  # of an answer
NEAR = Decimal("2.40")  # where the drawing of means begins when none lies below: there are the differences that count
Number = Decimal | Fraction


def along(value: Number, first: Number, last: Number) -> float:
    """Where `value` lies between `first` (0) and `last` (100), in percent to two digits; what lies outside is drawn at the end.

    >>> along(Decimal("62.5"), LOWEST, HIGHEST), along(Decimal(20), LOWEST, HIGHEST), along(Decimal("3.2"), NEAR, BEST)
    (50.0, 0.0, 50.0)
    """
    share = (Fraction(value) - Fraction(first)) / (Fraction(last) - Fraction(first))
    return round(float(min(max(share, Fraction(0)), Fraction(1)) * 100), 2)


@dataclass(frozen=True)
class Band:
    """The part of a scale that is one grade: where it begins, how wide it is, both in percent; `edge` is its lower end."""

    grade: str
    x: float
    width: float
    edge: Decimal


def bands(first: Decimal, last: Decimal, divisor: int = 1, scheme: Scheme = SKM) -> list[Band]:
    """The grades on a scale from `first` to `last`, the lowest on the left; `divisor` 25 for the scale of answers, 1 to 4.

    >>> [(band.grade, band.x, str(band.edge)) for band in bands(LOWEST, HIGHEST)]
    [('D', 0.0, '25.00'), ('C', 53.33, '65.00'), ('B', 68.81, '76.61'), ('A', 84.41, '88.31')]
    >>> [(band.grade, band.x, str(band.edge)) for band in bands(NEAR, BEST, 25)]
    [('D', 0.0, '2.40'), ('C', 12.5, '2.60'), ('B', 41.52, '3.06'), ('A', 70.78, '3.53')]
    """
    grades = sorted(scheme.bands, key=lambda one: one.first)
    edges = [max(first, grade.first / divisor) for grade in grades]
    places = [*(along(edge, first, last) for edge in edges), 100.0]
    cents = Decimal("0.01")
    return [Band(grade.grade, places[i], round(places[i + 1] - places[i], 2), edges[i].quantize(cents)) for i, grade in enumerate(grades)]


def begin_of(means: Sequence[Number]) -> Decimal:
    """Where the drawing of means begins: near, unless one would be cut off.

    >>> begin_of([Decimal("3.1"), Decimal("2.41")]), begin_of([Decimal("2.39")]), begin_of([])
    (Decimal('2.40'), Decimal('1'), Decimal('2.40'))
    """
    return NEAR if all(Fraction(mean) >= Fraction(NEAR) for mean in means) else WORST


@dataclass(frozen=True)
class Piece:
    """One part of a bar, in percent of its length."""

    x: float
    width: float


def pieces(counts: Sequence[int]) -> list[Piece]:
    """Counts side by side, together the whole bar; a bar of nothing has no width.

    >>> pieces([1, 0, 1, 2])
    [Piece(x=0.0, width=25.0), Piece(x=25.0, width=0.0), Piece(x=25.0, width=25.0), Piece(x=50.0, width=50.0)]
    >>> pieces([0, 0])
    [Piece(x=0.0, width=0.0), Piece(x=0.0, width=0.0)]
    """
    whole, place, found = sum(counts), 0, []
    for count in counts:
        x, end = ((Fraction(100 * part, whole) if whole else Fraction(0)) for part in (place, place + count))
        found.append(Piece(round(float(x), 2), round(float(end - x), 2)))
        place += count
    return found


@dataclass(frozen=True)
class Point:
    """A value of a line in percent from the left and from the top; None for a gap."""

    x: float
    y: float | None


@dataclass(frozen=True)
class Stroke:
    """A straight part of a line, from one point to the next."""

    x1: float
    y1: float
    x2: float
    y2: float


def points(values: Sequence[Number | None], first: Number, last: Number) -> list[Point]:
    """Values in even steps, each in the middle of its step; the highest at the top.

    >>> points([Decimal(25), None, Decimal(100)], LOWEST, HIGHEST)
    [Point(x=16.67, y=100.0), Point(x=50.0, y=None), Point(x=83.33, y=0.0)]
    """
    step = 100 / max(len(values), 1)
    return [
        Point(round(step * (i + 0.5), 2), None if value is None else round(100 - along(value, first, last), 2))
        for i, value in enumerate(values)
    ]


def strokes(line: Sequence[Point]) -> list[Stroke]:
    """What joins neighbours; nothing is drawn over a gap: what was not counted is not guessed.

    >>> strokes([Point(10, 50), Point(30, 40), Point(50, None), Point(70, 20)])
    [Stroke(x1=10, y1=50, x2=30, y2=40)]
    """
    return [Stroke(one.x, one.y, two.x, two.y) for one, two in pairwise(line) if one.y is not None and two.y is not None]


def trend_begin(values: Sequence[Number]) -> Decimal:
    """Where the trend's height begins: at the bottom of grade C, unless a value lies below.

    >>> trend_begin([Decimal(80)]), trend_begin([Decimal(80), Decimal(60)]), trend_begin([])
    (Decimal('65.00'), Decimal('25'), Decimal('65.00'))
    """
    near = next(grade.first for grade in SKM.bands if grade.grade == "C")
    return near if all(Fraction(value) >= Fraction(near) for value in values) else LOWEST
