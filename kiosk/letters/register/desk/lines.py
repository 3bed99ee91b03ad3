"""Letters as the page shows them, and the letter that its form means."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from kiosk.core.clock import local
from kiosk.core.i18n import both
from kiosk.letters.document import letter as letters
from kiosk.letters.document.errors import LetterWrong
from kiosk.letters.document.letter import Letter
from kiosk.letters.register import texts
from kiosk.letters.register.model import RegisterEntry
from kiosk.letters.register.rules import ISSUED

FIELDS = (
    "template", "service", "number", "day", "valid_until", "name", "address", "subject", "body", "signatory_name", "signatory_title",
)  # fmt: skip
LONGEST = 45_000  # characters of one field: no letter is longer
STAYS = ("template", "service", "signatory_name", "signatory_title")  # what the next letter likely has too


@dataclass
class Line:
    """One letter. Dates are the office's, as Indonesian offices write them; `state` is one of `texts.STATES`."""

    id: str = ""
    serial: int = 0
    number: str = ""
    name: str = ""
    title: str = ""
    day: str = ""
    until: str = ""
    state: str = ""
    issued: str = ""
    key: str = ""
    place: int = 0
    revoked: str = ""
    reason: str = ""
    note: str = ""
    successor: str = ""
    unsealed: bool = False
    has_file: bool = False


def line(row: RegisterEntry, zone: str, today: date, *, place: int = 0) -> Line:
    """The register's row; `zone` and `today` are the office's, `place` the letter's position in the log."""
    over = row.state == ISSUED and bool(row.valid_until) and row.valid_until < today.isoformat()
    return Line(
        id=row.id,
        serial=row.serial,
        number=row.number or "-",
        name=row.name or "-",
        title=row.title or row.service,
        day=_day(row.day),
        until=_day(row.valid_until),
        state="over" if over else row.state,
        issued=local(row.issued_at, zone),
        key=row.key,
        place=place,
        revoked=local(row.revoked_at, zone),
        reason="" if row.reason is None else str(row.reason),
        note=row.note,
        successor=row.replaced_by,
        unsealed=row.draft is not None,
        has_file=bool(row.file_hash),
    )


def _day(day: str) -> str:
    return "-".join(reversed(day.split("-")))


def kept(form: Mapping[str, Any]) -> dict[str, str]:
    """What was typed, field by field, so that the form can show it again."""
    return {name: str(form.get(name) or "")[:LONGEST] for name in FIELDS}


def letter_of(form: Mapping[str, str]) -> Letter:
    """The letter that the form means. Raises `LetterWrong`."""
    said = {name: value.strip() or None for name, value in form.items()}
    return letters.of(
        {
            "template": said["template"],
            "service": said["service"],
            "number": said["number"],
            "date": said["day"],
            "valid_until": said["valid_until"],
            "recipient": {"name": said["name"] or "", "address": said["address"]},
            "subject": said["subject"] or "",
            "body": paragraphs(form["body"]),
            "signatory": {"name": said["signatory_name"] or "", "title": said["signatory_title"] or ""},
        }
    )


def paragraphs(typed: str) -> list[str]:
    """Paragraphs of a text, parted by empty lines; a line's end inside of one is a space.

    >>> paragraphs("Satu\\r\\nbaris.\\n\\n \\nDua.")
    ['Satu baris.', 'Dua.']
    """
    found: list[list[str]] = [[]]
    for row in typed.splitlines():
        if row.strip():
            found[-1].append(row.strip())
        elif found[-1]:
            found.append([])
    return [" ".join(rows) for rows in found if rows]


def faults(wrong: LetterWrong) -> list[dict[str, str]]:
    """Every fault in both languages, with the name that the form has for its field."""
    return [_fault(one.where, {language: one.text(language).partition(": ")[2] for language in ("id", "en")}) for one in wrong.faults]


def _fault(where: str, sentence: dict[str, str]) -> dict[str, str]:
    name = texts.PARTS.get(where) or texts.PARTS.get(where.rpartition(".")[0])
    label = both(name) if name else {"id": where, "en": where}
    return {language: f"{label[language]}: {sentence[language]}" for language in ("id", "en")}
