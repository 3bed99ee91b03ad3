"""Figures as the report's page draws them: words in both languages, places in percent. Numbers have the language's own comma."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from kiosk.core import i18n
from kiosk.survey import drawing, index, old
from kiosk.survey.drawing import BEST
from kiosk.survey.figures import Counted
from kiosk.survey.index import SKM, ElementResult, Result, Scheme, Sums
from kiosk.survey.published import hidden_groups, shown_sums
from kiosk.survey.questionnaire import Both, questionnaire

LEAST_SHOWN = 12  # percent of a bar below which its number does not fit inside
NONE = "-"


def both(message: str) -> Both:
    """A message in both languages."""
    return Both(**i18n.both(message))


def month_name(first: date) -> Both:
    """A month as the trend writes it.

    >>> month_name(date(2026, 5, 1))
    Both(id='Mei', en='May')
    """
    return Both(id=format_date(first, "MMM", locale="id"), en=format_date(first, "MMM", locale="en"))


def number(value: Decimal | int | None, language: str, digits: int = 2) -> str:
    """A number for people, "-" for none.

    >>> number(Decimal("91.48"), "id"), number(Decimal("91.48"), "en"), number(1234, "id", 0), number(None, "id")
    ('91,48', '91.48', '1.234', '-')
    """
    if value is None:
        return NONE
    pattern = "#,##0" + ("." + "0" * digits if digits else "")
    return format_decimal(Decimal(value), pattern, locale=language)


def percent(place: float) -> str:
    """A place as CSS and SVG write it.

    >>> percent(12.5)
    '12.5%'
    """
    return f"{place:g}%"


@dataclass
class Mark:
    """A grade on a scale: where its band begins (from the left, or `y` from the top), how wide it is, its lower edge."""

    x: str = ""
    y: str = ""
    width: str = ""
    middle: str = ""
    grade: str = ""
    edge: str = ""
    edge_en: str = ""


@dataclass
class ElementLine:
    """One element of the ranking. `weak`: among the three lowest; `x`: where its mean is drawn; `few`: too few answered it."""

    rank: int = 0
    key: str = ""
    name: str = ""
    name_en: str = ""
    mean: str = ""
    mean_en: str = ""
    grade: str = ""
    count: str = ""
    x: str = ""
    weak: bool = False
    few: bool = False


@dataclass
class BarPart:
    """How many gave one of the four answers, and how long that is in the bar; `inside`: its number fits into it."""

    score: int = 0
    x: str = ""
    width: str = ""
    middle: str = ""
    count: str = ""
    share: str = ""
    inside: bool = False


@dataclass
class AnswersLine:
    """How the answers to one question are distributed."""

    key: str = ""
    name: str = ""
    name_en: str = ""
    parts: list[BarPart] = field(default_factory=list)


@dataclass
class GroupLine:
    """One part of the respondents, a service or a counter group: how many, and what index they gave. `few`: hidden."""

    key: str = ""
    name: str = ""
    name_en: str = ""
    count: str = ""
    width: str = ""
    share: str = ""
    index: str = ""
    index_en: str = ""
    grade: str = ""
    few: bool = False


@dataclass
class GroupTable:
    """Groups that together are all respondents."""

    key: str = ""
    rows: list[GroupLine] = field(default_factory=list)


@dataclass
class TrendMark:
    """A month of the trend: where its point stands; `few`: fewer than five answers, so there is no point."""

    key: str = ""
    name: str = ""
    name_en: str = ""
    x: str = ""
    y: str = ""
    index: str = ""
    index_en: str = ""
    count: str = ""
    few: bool = False


@dataclass
class TrendStroke:
    """A line between two months."""

    x1: str = ""
    y1: str = ""
    x2: str = ""
    y2: str = ""


def marks(first: Decimal, last: Decimal, divisor: int = 1, scheme: Scheme = SKM) -> list[Mark]:
    """The grades' bands, the lowest first."""
    return [
        Mark(
            x=percent(band.x),
            y=percent(round(100 - band.x - band.width, 2)),
            width=percent(band.width),
            middle=percent(round(band.x + band.width / 2, 2)),
            grade=band.grade,
            edge=number(band.edge, "id"),
            edge_en=number(band.edge, "en"),
        )
        for band in drawing.bands(first, last, divisor, scheme)
        if band.width
    ]


