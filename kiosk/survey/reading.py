"""What is read aloud of the survey, step by step: the questionnaire in its own words, then the words around it.

The names of the steps are those of form.js: "start", "ask:<element>", "service", "about:<part>", "suggestion", "code", "end"; in its
place "nothing" or "failed"; and behind it the parts of the last page.
"""

from collections.abc import Iterator, Sequence
from typing import Any

from kiosk.core.i18n import LANGUAGES, Language, translate
from kiosk.survey import texts
from kiosk.survey.questionnaire import PROFILE, Both, Element, questionnaire

Spoken = tuple[Language, str]
START = (texts.TITLE, texts.LEAD, texts.BEGIN, texts.BEGIN_HELP, texts.MAY_SKIP, texts.FREE)
ABOUT = {"sex": texts.SEX, "age": texts.AGE, "education": texts.EDUCATION, "work": texts.WORK}
WORDS = {
    "start": START,
    "suggestion": (texts.SUGGESTION, texts.SUGGESTION_HELP),
    "code": (texts.CODE, texts.CODE_HELP),
    "end": (texts.READY, texts.SEND, texts.CHANGE_HELP),
    "nothing": (texts.NOTHING, texts.NOTHING_HELP, texts.TO_FIRST),
    "failed": (texts.FAILED, texts.FAILED_HELP, texts.AGAIN),
    "thanks": (texts.THANKS, texts.THANKS_HELP),
    "later": (texts.LATER,),
    "later_phone": (texts.LATER_PHONE,),
    "lapor": (texts.LAPOR, texts.LAPOR_HELP),
    "lapor_phone": (texts.LAPOR, texts.LAPOR_OPEN),
}


def scripts(services: Sequence[dict[str, Any]], language: Language) -> dict[str, list[Spoken]]:
    """Step -> (voice, text) in the order in which it is read. `services` as in `GET /api/v1/survey`: `name`, `name_en` or None."""
    asked = {f"ask:{one.key}": element(one, language) for one in questionnaire().elements}
    about = {f"about:{part}": _about(part, language) for part in PROFILE}
    names: list[Spoken] = [_name(one, language) for one in services]
    words = {step: [(language, translate(message, language)) for message in messages] for step, messages in WORDS.items()}
    return words | asked | about | {"service": [(language, translate(texts.SERVICE, language)), *names]}


def everything() -> Iterator[Spoken]:
    """All that the node may be asked to say of the survey; the names of services are known from the catalogue."""
    for language in LANGUAGES:
        for script in scripts((), language).values():
            yield from script


def element(asked: Element, language: Language) -> list[Spoken]:
    """A question with its four answers, from the first to the fourth."""
    return [(language, _said(text, language)) for text in (asked.question, *asked.answers)]


def _name(service: dict[str, Any], language: Language) -> Spoken:
    """The source's own name, unless the office has a translation."""
    english = service["name_en"] if language == "en" else None
    return ("en", english) if english else ("id", service["name"])


def _about(part: str, language: Language) -> list[Spoken]:
    """What is asked of oneself, with its groups."""
    groups = questionnaire().profile[part]
    return [(language, translate(ABOUT[part], language)), *((language, _said(group.label, language)) for group in groups)]


def _said(text: Both, language: Language) -> str:
    return text.en if language == "en" else text.id
