"""Rows of the follow-up plan as the page draws them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from kiosk.survey import index, spans
from kiosk.survey.index import Sums
from kiosk.survey.model import SurveyPlan
from kiosk.survey.onscreen.lines import element_names, number


@dataclass
class PlanLine:
    """A row of the plan, or the place for one (`version` 0). `due_text` is the day as people write it; `key` is another for each state."""

    key: str = ""
    element: str = ""
    name: str = ""
    name_en: str = ""
    mean: str = ""
    mean_en: str = ""
    period: str = ""
    period_en: str = ""
    first_day: str = ""
    last_day: str = ""
    action: str = ""
    person: str = ""
    due: str = ""
    due_text: str = ""
    state: str = "open"
    note: str = ""
    late: bool = False
    version: int = 0


def planned(sums: Sums, rows: Mapping[str, SurveyPlan], today: date) -> list[PlanLine]:
    """The three weakest elements, the weakest first, each with what is planned; then what was planned for others meanwhile."""
    weak = index.weakest(sums)
    others = (key for key in element_names() if key in rows and key not in weak)
    return [_with_mean(_line(key, rows.get(key), today), sums.get(key, (0, 0))) for key in (*weak, *others)]


def promised(rows: Iterable[SurveyPlan], today: date) -> list[PlanLine]:
    """What earlier reports planned, and how far it is."""
    found = []
    for row in rows:
        line = _line(row.element, row, today)
        name = spans.names_of(row.first_day, row.last_day)
        line.period, line.period_en = name["id"], name["en"]
        found.append(line)
    return found


def day(text: str) -> str:
    """A day as Indonesian offices write it.

    >>> day("2026-06-30"), day("")
    ('30-06-2026', '')
    """
    return "-".join(reversed(text.split("-")))


def _line(element: str, row: SurveyPlan | None, today: date) -> PlanLine:
    name = element_names()[element]
    line = PlanLine(key=element, element=element, name=name.id, name_en=name.en)
    if row is None:
        return line
    line.key = f"{row.id} {row.version}"
    line.action, line.person, line.due, line.due_text = row.action, row.person, row.due, day(row.due)
    line.first_day, line.last_day = row.first_day, row.last_day
    line.state, line.note, line.version = row.state, row.note, row.version
    line.late = row.state != "done" and row.due < today.isoformat()
    return line


def _with_mean(line: PlanLine, found: tuple[int, int]) -> PlanLine:
    total, count = found
    mean = index.half_up(Fraction(total, count)) if count else None
    line.mean, line.mean_en = number(mean, "id"), number(mean, "en")
    return line
