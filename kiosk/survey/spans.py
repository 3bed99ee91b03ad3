"""Spans that a report is made over: a month, a quarter, half a year, a year. Each has a code that stands in addresses and forms."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from babel.dates import get_month_names

from kiosk.core.i18n import LANGUAGES

MONTHS = {"year": 12, "half": 6, "quarter": 3, "month": 1}
LETTERS = {"half": "S", "quarter": "Q"}  # 2026-S1: the first half-year, an Indonesian "semester"
CODE = re.compile(r"(20[0-9]{2})(?:-(?:S([12])|Q([1-4])|(0[1-9]|1[0-2])))?")
YEARS = 3  # further back only whole years are listed; the rest is asked for with the command


@dataclass(frozen=True)
class Span:
    """`months` months from the first day of `month` in `year` on."""

    kind: str
    year: int
    month: int

    @property
    def code(self) -> str:
        """How it is written: "2026", "2026-S1", "2026-Q3", "2026-03"."""
        if self.kind == "year":
            return f"{self.year}"
        if self.kind == "month":
            return f"{self.year}-{self.month:02}"
        return f"{self.year}-{LETTERS[self.kind]}{(self.month - 1) // MONTHS[self.kind] + 1}"

    @property
    def first(self) -> date:
        """The first day."""
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        """The last day."""
        return self.after.first - timedelta(days=1)

    @property
    def after(self) -> "Span":
        """The next one of its kind."""
        return self._moved(MONTHS[self.kind])

    @property
    def before(self) -> "Span":
        """The one before of its kind.

        >>> read("2026-S1").before.code, read("2026-01").before.code
        ('2025-S2', '2025-12')
        """
        return self._moved(-MONTHS[self.kind])

    def _moved(self, months: int) -> "Span":
        place = self.year * 12 + self.month - 1 + months
        return Span(self.kind, place // 12, place % 12 + 1)


def read(code: str) -> Span | None:
    """The span of a code; None for what is none.

    >>> [(str(span.first), str(span.last)) for span in map(read, ("2026", "2026-S2", "2026-Q1", "2024-02")) if span]
    [('2026-01-01', '2026-12-31'), ('2026-07-01', '2026-12-31'), ('2026-01-01', '2026-03-31'), ('2024-02-01', '2024-02-29')]
    >>> read("2026-Q5"), read("")
    (None, None)
    """
    found = CODE.fullmatch(code)
    if found is None:
        return None
    year, half, quarter, month = found.groups()
    if month:
        return Span("month", int(year), int(month))
    if quarter:
        return Span("quarter", int(year), int(quarter) * 3 - 2)
    return Span("half", int(year), int(half) * 6 - 5) if half else Span("year", int(year), 1)


def around(day: date, kind: str = "half") -> Span:
    """The span of this kind that `day` lies in.

    >>> around(date(2026, 11, 21)).code, around(date(2026, 11, 21), "quarter").code
    ('2026-S2', '2026-Q4')
    """
    months = MONTHS[kind]
    return Span(kind, day.year, (day.month - 1) // months * months + 1)


def of(first: date, last: date) -> Span | None:
    """The span of these days; None where they are none.

    >>> of(date(2026, 4, 1), date(2026, 6, 30)), of(date(2026, 4, 1), date(2026, 6, 29))
    (Span(kind='quarter', year=2026, month=4), None)
    """
    return next((span for span in (around(first, kind) for kind in MONTHS) if (span.first, span.last) == (first, last)), None)


def choices(earliest: date, today: date) -> dict[str, list[Span]]:
    """Spans to choose from by kind, the newest first: from the one with `earliest` to the one with `today`.

    Only years go back further than three years.

    >>> {kind: [span.code for span in spans] for kind, spans in choices(date(2026, 6, 30), date(2026, 7, 1)).items()}
    {'year': ['2026'], 'half': ['2026-S2', '2026-S1'], 'quarter': ['2026-Q3', '2026-Q2'], 'month': ['2026-07', '2026-06']}
    """
    begin, near = min(earliest, today), date(today.year - YEARS + 1, 1, 1)
    found: dict[str, list[Span]] = {}
    for kind in MONTHS:
        span = around(today, kind)
        found[kind] = [span]
        while span.first > (begin if kind == "year" else max(begin, near)):
            span = span.before
            found[kind].append(span)
    return found


def names(span: Span) -> dict[str, str]:
    """What a span is called in both languages.

    >>> names(read("2026-S1"))["id"].split("\N{EN DASH}"), names(read("2026-03"))["en"], names(read("2026"))["id"]
    (['Januari', 'Juni 2026'], 'March 2026', '2026')
    """
    return {language: _name(span, language) for language in LANGUAGES}


def label(span: Span) -> str:
    """Its name where only bare text can stand and room is little, as in a list to choose from: in both languages, once where they agree.

    >>> label(read("2026-S1")).replace("\N{EN DASH}", "-"), label(read("2026-03")), label(read("2026-08")), label(read("2026"))
    ('Jan-Jun 2026', 'Mar 2026', 'Agu · Aug 2026', '2026')
    """
    if span.kind == "year":
        return f"{span.year}"
    return f"{' · '.join(dict.fromkeys(_months(span, language, 'abbreviated') for language in LANGUAGES))} {span.year}"


def _name(span: Span, language: str) -> str:
    return f"{span.year}" if span.kind == "year" else f"{_months(span, language, 'wide')} {span.year}"


def _months(span: Span, language: str, width: Literal["wide", "abbreviated"]) -> str:
    names = get_month_names(width, "stand-alone", language)
    first, last = names[span.first.month], names[span.last.month]
    return first if first == last else f"{first}–{last}"


def names_of(first_day: str, last_day: str) -> dict[str, str]:
    """What the span of these days (YYYY-MM-DD) is called; the days themselves where it is none.

    >>> names_of("2026-03-01", "2026-03-31")["id"], names_of("2026-03-02", "2026-03-31")["en"]
    ('Maret 2026', '2026-03-02 to 2026-03-31')
    """
    span = of(date.fromisoformat(first_day), date.fromisoformat(last_day))
    if span is not None:
        return names(span)
    return {"id": f"{first_day} s.d. {last_day}", "en": f"{first_day} to {last_day}"}
