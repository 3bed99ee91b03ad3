"""Which reports may not be shown, because set against other reports of the office they would tell of fewer than five people.

A service's report taken from the whole office's is that of all others; January's and February's taken from the quarter's is March's.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations, product
from typing import Any

from sqlalchemy import Connection

from kiosk.survey import spans
from kiosk.survey.figures import Counted, by, whole
from kiosk.survey.hiding import hidden
from kiosk.survey.published import hidden_groups, is_small
from kiosk.survey.questionnaire import ELEMENTS
from kiosk.survey.scope import Period, Scope

PARTS = ("service", "place", "holders")


def months_beside(connection: Connection, scope: Scope, period: Period, until: date) -> dict[str, Counted]:
    """The months ("YYYY-MM") of the years of `period`, as far as they are counted."""
    first = date(period.first.year, 1, 1)
    if until < first:
        return {}
    return by(connection, replace(scope, period=Period(first, min(until, date(period.last.year, 12, 31)))), "month")


def hidden_spans(months: Mapping[str, Counted], kind: str) -> set[str]:
    """The codes of the spans of `kind` that are hidden beside others of a larger span that is told too.

    By their number of answers alone: were one element that few answered enough, few offices could publish a month.

    >>> months = {f"2026-0{at}": Counted(n) for at, n in enumerate((20, 20, 2, 30), 1)}
    >>> sorted(hidden_spans(months, "month")), sorted(hidden_spans(months, "quarter"))
    (['2026-01', '2026-03'], [])
    """
    found: set[str] = set()
    for larger in (one for one in spans.MONTHS if spans.MONTHS[one] > spans.MONTHS[kind]):
        tables: dict[str, Counter[str]] = defaultdict(Counter)
        for name, one in months.items():
            first = date.fromisoformat(f"{name}-01")
            tables[spans.around(first, larger).code][spans.around(first, kind).code] += one.n
        found.update(*map(hidden, tables.values()))
    return found


def gives_away(connection: Connection, scope: Scope, months: Mapping[str, Counted], span: spans.Span | None) -> bool:
    """Whether the report of `scope` and others of the office would tell of fewer than five people.

    It does where its span or its part of the office is hidden in a table with others, or where two of its filters leave fewer than five
    over. `months` as from `months_beside`; `span` is what the report is made over, None for other days.
    """
    if span is not None and span.code in hidden_spans(months, span.kind):
        return True
    asked = [name for name in PARTS if getattr(scope, name) is not None]
    return any(_is_hidden(connection, one, name) for one, name in _beside(scope, asked)) or _has_small_rest(connection, scope, asked)


def _only(scope: Scope, names: tuple[str, ...]) -> Scope:
    """The scope with these of its conditions alone."""
    without: dict[str, Any] = {name: None for name in PARTS if name not in names}
    return replace(scope, **without)


def _beside(scope: Scope, asked: list[str]) -> Iterator[tuple[Scope, str]]:
    """Each choice of the conditions, with each of them: the table in which the choice is one row."""
    for size in range(1, len(asked) + 1):
        for names in combinations(asked, size):
            yield from ((_only(scope, names), name) for name in names)


def _is_hidden(connection: Connection, scope: Scope, name: str) -> bool:
    if name == "holders":
        return str(scope.holders) in hidden_groups({str(one): whole(connection, replace(scope, holders=one)) for one in (True, False)})
    without: dict[str, Any] = {name: None}
    return getattr(scope, name) in hidden_groups(by(connection, replace(scope, **without), name))


def _has_small_rest(connection: Connection, scope: Scope, asked: list[str]) -> bool:
    """Whether few fulfil just some of two or three conditions, or none: how many is the sum of reports that may be shown."""
    if len(asked) < 2:
        return False
    choices = [names for size in range(len(asked) + 1) for names in combinations(asked, size)]
    counts = {names: _counts(whole(connection, _only(scope, names))) for names in choices}
    for has in product((True, False), repeat=len(asked)):
        inside = {name for name, one in zip(asked, has, strict=True) if one}
        signed = [((-1) ** (len(names) - len(inside)), counts[names]) for names in choices if inside <= set(names)]
        if any(is_small(sum(sign * one[at] for sign, one in signed)) for at in range(len(ELEMENTS) + 1)):
            return True
    return False


def _counts(found: Counted) -> list[int]:
    """How many answered at all, and each element."""
    return [found.n, *(count for _, count in found.sums.values())]
