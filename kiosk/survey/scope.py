"""What a report is about: a period of days, and if wanted one service, one place, ticket holders or the others."""

from calendar import monthrange
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from kiosk.survey.errors import PeriodWrong

DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Period:
    """The office's days from `first` to `last`, both included. Raises `PeriodWrong`."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise PeriodWrong()

    def whole_months(self) -> Iterator[str]:
        """The months that lie in it from their first day to their last.

        >>> list(Period(date(2026, 1, 15), date(2026, 4, 30)).whole_months())
        ['2026-02', '2026-03', '2026-04']
        """
        at = self.first.replace(day=1)
        while at <= self.last:
            one = month(at.year, at.month)
            if self.first <= one.first and one.last <= self.last:
                yield at.strftime("%Y-%m")
            at = date(at.year + at.month // 12, at.month % 12 + 1, 1)

    def without(self, whole: Collection[str]) -> Iterator["Period"]:
        """What is left of it without these months of its own, in stretches.

        >>> [(str(one.first), str(one.last)) for one in Period(date(2026, 1, 15), date(2026, 4, 30)).without(["2026-02", "2026-04"])]
        [('2026-01-15', '2026-01-31'), ('2026-03-01', '2026-03-31')]
        """
        begin = self.first
        for taken in (month(int(name[:4]), int(name[5:])) for name in sorted(whole)):
            if begin < taken.first:
                yield Period(begin, taken.first - DAY)
            begin = taken.last + DAY
        if begin <= self.last:
            yield Period(begin, self.last)


def months(year: int, first: int, count: int) -> Period:
    """`count` months of `year`, beginning with month `first` (1 to 12).

    >>> months(2026, 4, 3)
    Period(first=datetime.date(2026, 4, 1), last=datetime.date(2026, 6, 30))
    """
    last = first + count - 1
    return Period(date(year, first, 1), date(year, last, monthrange(year, last)[1]))


def month(year: int, number: int) -> Period:
    """One month, 1 to 12."""
    return months(year, number, 1)


@dataclass(frozen=True)
class Scope:
    """Whose answers: an office, a period, and None for every service, place and way of answering.

    `holders`: True for ticket holders alone, False for all others.
    """

    office_id: str
    period: Period
    service: str | None = None
    place: str | None = None
    holders: bool | None = None
