"""What is read aloud of the lists: each question, each requirement with its notes, and the words around a result.

The source is Indonesian and is read by the Indonesian voice, unless the office has a translation.
"""

from collections.abc import Iterator
from typing import Any

from kiosk.checklist import texts
from kiosk.core.i18n import LANGUAGES, Language, translate

Spoken = tuple[Language, str]
# name -> messages that are read one after the other
PIECES = {
    "have_you": (texts.HAVE_YOU,),
    "answers": (texts.YES_HAVE, texts.NO_LACK, texts.NOT_SURE),
    "all_ready": (texts.ALL_READY,),
    "ready": (texts.READY,),
    "lacking": (texts.LACKING,),
    "unsure": (texts.UNSURE,),
    "take_along": (texts.TAKE_ALONG,),
}


def piece(name: str, language: Language) -> list[Spoken]:
    """Words that stand around the office's own."""
    return [(language, translate(message, language)) for message in PIECES[name]]


def paper(item: dict[str, Any], language: Language) -> list[Spoken]:
    """A requirement's text."""
    return [("en", item["text_en"]) if language == "en" and item["text_en"] else ("id", item["text"])]


def notes(item: dict[str, Any], language: Language) -> list[Spoken]:
    """What it is, and where to get it."""
    return [(language, item[name][language]) for name in ("what", "where") if item[name]]


def where(item: dict[str, Any], language: Language) -> list[Spoken]:
    """Where to get it."""
    return [(language, item["where"][language])] if item["where"] else []


def question(asked: dict[str, Any], language: Language) -> list[Spoken]:
    """A question with its answers."""
    return [(language, asked[name][language]) for name in ("ask", "yes", "no")]


def not_listed(one: dict[str, Any], language: Language) -> list[Spoken]:
    """Of a service whose document has no list: who sets it, and whom to ask."""
    said = one["set_by_en"] if language == "en" and one["set_by_en"] else one["set_by"]
    set_by: list[Spoken] = [("en" if said == one["set_by_en"] else "id", said)] if said else []
    title = texts.NO_LIST if one["set_by"] else texts.NO_LIST_AT_ALL
    return [(language, translate(title, language)), *set_by, (language, translate(texts.ASK_DESK, language))]


def everything(found: dict[str, Any]) -> Iterator[Spoken]:
    """All that the node may be asked to say of `kiosk.checklist.service.lists`."""
    for language in LANGUAGES:
        for name in PIECES:
            yield from piece(name, language)
        for asked in found["questions"].values():
            yield from question(asked, language)
        for one in found["services"]:
            yield from not_listed(one, language)
            for item in one["items"]:
                yield from (*paper(item, language), *notes(item, language))
