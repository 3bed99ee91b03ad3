"""What is read aloud of the questionnaire: each question, and its four answers one after the other."""

from collections.abc import Iterator

from kiosk.core.i18n import LANGUAGES, Language
from kiosk.survey.questionnaire import Both, Element, questionnaire

Spoken = tuple[Language, str]


def said(text: Both, language: Language) -> Spoken:
    """One text of the questionnaire."""
    return language, text.id if language == "id" else text.en


def element(asked: Element, language: Language) -> list[Spoken]:
    """A question with its answers, from the first to the fourth."""
    return [said(text, language) for text in (asked.question, *asked.answers)]


def everything() -> Iterator[Spoken]:
    """All that the node may be asked to say of the questionnaire."""
    for language in LANGUAGES:
        for asked in questionnaire().elements:
            yield from element(asked, language)
