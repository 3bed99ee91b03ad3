"""Answers of an older survey, checked row by row: what is wrong is said with its row and column, and then nothing is taken."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import TypeVar

from kiosk.survey.errors import ColumnsWrong
from kiosk.survey.files import BEYOND, Line, Table
from kiosk.survey.index import OLD, SKM, Result, Scheme, pooled, result
from kiosk.survey.questionnaire import LONGEST, PROFILE, SCORES, questionnaire
from kiosk.survey.rules import clean

T = TypeVar("T")
OTHERS = ("date", "service", *PROFILE, "suggestion")
OLDEST = date(2000, 1, 1)
DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")  # as Indonesia writes a date
# The first year of each group behind the first one.
AGES = ((18, "18-25"), (26, "26-35"), (36, "36-45"), (46, "46-55"), (56, "56-"))
OLDEST_PERSON = 120
SHOWN = 60


@dataclass(frozen=True)
class Old:
    """One answer of the file: `scores` by element, None where the cell is empty; the rest "" where it is."""

    day: str
    service: str
    scores: dict[str, int | None]
    profile: dict[str, str]
    suggestion: str


@dataclass(frozen=True)
class Wrong:
    """What does not fit, in English, and where."""

    row: int
    column: str
    why: str


@dataclass(frozen=True)
class Archive:
    """What a file holds: `answers` that are right and a list of what is wrong. It may be kept only when nothing is."""

    scheme: Scheme
    answers: list[Old] = field(default_factory=list)
    wrong: list[Wrong] = field(default_factory=list)

    def result(self, weight: str) -> Result:
        """The index of the file by itself."""
        sums = pooled({key: (score, 1) for key, score in one.scores.items() if score} for one in self.answers)
        return result(sums, len(self.answers), weight, self.scheme)


class _Bad(ValueError):
    """Why a cell is wrong."""


def check(table: Table, *, services: Mapping[str, str], today: date) -> Archive:
    """The answers of `table`; `services` maps ids and names in lower case to ids, `today` is the office's.

    Raises `ColumnsWrong` when the columns are not those of one scheme.
    """
    made = Archive(_scheme(table.columns))
    for line in table.lines:
        reader = _Reader(line)
        answer = Old(
            day=reader.take("date", partial(_day, today)) or "",
            service=reader.take("service", partial(_service, services)) or "",
            scores={key: reader.take(key, _score) for key in made.scheme.elements},
            profile={part: reader.take(part, partial(_group, part)) or "" for part in PROFILE},
            suggestion=reader.take("suggestion", _suggestion) or "",
        )
        if line.cells[BEYOND]:
            reader.wrong.append(Wrong(line.number, BEYOND, f"{_shown(line.cells[BEYOND])} stands beyond the heading"))
        if not reader.wrong and not any(answer.scores.values()):
            reader.wrong.append(Wrong(line.number, "", "no element is answered"))
        made.wrong.extend(reader.wrong)
        made.answers.append(answer)
    return made


def _scheme(columns: tuple[str, ...]) -> Scheme:
    """The scheme whose elements the columns name: all of them, once, and nothing that nobody knows."""
    scheme = OLD if set(columns) & set(OLD.elements) else SKM
    known = {*scheme.elements, *OTHERS}
    said = [f"{name or '(no name)'} is not known" for name in columns if name not in known]
    said += [f"{name} stands there twice" for name in sorted({name for name in columns if columns.count(name) > 1})]
    said += [f"{name} is missing (leave it empty where it was not asked)" for name in ("date", *scheme.elements) if name not in columns]
    if said:
        raise ColumnsWrong(columns="; ".join(said[:SHOWN]))
    return scheme


class _Reader:
    """Reads the cells of one line and remembers what is wrong with them."""

    def __init__(self, line: Line) -> None:
        self._line = line
        self.wrong: list[Wrong] = []

    def take(self, column: str, read: Callable[[str], T]) -> T | None:
        text = self._line.cells.get(column, "")
        if not text and column != "date":
            return None
        try:
            return read(text)
        except _Bad as bad:
            self.wrong.append(Wrong(self._line.number, column, str(bad)))
            return None


def _day(today: date, text: str) -> str:
    """ISO, or day before month before year.

    >>> _day(date(2026, 3, 12), "2/1/2020"), _day(date(2026, 3, 12), "2020-01-02")
    ('2020-01-02', '2020-01-02')
    """
    parts = DAY_FIRST.fullmatch(text)
    try:
        day = date(int(parts[3]), int(parts[2]), int(parts[1])) if parts else date.fromisoformat(text)
    except ValueError:
        raise _Bad(f"{_shown(text)} is not a day (YYYY-MM-DD)") from None
    if not OLDEST <= day <= today:
        raise _Bad(f"{_shown(text)} is not a day from {OLDEST} to today")
    return day.isoformat()


def _service(services: Mapping[str, str], text: str) -> str:
    found = services.get(text.lower())
    if found is None:
        raise _Bad(f"{_shown(text)} is no service of this office")
    return found


def _score(text: str) -> int:
    if text not in map(str, SCORES):
        raise _Bad(f"{_shown(text)} is not a score from 1 to 4")
    return int(text)


def _group(part: str, text: str) -> str:
    """The group of a part of the profile; of ages also the years themselves.

    >>> _group("age", "17"), _group("age", "56"), _group("sex", "p")
    ('-17', '56-', 'P')
    """
    groups = {key.lower(): key for key in questionnaire().groups(part)}
    if part == "age" and text.isascii() and text.isdecimal() and 0 < int(text) <= OLDEST_PERSON:
        return next((group for first, group in reversed(AGES) if int(text) >= first), questionnaire().groups(part)[0])
    if text.lower() not in groups:
        raise _Bad(f"{_shown(text)} is none of {', '.join(groups.values())}")
    return groups[text.lower()]


def _suggestion(text: str) -> str:
    cleaned = clean(text)
    if len(cleaned) > LONGEST:
        raise _Bad(f"{len(cleaned)} characters, {LONGEST} at most")
    return cleaned


def _shown(text: str) -> str:
    return repr(text if len(text) <= SHOWN else f"{text[:SHOWN]}...")
