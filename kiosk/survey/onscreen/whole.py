"""The whole report as the page holds it, read from the database in one go."""

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from sqlmodel import Session

from kiosk.catalogue import service as catalogue
from kiosk.core.i18n import LANGUAGES
from kiosk.survey import counted, planning, spans, withheld
from kiosk.survey.drawing import BEST, HIGHEST, LOWEST, along
from kiosk.survey.figures import Counted, Figures, figures, suggestions
from kiosk.survey.index import FEWEST, Result, sample_size
from kiosk.survey.onscreen import lines, plan_lines, texts
from kiosk.survey.onscreen.lines import AnswersLine, ElementLine, GroupLine, GroupTable, Mark, TrendMark, TrendStroke, both, number, percent
from kiosk.survey.onscreen.plan_lines import PlanLine
from kiosk.survey.published import shown_sums
from kiosk.survey.questionnaire import PROFILE, Both, questionnaire
from kiosk.survey.sample import population
from kiosk.survey.scope import Period, Scope
from kiosk.survey.spans import Span
from kiosk.survey.summary import weight_of

MONTHS_SHOWN = 12
WAYS = {"holder": both(texts.HOLDERS), "walk_up": both(texts.WALK_UP), "imported": both(texts.IMPORTED)}


@dataclass(frozen=True)
class Asked:
    """What the report is about. `today` is the office's day; `after` the suggestion behind which the shown ones begin."""

    office_id: str
    span: Span
    today: date
    service: str | None = None
    place: str | None = None
    holders: bool | None = None
    after: str = ""


@dataclass
class Report:
    """All that the page draws of a report. `shown`: there are enough answers; `until`: the last day that is counted.

    `query`: what an address of its files ends in, "" where it has none; `old`: it is of the older scheme.
    """

    code: str = ""
    name: str = ""
    name_en: str = ""
    first_day: str = ""
    last_day: str = ""
    service: str = ""
    query: str = ""
    until: str = ""
    until_text: str = ""
    waiting: int = 0
    shown: bool = False
    old: bool = False
    n: str = ""
    index: str = ""
    index_en: str = ""
    grade: str = ""
    grade_name: str = ""
    grade_name_en: str = ""
    place: str = ""
    weight: str = ""
    weight_en: str = ""
    population: str = ""
    population_en: str = ""
    needed: str = ""
    short: str = ""
    short_en: str = ""
    scale: list[Mark] = field(default_factory=list)
    elements: list[ElementLine] = field(default_factory=list)
    element_marks: list[Mark] = field(default_factory=list)
    begin: str = ""
    begin_en: str = ""
    answers: list[AnswersLine] = field(default_factory=list)
    profile: list[GroupTable] = field(default_factory=list)
    services: list[GroupLine] = field(default_factory=list)
    places: list[GroupLine] = field(default_factory=list)
    ways: list[GroupLine] = field(default_factory=list)
    months: list[TrendMark] = field(default_factory=list)
    strokes: list[TrendStroke] = field(default_factory=list)
    month_marks: list[Mark] = field(default_factory=list)
    suggestions: list[str] = field(default_factory=list)
    more: str = ""
    plan: list[PlanLine] = field(default_factory=list)
    promised: list[PlanLine] = field(default_factory=list)


def read(session: Session, asked: Asked) -> Report:
    """The report as it stands. Answers that are not counted yet are told by number alone."""
    connection, office_id, span = session.connection(), asked.office_id, asked.span
    scope = Scope(office_id, Period(span.first, span.last), service=asked.service, place=asked.place, holders=asked.holders)
    until = counted.counted_until(connection, scope, asked.today)
    weight = weight_of(connection, scope)
    report = _head(asked, until, weight)
    report.waiting = counted.waiting_after(connection, scope, until)
    report.promised = plan_lines.promised(
        planning.earlier(session, office_id, first_day=report.first_day, service=report.service), asked.today
    )
    _tell_sample(report, population(connection, scope))
    if until < report.first_day:
        return report
    last = date.fromisoformat(until)
    scope = replace(scope, period=Period(span.first, min(span.last, last)))
    found = figures(connection, office_id, scope.period, service=asked.service, holders=asked.holders, place=asked.place)
    months = withheld.months_beside(connection, scope, _shown_in_trend(scope.period), last)
    if found.n < FEWEST or withheld.gives_away(connection, scope, months, span):
        return report
    _tell_short(report, found.n)
    _tell_whole(report, found.whole.result(weight))
    _tell_elements(report, found, weight)
    _tell_groups(session, report, found, weight)
    _tell_trend(report, scope.period, months, weight)
    page = suggestions(connection, found.scope, after=asked.after)
    report.suggestions, report.more = [text for _, text in page.rows], page.after or ""
    if asked.place is None and asked.holders is None:  # the plan is for the office or a service: others' weakest are not its
        rows = planning.rows(session, office_id, first_day=report.first_day, last_day=report.last_day, service=report.service)
        report.plan = plan_lines.planned(shown_sums(found.sums), rows, asked.today)
    return report


