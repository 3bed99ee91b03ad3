"""The slip of a checklist: its lines, from a code and the office's own list. The texts are the node's, never the caller's."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from kiosk.checklist import texts
from kiosk.checklist.errors import ListChanged
from kiosk.checklist.rules import HAVE, LACK, UNSURE, Code, encode, fits
from kiosk.checklist.service import list_of
from kiosk.core import office as offices
from kiosk.core.clock import day_text
from kiosk.core.i18n import Language, translate
from kiosk.paper.printer import RULE, Line

BOX, ARROW = 4, 3  # columns of "[ ] " and "-> "
# What is to be done stands first, in the order of the screen: letter, heading, box.
GROUPS = ((LACK, texts.LACKING, "[ ]"), (UNSURE, texts.UNSURE, "[?]"), (HAVE, texts.READY, "[x]"))


def slip(session: Session, *, office_id: str, code: Code, address: str, language: Language, now: datetime) -> list[Line]:
    """The slip of the checklist that `code` means; `address` is what its QR code begins with.

    Raises `ServiceElsewhere`, and `ListChanged` when the code was made of other requirements.
    """
    found = list_of(session, office_id=office_id, service=code.service)
    if not fits(code, found["digest"], [item["when"] is not None for item in found["items"]]):
        raise ListChanged()
    office = offices.get(session, office_id)
    day = day_text(now.astimezone(ZoneInfo(office.zone)), language)
    return [
        Line("middle", office.short_name),
        Line("title", translate(texts.SLIP_TITLE, language)),
        Line("middle", _said(language, found["title"], found["title_en"])),
        *(line for group in GROUPS for line in _group(found["items"], code.answers, group, language)),
        RULE,
        Line("qr", f"{address}#{encode(code)}"),
        Line("middle", translate(texts.SLIP_FOOT, language)),
        Line("middle", translate(texts.SLIP_MADE, language).format(day=day)),
    ]


def _group(items: list[dict[str, Any]], answers: str, group: tuple[str, str, str], language: Language) -> Iterator[Line]:
    """The papers with the group's letter, if there are any; what is not there yet with where to get it."""
    letter, title, box = group
    papers = [item for item, answer in zip(items, answers, strict=True) if answer == letter]
    if not papers:
        return
    yield RULE
    yield Line("strong", f"{translate(title, language)} ({len(papers)})")
    for item in papers:
        yield Line("text", f"{box} {_said(language, item['text'], item['text_en'])}", hang=BOX)
        if letter != HAVE and item["where"]:
            yield Line("text", f"-> {item['where'][language]}", hang=ARROW)


def _said(language: Language, indonesian: str, english: str | None) -> str:
    """The source's own words, unless the office has a translation."""
    return english if language == "en" and english else indonesian
