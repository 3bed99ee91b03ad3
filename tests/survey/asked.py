"""Answers to the survey as rows, for tests of what is made of them."""

from typing import Any
from uuid import uuid4

from sqlmodel import Session

from kiosk.survey.model import SurveyAnswer
from kiosk.survey.questionnaire import ELEMENTS

# 29 respondents, sums by element: the published table, 91.48 with 1/9 and 90.56 with 0.11.
PUBLISHED = dict(zip(ELEMENTS, (105, 101, 100, 116, 102, 105, 106, 105, 115), strict=True))


def answer(day: str, scores: dict[str, int] | int = 4, **more: Any) -> SurveyAnswer:
    """One person's answers on `day`; one number for all elements, or a number for each."""
    given = dict.fromkeys(ELEMENTS, scores) if isinstance(scores, int) else scores
    facts = {"office_id": "kaltim", "id": str(uuid4()), "digest": "-", "day": day, "half": "am"}
    return SurveyAnswer(**(facts | given | more))


def published(day: str) -> list[SurveyAnswer]:
    """29 rows whose sums are the published ones."""
    rows: list[dict[str, int]] = [{} for _ in range(29)]
    for element, total in PUBLISHED.items():
        for number, row in enumerate(rows):
            row[element] = total // 29 + (1 if number < total % 29 else 0)
    return [answer(day, row) for row in rows]


def put(session: Session, rows: list[SurveyAnswer]) -> None:
    """Write them."""
    session.add_all(rows)