def ranked(sums: Sums, result: Result, scheme: Scheme = SKM) -> list[ElementLine]:
    """Elements by their mean, the best first, the three weakest marked; at the end those that too few answered, without a value."""
    shown, begin = shown_sums(sums), begin_of(sums, result, scheme)
    order, weak = index.ranked(shown, scheme), index.weakest(shown, scheme=scheme)
    few = [ElementLine(key=key, name=name.id, name_en=name.en, few=True) for key, name in element_names().items() if key in sums]
    told = [_element(rank, key, result.elements[key], begin, key in weak) for rank, key in enumerate(order, 1)]
    return told + [one for one in few if one.key not in shown and sums[one.key][1]]


def begin_of(sums: Sums, result: Result, scheme: Scheme = SKM) -> Decimal:
    """Where the drawing of the elements' means begins; of the older scheme, whose lowest grades are wide, always at the worst answer."""
    if scheme is not SKM:
        return drawing.WORST
    means = (result.elements[key].mean for key in shown_sums(sums))
    return drawing.begin_of([mean for mean in means if mean is not None])


def _element(rank: int, key: str, found: ElementResult, begin: Decimal, weak: bool) -> ElementLine:
    name = element_names()[key]
    return ElementLine(
        rank=rank,
        key=key,
        name=name.id,
        name_en=name.en,
        mean=number(found.mean, "id"),
        mean_en=number(found.mean, "en"),
        grade=found.grade or NONE,
        count=number(found.n, "id", 0),
        x=percent(drawing.along(found.mean or begin, begin, BEST)),
        weak=weak,
    )


def element_names() -> dict[str, Both]:
    """What the elements of both schemes are called."""
    return {one.key: one.name for one in questionnaire().elements} | old.NAMES


def answers(distribution: Mapping[str, Sequence[int]]) -> list[AnswersLine]:
    """For each element how many gave 1, 2, 3 and 4, in the order of the questionnaire."""
    return [
        AnswersLine(one.key, one.name.id, one.name.en, _bar(distribution[one.key]))
        for one in questionnaire().elements
        if sum(distribution.get(one.key, ()))
    ]


def _bar(counts: Sequence[int]) -> list[BarPart]:
    whole = sum(counts)
    return [
        BarPart(
            score=score,
            x=percent(piece.x),
            width=percent(piece.width),
            middle=percent(round(piece.x + piece.width / 2, 2)),
            count=number(count, "id", 0),
            share=f"{round(100 * count / whole)}%",
            inside=piece.width >= LEAST_SHOWN,
        )
        for score, (count, piece) in enumerate(zip(counts, drawing.pieces(counts), strict=True), 1)
    ]


def groups(names: Mapping[str, Both], found: Mapping[str, Counted], weight: str) -> list[GroupLine]:
    """Parts of one whole in the order of `names`: how many they are, and their index. Small ones are hidden, and what would tell them."""
    there = {key: found[key].result(weight) for key in names if key in found}
    whole, few = sum(one.n for one in there.values()), hidden_groups(found)
    return [_few(key, names[key]) if key in few else _group(key, names[key], one, whole) for key, one in there.items()]


def _few(key: str, name: Both) -> GroupLine:
    return GroupLine(key=key, name=name.id, name_en=name.en, few=True)


def _group(key: str, name: Both, result: Result, whole: int) -> GroupLine:
    return GroupLine(
        key=key,
        name=name.id,
        name_en=name.en,
        count=number(result.n, "id", 0),
        width=percent(round(100 * result.n / whole, 2)),
        share=f"{round(100 * result.n / whole)}%",
        index=number(result.index, "id"),
        index_en=number(result.index, "en"),
        grade=result.grade or NONE,
    )


def trend(months: Sequence[tuple[str, Both, int, Decimal | None]]) -> tuple[list[TrendMark], list[TrendStroke], Decimal]:
    """Months in order (key, name, answers, index; None for too few) as points, the lines between, and where the drawing begins."""
    values = [value for _, _, _, value in months]
    begin = drawing.trend_begin([one for one in values if one is not None])
    line = drawing.points(values, begin, drawing.HIGHEST)
    found = [
        TrendMark(
            key=key,
            name=name.id,
            name_en=name.en,
            x=percent(point.x),
            y=percent(point.y) if point.y is not None else "",
            index=number(value, "id"),
            index_en=number(value, "en"),
            count=number(count, "id", 0) if value is not None else "",
            few=value is None,
        )
        for (key, name, count, value), point in zip(months, line, strict=True)
    ]
    joined = [TrendStroke(*(percent(place) for place in (one.x1, one.y1, one.x2, one.y2))) for one in drawing.strokes(line)]
    return found, joined, begin
