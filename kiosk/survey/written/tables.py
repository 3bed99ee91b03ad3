"""The report's tables as they may leave the office: small groups hidden, no suggestions, no row that could be a person."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_date

from kiosk.core.clock import date_text
from kiosk.core.i18n import Language, translate
from kiosk.paper.sheets import Cell, Sheet
from kiosk.survey import old
from kiosk.survey.figures import Counted, Scores
from kiosk.survey.index import FEWEST, OLD, half_up, ranked, weakest
from kiosk.survey.model import SurveyPlan
from kiosk.survey.onscreen import texts as shown
from kiosk.survey.published import annex, hidden_distributions, hidden_elements, hidden_groups, shown_sums
from kiosk.survey.questionnaire import ELEMENTS, PROFILE, SCORES, Both, questionnaire
from kiosk.survey.written import texts
from kiosk.survey.written.report import Report

HIDDEN = "*"
WEIGHTED_PLACES = 3
MONTHS_SHOWN = 12


class Tables:
    """Makes the tables of `report` in `language`."""

    def __init__(self, report: Report, language: Language = "id") -> None:
        self.report, self.language = report, language
        self.summary = report.summary
        self.weight = report.summary.result.weight
        self.is_old = report.summary.scheme is OLD
        self.too_few = report.is_withheld

    def say(self, message: str, **facts: object) -> str:
        """A message in the document's language."""
        return translate(message, self.language).format(**facts)

    def name(self, both: Both) -> str:
        """A text of the questionnaire in the document's language."""
        return both.id if self.language == "id" else both.en

    def day(self, day: date) -> str:
        """A day as people write it."""
        return date_text(day, self.language)

    def element(self, key: str) -> str:
        """What an element is called."""
        names = old.NAMES if self.is_old else {one.key: one.name for one in questionnaire().elements}
        return self.name(names[key])

    def all(self) -> list[Sheet]:
        """Every table, the annex last. Of a part neither distribution nor annex: taken from the whole's, they tell the rest."""
        whole = [self.facts(), self.elements()]
        if self.is_old or self.too_few:
            return whole
        if self.report.is_part:
            return [*whole, *self.plans()]
        return [*whole, self.distribution(), *self.groups(), *self.plans(), self.annex()]

    def facts(self) -> Sheet:
        """What the report is about, and its index."""
        return Sheet(self.say(texts.SUMMARY), (self.say(texts.FACT), self.say(shown.MEAN)), list(self._facts()), self._notes())

    def _facts(self) -> Iterator[tuple[str, Cell]]:
        report, result = self.report, self.summary.result
        first, last = (self.day(day) for day in (report.span.first, report.span.last))
        yield self.say(texts.OFFICE), report.office
        yield self.say(shown.PERIOD), self.say(texts.FROM_TO, first=first, last=last)
        if report.scope.period.last != report.span.last:
            yield self.say(shown.UNTIL), self.day(report.scope.period.last)
        if report.scope.service is not None:
            yield self.say(shown.SERVICE), report.services.get(report.scope.service, report.scope.service)
        yield self.say(texts.SCHEME), self.say(texts.SCHEME_NAMES[self.summary.scheme.key])
        yield self.say(shown.RESPONDENTS), HIDDEN if self.too_few and result.n else result.n
        yield self.say(shown.INDEX), HIDDEN if self.too_few else result.index
        yield self.say(shown.GRADE), HIDDEN if self.too_few else self.grade(result.grade)
        yield self.say(shown.WEIGHT), self.weight
        yield self.say(texts.MADE_ON), self.day(report.made_on)
        if self.summary.applicants:  # none: nobody drew a number, so nobody knows
            yield self.say(texts.APPLICANTS), self.summary.applicants
            yield self.say(shown.SAMPLE), self.summary.needed
            yield self.say(texts.SHORT), HIDDEN if self.too_few else self.summary.missing

    def grade(self, grade: str | None) -> str:
        """A grade with its name; the older scheme's grades have no other."""
        names: dict[str, str] = {} if self.is_old else {one.grade: self.name(one.name) for one in questionnaire().grades}
        return " - ".join(filter(None, (grade, names.get(grade or ""))))

    def _notes(self) -> list[str]:
        notes = [self.say(texts.HIDDEN_NOTE, sign=HIDDEN)]
        if not self.too_few and self.summary.result.grade is None:
            notes.append(self.say(shown.NO_GRADE))
        if self.summary.apart >= FEWEST:
            notes.append(self.say(texts.APART, count=self.summary.apart))
        return notes

    def elements(self) -> Sheet:
        """Each element with its mean, its share of the index, grade and place."""
        head = ("No.", shown.ELEMENT, shown.RESPONDENTS, texts.NRR, texts.WEIGHTED, shown.GRADE, texts.PLACE)
        result, sums, scheme = self.summary.result, self.summary.sums, self.summary.scheme
        hidden = frozenset(scheme.elements) if self.too_few else hidden_elements(sums)
        places = {key: place for place, key in enumerate(ranked(shown_sums(sums), scheme), start=1)}
        answered = sum(1 for one in result.elements.values() if one.n)  # they share the weight of those that nobody answered
        weight = Fraction(self.weight) * Fraction(len(scheme.elements), answered or 1)
        rows: list[tuple[Cell, ...]] = []
        for number, key in enumerate(scheme.elements, start=1):
            one = result.elements[key]
            if key in hidden and one.n:
                rows.append((number, self.element(key), *(HIDDEN,) * 5))
            else:
                weighted = half_up(Fraction(*sums[key]) * weight, WEIGHTED_PLACES) if one.n else None
                rows.append((number, self.element(key), one.n, one.mean, weighted, one.grade or "", places.get(key)))
        return Sheet(self.say(texts.ELEMENTS), [self.say(word) for word in head], rows, [self.say(texts.WEIGHTED_NOTE)])

    def distribution(self) -> Sheet:
        """How often each answer was given."""
        told = dict(self.answered())
        rows = [(name, *told.get(name, (HIDDEN,) * 4)) for name in map(self.element, ELEMENTS)]
        return Sheet(self.say(shown.DISTRIBUTION), (self.say(shown.ELEMENT), *map(str, SCORES)), rows, [self.say(texts.SCORE_NOTE)])

    def answered(self) -> list[tuple[str, Scores]]:
        """Name of each element and how often its four answers were given, of those that may be told."""
        scores = self.report.figures.distribution
        hidden = hidden_distributions(scores, hidden_elements(self.summary.sums))
        return [(self.element(key), scores[key]) for key in ELEMENTS if key not in hidden]

    def trend(self) -> list[tuple[str, Decimal | None]]:
        """The index of the last months that have answers, up to twelve; None where one has none or it may not be told."""
        months = self.report.figures.months
        if self.report.is_part or not months:
            return []
        hidden, found = self.report.hidden_months, []
        month = date.fromisoformat(f"{min(months)}-01")
        while (key := f"{month:%Y-%m}") <= max(months):
            index = months[key].result(self.weight).index if key in months and key not in hidden else None
            found.append((format_date(month, "MMM yyyy", locale=self.language), index))
            month = (month + timedelta(days=31)).replace(day=1)
        return found[-MONTHS_SHOWN:]

    def groups(self) -> Iterator[Sheet]:
        """Index by months, services, places, ways of answering, and the profile. Only of a whole office: see `published`."""
        if self.report.is_part:
            return
        found, labels = self.report.figures, self._labels()
        for part in PROFILE:
            yield self._groups(shown.PARTS[part], found.profile[part], labels[part] | {"": self.say(shown.NOT_TOLD)})
        yield self._groups(shown.SERVICE, found.services, self.report.services | {"": self.say(shown.NO_SERVICE)})
        yield self._groups(shown.PLACE, found.places, {"": self.say(shown.NO_PLACE)})
        ways = {"holder": shown.HOLDERS, "walk_up": shown.WALK_UP, "imported": shown.IMPORTED}
        yield self._groups(texts.WAY, found.ways, {way: self.say(word) for way, word in ways.items()})
        yield self._groups(texts.MONTH, found.months, {}, self.report.hidden_months)

    def _labels(self) -> dict[str, dict[str, str]]:
        return {part: {group.key: self.name(group.label) for group in groups} for part, groups in questionnaire().profile.items()}

    def _groups(self, title: str, groups: Mapping[str, Counted], labels: Mapping[str, str], also: Collection[str] = ()) -> Sheet:
        head = (title, shown.RESPONDENTS, texts.PERCENT, shown.INDEX_OF, shown.GRADE)
        hidden, n = hidden_groups(groups).union(also), self.summary.result.n
        order = [key for key in labels if key in groups] + [key for key in groups if key not in labels]
        rows: list[tuple[Cell, ...]] = []
        for key in order:
            one, result = groups[key], groups[key].result(self.weight)
            cells = (one.n, half_up(Fraction(100 * one.n, n)), result.index, result.grade or "")
            rows.append((labels.get(key, key), *((HIDDEN,) * 4 if key in hidden else cells)))
        return Sheet(self.say(title), [self.say(word) for word in head], rows)

    def plans(self) -> Iterator[Sheet]:
        """The follow-up plan: the three weakest elements, planned or not yet, and what was planned before."""
        head = [self.say(word) for word in (shown.ELEMENT, shown.ACTION, shown.PERSON, shown.DUE, shown.STATE)]
        by_element = {row.element: row for row in self.report.plan}
        named = weakest(shown_sums(self.summary.sums))
        keys = [*named, *(key for key in by_element if key not in named)]
        rows = [self._plan(by_element[key]) if key in by_element else self._unplanned(key) for key in keys]
        yield Sheet(self.say(shown.PLAN), head, rows)
        if self.report.earlier:
            yield Sheet(self.say(texts.PLAN_BEFORE), head, [self._plan(row) for row in self.report.earlier])

    def _unplanned(self, key: str) -> tuple[Cell, ...]:
        return (self.element(key), self.say(shown.NOTHING_PLANNED), "", "", "")

    def _plan(self, row: SurveyPlan) -> tuple[Cell, ...]:
        state = " - ".join(filter(None, (self.say(shown.STATES[row.state]), row.note)))
        return (self.element(row.element), row.action, row.person, row.due, state)

    def annex(self) -> Sheet:
        """The raw data, as far as at least five answered alike."""
        alike, others = annex(self.report.patterns, self.summary.result.n)
        numbers = [f"U{element.number}" for element in questionnaire().elements]
        rows: list[tuple[Cell, ...]] = []
        for number, (pattern, count) in enumerate(alike, start=1):
            rows.append((number, *(score or "-" for score in pattern), count))
        rows.append((self.say(texts.OTHERS), *("",) * len(ELEMENTS), others))
        legend = [f"U{element.number}: {self.name(element.name)}" for element in questionnaire().elements]
        notes = [self.say(texts.ANNEX_NOTE), self.say(texts.WHOLE_ALONE), *legend]
        return Sheet(self.say(texts.ANNEX), ["No.", *numbers, self.say(shown.RESPONDENTS)], rows, notes)


def rounded(value: Decimal | None) -> str:
    """A number with two decimals as people write it in Indonesia."""
    return "-" if value is None else str(value).replace(".", ",")
