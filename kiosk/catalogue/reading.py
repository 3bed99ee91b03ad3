"""What is read aloud of the services and of the office's hours.

Of a service: its name, what to bring, time, fee, product, steps and where to complain.

Headings are read in the visitor's language. The source is Indonesian and is read by the Indonesian voice, unless the office
has a translation of that part.
"""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from kiosk.core.i18n import LANGUAGES, N_, Language, translate

REQUIREMENTS, TIME, FEE = N_("Requirements"), N_("Time"), N_("Fee")
PRODUCT, STEPS, COMPLAINTS = N_("What you receive"), N_("Steps"), N_("Complaints and suggestions")
ASK_FOR_LIST = N_("Ask at the information desk for the list in force.")
OFFICE_WIDE, CLOSED = N_("Service standard of the whole office"), N_("Closed")
NO_HOURS = N_("The office's documents do not tell its opening hours.")
DAYS = (N_("Monday"), N_("Tuesday"), N_("Wednesday"), N_("Thursday"), N_("Friday"), N_("Saturday"), N_("Sunday"))
NOT_THERE = N_("The document does not contain this part.")

Spoken = tuple[Language, str]


def script(standard: dict[str, Any], language: Language) -> list[Spoken]:
    """The standard, as the API gives it, as (voice, text) in the order in which it is read to a visitor who reads `language`."""
    english = (standard.get("translation") or {}).get("en") or {} if language == "en" else {}
    return [
        _source(standard["title"], english.get("name")),
        *_under(REQUIREMENTS, language, _requirements(standard, english, language)),
        *_under(TIME, language, _one(standard["time_limit"], "text", english.get("time_limit"))),
        *_under(FEE, language, _one(standard["fee"], "text", english.get("fee"))),
        *_under(PRODUCT, language, _one(standard["product"], "name", english.get("product"))),
        *_under(STEPS, language, _steps(standard, english)),
        *_under(COMPLAINTS, language, _complaints(standard)),
    ]


def texts(standards: list[dict[str, Any]]) -> Iterator[Spoken]:
    """Everything that the node may be asked to say of `standards`."""
    for standard in standards:
        for language in LANGUAGES:
            yield from script(standard, language)


def names(services: list[dict[str, Any]], language: Language) -> list[Spoken]:
    """The services of the list, as the API gives it, in its order."""
    english = language == "en"
    return [
        (language, translate(OFFICE_WIDE, language))
        if one["office_wide"]
        else _source(one["title"], ((one["translation"] or {}).get("en") or {}).get("name") if english else None)
        for one in services
    ]


def week(hours: dict[str, list[str]] | None, zone: str, language: Language) -> list[Spoken]:
    """The opening hours (ISO weekday to [opens, closes], or None where no source tells them); like days in a row are one line."""
    if not hours:
        return [(language, translate(NO_HOURS, language))]
    lines: list[Spoken] = []
    for opening, alike in groupby(range(7), lambda day: hours.get(str(day + 1))):
        days = [translate(DAYS[day], language) for day in alike]
        span = f"{opening[0]}-{opening[1]} {zone}" if opening else translate(CLOSED, language)
        lines.append((language, f"{'-'.join(dict.fromkeys((days[0], days[-1])))}: {span}"))
    return lines


def complaints(standards: list[dict[str, Any]]) -> list[Spoken]:
    """Where to complain, by all documents, each way once."""
    return list(dict.fromkeys(line for standard in standards for line in _complaints(standard)))


def _source(text: str, translated: str | None = None) -> Spoken:
    return ("en", translated) if translated else ("id", text)


def _under(heading: str, language: Language, lines: list[Spoken]) -> list[Spoken]:
    return [(language, translate(heading, language)), *(lines or [(language, translate(NOT_THERE, language))])]


def _one(part: dict[str, Any] | None, key: str, translated: str | None) -> list[Spoken]:
    return [_source(part[key], translated)] if part else []


def _requirements(standard: dict[str, Any], english: dict[str, Any], language: Language) -> list[Spoken]:
    asked = standard["requirements"]
    if not asked:
        return []
    translated = english.get("requirements") or []
    lines = [_source(asked["text"], english.get("requirements_text"))] if asked["text"] else []
    for place, item in enumerate(asked["items"]):
        voice, text = _source(item["text"], translated[place] if place < len(translated) else None)
        lines.append((voice, f"{item['order']}. {text}"))
    return lines if asked["listed"] else [*lines, (language, translate(ASK_FOR_LIST, language))]


def _steps(standard: dict[str, Any], english: dict[str, Any]) -> list[Spoken]:
    translated = english.get("steps") or []
    steps = (standard["procedure"] or {}).get("steps", [])
    lines = []
    for place, step in enumerate(steps):
        voice, text = _source(step["text"], translated[place] if place < len(translated) else None)
        lines.append((voice, f"{step['order']}. {text}"))
    return lines


def _complaints(standard: dict[str, Any]) -> list[Spoken]:
    part = standard["complaints"]
    if not part:
        return []
    channels = [f"{one['channel']}: {one['value']}" if one["value"] else one["channel"] for one in (*part["online"], *part["channels"])]
    return [("id", text) for text in (*part["ways"], *part["face_to_face"], *channels)]
