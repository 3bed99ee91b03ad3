"""The current index as everybody may see it: on the public page, on the board in the hall, over HTTP."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlmodel import Session

from kiosk.core.i18n import N_, Language, translate
from kiosk.survey import spans
from kiosk.survey.counted import counted_until
from kiosk.survey.figures import Counted, Figures, figures, whole
from kiosk.survey.index import FEWEST, ElementResult, ranked
from kiosk.survey.published import hidden_elements, hidden_groups
from kiosk.survey.questionnaire import questionnaire
from kiosk.survey.scope import Period, Scope
from kiosk.survey.spans import Span
from kiosk.survey.summary import weight_of

ENOUGH = 30  # a half-year that has just begun says little: the one before stands until so many have answered
PUBLISHED = ("sex", "education")  # what an office publishes of its respondents beside the index
SPOKEN = N_("{period}: {index}, grade {grade}, {n} respondents.")
TOO_FEW = N_("There is no index yet: fewer than five answers have been counted.")
NOTHING: dict[str, Any] = {"index": None, "grade": None, "n": None, "from": None, "to": None}


@dataclass(frozen=True)
class Current:
    """The half-year that is shown, as far as it is counted."""

    span: Span
    period: Period


def current(session: Session, *, office_id: str, today: date) -> dict[str, Any]:
    """The index of the half-year that runs, or of the one before; `index` is None below five answers. `today` is the office's.

    `from` and `to` are the days that are counted, `index` and means text with two decimals. `elements` begin with the best; a
    cell of fewer than five people is None, and so is whatever would give it away.
    """
    connection = session.connection()
    until = counted_until(connection, office_id, today)
    chosen = _choose(session, office_id, until, today) if until else None
    if chosen is None:
        return {**NOTHING, "name": None, "weight": None, "grades": _grades(), "elements": [], "profile": {}}
    found = figures(connection, office_id, chosen.period)
    weight = weight_of(connection, found.scope)
    result, few = found.whole.result(weight), hidden_elements(found.sums)
    return {
        "index": _text(result.index),
        "grade": result.grade,
        "n": found.n,
        "from": chosen.period.first.isoformat(),
        "to": chosen.period.last.isoformat(),
        "name": spans.names(chosen.span),
        "weight": weight,
        "grades": _grades(),
        "elements": [_element(key, result.elements[key], key in few) for key in ranked(found.sums)],
        "profile": {part: _part(part, found) for part in PUBLISHED},
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


def _choose(session: Session, office_id: str, until: str, today: date) -> Current | None:
    """The half-year that runs once it has enough answers, else the newest of the two that has five."""
    runs = spans.around(today)
    last = date.fromisoformat(until)
    found = [Current(span, Period(span.first, min(span.last, last))) for span in (runs, runs.before) if span.first <= last]
    counts = [whole(session.connection(), Scope(office_id, one.period)).n for one in found]
    for fewest in (ENOUGH, FEWEST):
        for one, count in zip(found, counts, strict=True):
            if count >= fewest:
                return one
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


def _part(part: str, found: Figures) -> list[dict[str, Any]]:
    counts = {group.key: found.profile[part].get(group.key, Counted()).n for group in questionnaire().profile[part]}
    few = hidden_groups(found.profile[part])
    labels = {group.key: group.label.model_dump() for group in questionnaire().profile[part]}
    return [{"key": key, "name": labels[key], "n": None if key in few else count} for key, count in counts.items() if count]


def _text(number: Decimal | None) -> str | None:
    return None if number is None else str(number)