def _head(asked: Asked, until: str, weight: str) -> Report:
    span, name = asked.span, spans.names(asked.span)
    return Report(
        code=span.code,
        name=name["id"],
        name_en=name["en"],
        first_day=span.first.isoformat(),
        last_day=span.last.isoformat(),
        service=asked.service or "",
        query=_query(asked),
        until=until,
        until_text=plan_lines.day(until),
        weight=weight.replace(".", ","),
        weight_en=weight,
        scale=lines.marks(LOWEST, HIGHEST),
    )


def _query(asked: Asked) -> str:
    """What an address of the files ends in; "" for a counter group and for ticket holders or the others, of which there are none."""
    if asked.place is not None or asked.holders is not None:
        return ""
    query = {"from": asked.span.first.isoformat(), "to": asked.span.last.isoformat(), "service": asked.service or ""}
    return urlencode({key: value for key, value in query.items() if value})


def _tell_sample(report: Report, people: int | None) -> None:
    if people:
        report.population, report.population_en = _filled(texts.OF_APPLICANTS, population=people)
        report.needed = str(sample_size(people))


def _tell_short(report: Report, n: int) -> None:
    report.n = number(n, "id", 0)
    if report.needed and n < int(report.needed):
        report.short, report.short_en = _filled(texts.MISSING, count=int(report.needed) - n)


def _filled(message: str, **counts: int) -> tuple[str, str]:
    """A sentence in both languages, its numbers as each writes them."""
    words = both(message)
    told = {language: {name: number(count, language, 0) for name, count in counts.items()} for language in LANGUAGES}
    return words.id.format(**told["id"]), words.en.format(**told["en"])


def _tell_whole(report: Report, result: Result) -> None:
    report.shown, report.grade = True, result.grade or ""
    report.index, report.index_en = number(result.index, "id"), number(result.index, "en")
    name = next((one.name for one in questionnaire().grades if one.grade == result.grade), None)
    if name is not None:
        report.grade_name, report.grade_name_en = name.id, name.en
    if result.index is not None:
        report.place = percent(along(result.index, LOWEST, HIGHEST))


def _tell_elements(report: Report, found: Figures, weight: str) -> None:
    result = found.whole.result(weight)
    begin, shown = lines.begin_of(found.sums, result), shown_sums(found.sums)
    report.elements, report.element_marks = lines.ranked(found.sums, result), lines.marks(begin, BEST, 25)
    report.begin, report.begin_en = number(begin, "id"), number(begin, "en")
    report.answers = lines.answers({key: counts for key, counts in found.distribution.items() if key in shown})


def _tell_groups(session: Session, report: Report, found: Figures, weight: str) -> None:
    tiles = catalogue.list_services(session, office_id=found.scope.office_id)
    titles = {one["id"]: _title(one) for one in tiles}
    report.services = _groups(titles, both(texts.NO_SERVICE), found.services, weight)
    report.places = _groups({}, both(texts.NO_PLACE), found.places, weight)
    report.ways = _groups(WAYS, both(texts.NOT_TOLD), found.ways, weight)
    for part in PROFILE:
        names = {group.key: group.label for group in questionnaire().profile[part]}
        report.profile.append(GroupTable(part, _groups(names, both(texts.NOT_TOLD), found.profile[part], weight)))


def _title(tile: dict[str, Any]) -> Both:
    english = tile["translation"]["en"]["name"] if tile["translation"] else None
    return Both(id=tile["title"], en=english or tile["title"])


def _groups(names: dict[str, Both], nobody: Both, found: dict[str, Counted], weight: str) -> list[GroupLine]:
    """In the order of `names`, then what has no name any more under its key; those who did not say last."""
    bare = {key: Both(id=key, en=key) for key in found if key and key not in names}
    return lines.groups(names | bare | {"": nobody}, found, weight)


def _shown_in_trend(period: Period) -> Period:
    """The twelve months up to the last one of `period` that is counted."""
    first = last = spans.around(period.last, "month")
    for _ in range(MONTHS_SHOWN - 1):
        first = first.before
    return Period(first.first, last.last)


def _tell_trend(report: Report, period: Period, found: dict[str, Counted], weight: str) -> None:
    """The months of the trend, whatever the period is; none that is hidden beside the others of its quarter, half-year or year."""
    months, hidden = list(_shown_in_trend(period).whole_months()), withheld.hidden_spans(found, "month")
    while len(months) > 1 and months[0] not in found:  # nothing was asked yet
        del months[0]
    values = []
    for month in months:
        one = found.get(month, Counted())
        index = None if month in hidden else one.result(weight).index
        values.append((month, lines.month_name(date.fromisoformat(f"{month}-01")), one.n, index))
    report.months, report.strokes, begin = lines.trend(values)
    report.month_marks = lines.marks(begin, HIGHEST)
