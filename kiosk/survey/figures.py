"""What the report is computed from: how often each score was given, counted in the database, for the whole and for each group."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from kiosk.survey.counting import ANSWERS, GROUPS, Query, where
from kiosk.survey.index import Result, result
from kiosk.survey.questionnaire import ELEMENTS, PROFILE, SCORES
from kiosk.survey.scope import Period, Scope
from kiosk.survey.tally import sources

ONE_PAGE = 50

Scores = tuple[int, int, int, int]  # how often 1, 2, 3 and 4 were given
NEVER: Scores = (0, 0, 0, 0)


@dataclass(frozen=True)
class Counted:
    """`n` answers, and for each element how often its four scores were given."""

    n: int = 0
    scores: Mapping[str, Scores] = field(default_factory=lambda: dict.fromkeys(ELEMENTS, NEVER))

    @property
    def sums(self) -> dict[str, tuple[int, int]]:
        """What `index.result` takes: element -> (sum, how many)."""
        return {key: (sum(map(int.__mul__, SCORES, counts)), sum(counts)) for key, counts in self.scores.items()}

    def result(self, weight: str) -> Result:
        """Index, grade and elements of these answers."""
        return result(self.sums, self.n, weight)

    def __add__(self, other: "Counted") -> "Counted":
        added = {key: _added(self.scores[key], other.scores[key]) for key in ELEMENTS}
        return Counted(self.n + other.n, added)


def _added(one: Scores, other: Scores) -> Scores:
    return (one[0] + other[0], one[1] + other[1], one[2] + other[2], one[3] + other[3])


@dataclass(frozen=True)
class Figures:
    """All that a report shows of a scope. Groups without an answer are absent; "" is the group of those who did not say.

    `months` are "YYYY-MM" in rising order; `ways` are `counting.WAYS`; `profile` has a table for each of sex, age, education and work.
    """

    scope: Scope
    whole: Counted
    months: dict[str, Counted]
    services: dict[str, Counted]
    places: dict[str, Counted]
    ways: dict[str, Counted]
    profile: dict[str, dict[str, Counted]]

    @property
    def n(self) -> int:
        """How many answered."""
        return self.whole.n

    @property
    def sums(self) -> dict[str, tuple[int, int]]:
        """Element -> (sum of scores, how many answered it)."""
        return self.whole.sums

    @property
    def distribution(self) -> Mapping[str, Scores]:
        """Element -> how often 1, 2, 3 and 4 were given."""
        return self.whole.scores


def figures(
    connection: Connection,
    office_id: str,
    period: Period,
    *,
    service: str | None = None,
    holders: bool | None = None,
    place: str | None = None,
) -> Figures:
    """All figures of the answers of `period`; see `Scope` for the filters."""
    scope = Scope(office_id, period, service=service, place=place, holders=holders)
    found = sources(connection, scope)
    by = {name: _counted(connection, found, name) for name in GROUPS}
    profile = {name: by[name] for name in PROFILE}
    return Figures(scope, _whole(connection, found), by["month"], by["service"], by["place"], by["way"], profile)


def whole(connection: Connection, scope: Scope) -> Counted:
    """The scope's answers as one group."""
    return _whole(connection, sources(connection, scope))


def by(connection: Connection, scope: Scope, group: str) -> dict[str, Counted]:
    """The scope's answers for each value of one of `counting.GROUPS`."""
    return _counted(connection, sources(connection, scope), group)


def _whole(connection: Connection, found: Iterable[Query]) -> Counted:
    return _counted(connection, found, "").get("", Counted())


def _counted(connection: Connection, found: Iterable[Query], group: str) -> dict[str, Counted]:
    """For each value of `group`, in the order of the values, what all sources have of it."""
    sums: dict[str, Counted] = {}
    for query in found:
        rows: Sequence[Sequence[Any]] = connection.execute(query(group)).all()
        for value, *counts in rows:
            if counts[0]:
                sums[value] = sums.get(value, Counted()) + _of_row(counts)
    return dict(sorted(sums.items()))


def _of_row(row: Sequence[int]) -> Counted:
    """`row`: how many answers, then `counting.CELLS`. PostgreSQL sums whole numbers to decimals."""
    cells = iter(int(cell) for cell in row)
    return Counted(next(cells), {element: (next(cells), next(cells), next(cells), next(cells)) for element in ELEMENTS})


@dataclass(frozen=True)
class Page:
    """Some suggestions as (id, text), and the id to ask for the next with; None at the end."""

    rows: list[tuple[str, str]]
    after: str | None


def suggestions(connection: Connection, scope: Scope, *, after: str = "", limit: int = ONE_PAGE) -> Page:
    """The next `limit` suggestions behind the id `after`, in the order of the random ids: it tells nothing of when.

    For the office's own eyes: a text can name a person.
    """
    query = select(ANSWERS.c.id, ANSWERS.c.suggestion).where(*where(connection, scope), ANSWERS.c.suggestion != "", ANSWERS.c.id > after)
    rows = [(str(row[0]), str(row[1])) for row in connection.execute(query.order_by(ANSWERS.c.id).limit(limit + 1))]
    return Page(rows[:limit], rows[limit - 1][0] if len(rows) > limit else None)
