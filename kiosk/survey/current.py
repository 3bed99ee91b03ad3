"""The current index as everybody may see it: on the public page, on the board in the hall, over HTTP."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

from sqlmodel import Session

from kiosk.core.i18n import N_, Language, translate
from kiosk.survey import spans
from kiosk.survey.counted import counted_until
from kiosk.survey.figures import figures, whole
from kiosk.survey.held import Told, hold
from kiosk.survey.hiding import hidden
from kiosk.survey.index import FEWEST, ElementResult, ranked
from kiosk.survey.published import shown_sums
from kiosk.survey.questionnaire import ELEMENTS, questionnaire
from kiosk.survey.scope import Period, Scope
from kiosk.survey.summary import weight_of

ENOUGH = 30  # a half-year that has just begun says little: the one before stands until so many have answered
PUBLISHED = ("sex", "education")  # what an office publishes of its respondents beside the index
SPOKEN = N_("{period}: {index}, grade {grade}, {n} respondents.")
TOO_FEW = N_("There is no index yet: fewer than five answers have been counted.")
NOTHING: dict[str, Any] = {"index": None, "grade": None, "n": None, "from": None, "to": None}


# Runs a job that may write, in a transaction of its own.
Write = Callable[[Callable[[Session], Told]], Told]


def current(session: Session, *, office_id: str, today: date, write: Write) -> dict[str, Any]:
    """The index of the half-year that runs, or of the one before; `index` is None below five answers. `today` is the office's.

    `from` and `to` are the days that are counted, `index` and means text with two decimals. `elements` begin with the best; a
    cell of fewer than five people is None, and so is whatever would give it away. What was told stands until five more have answered.
    """
    period = _choose(session, office_id, today)
    if period is None:
        return {**NOTHING, "name": None, "weight": None, "grades": _grades(), "elements": [], "profile": {}}
    found = figures(session.connection(), office_id, period)
    told = Told(period, found.whole, {part: {key: one.n for key, one in found.profile[part].items()} for part in PUBLISHED})
    return _in_words(session, office_id, write(partial(hold, office_id=office_id, found=told)))


def _in_words(session: Session, office_id: str, told: Told) -> dict[str, Any]:
    weight, sums = weight_of(session.connection(), Scope(office_id, told.period)), told.whole.sums
    result, shown = told.whole.result(weight), shown_sums(sums)
    order = [*ranked(shown), *(key for key in ELEMENTS if key not in shown)]
    return {
        "index": _text(result.index),
        "grade": result.grade,
        "n": told.whole.n,
        "from": told.period.first.isoformat(),
        "to": told.period.last.isoformat(),
        "name": spans.names(spans.around(told.period.first)),
        "weight": weight,
        "grades": _grades(),
        "elements": [_element(key, result.elements[key], key not in shown) for key in order],
        "profile": {part: _part(part, groups) for part, groups in told.profile.items()},
    }


def said(told: dict[str, Any], language: Language) -> str:
    """The index in one sentence, to be read aloud.

    >>> told = {"index": "91.48", "grade": "A", "n": 29, "name": {"en": "January to June 2026"}}
    >>> said(told, "en"), said({"index": None}, "en")
    ('January to June 2026: 91.48, grade A, 29 respondents.', 'There is no index yet: fewer than five answers have been counted.')
    """
    if told["index"] is None:
        return translate(TOO_FEW, language)
    index = told["index"] if language == "en" else told["index"].replace(".", ",")
    return translate(SPOKEN, language).format(period=told["name"][language], index=index, grade=told["grade"] or "-", n=told["n"])


def _choose(session: Session, office_id: str, today: date) -> Period | None:
    """The counted days of the half-year that runs once it has enough answers, else those of the newest of the two that has five."""
    runs, connection = spans.around(today), session.connection()
    until = counted_until(connection, Scope(office_id, Period(runs.first, runs.last)), today)
    last = date.fromisoformat(until) if until else date.min
    found = [Period(span.first, min(span.last, last)) for span in (runs, runs.before) if span.first <= last]
    counts = [whole(connection, Scope(office_id, period)).n for period in found]
    for fewest in (ENOUGH, FEWEST):
        for period, count in zip(found, counts, strict=True):
            if count >= fewest:
                return period
    return None


def _grades() -> list[dict[str, Any]]:
    """The scale, the best grade first."""
    return [
        {"grade": one.grade, "from": str(one.first), "to": str(one.last), "name": one.name.model_dump()} for one in questionnaire().grades
    ]


def _element(key: str, found: ElementResult, few: bool) -> dict[str, Any]:
    name = next(one.name for one in questionnaire().elements if one.key == key)
    return {
        "key": key,
        "name": name.model_dump(),
        "mean": None if few else _text(found.mean),
        "grade": None if few else found.grade,
    }


def _part(part: str, groups: Mapping[str, int]) -> list[dict[str, Any]]:
    few = hidden(groups)
    there = [group for group in questionnaire().profile[part] if groups.get(group.key)]
    return [{"key": one.key, "name": one.label.model_dump(), "n": None if one.key in few else groups[one.key]} for one in there]


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
