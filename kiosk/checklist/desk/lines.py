"""What the officer's page shows, as plain texts."""

from dataclasses import dataclass
from typing import Any

from kiosk.checklist.rules import FOUND, MISSING, NOT_NEEDED
from kiosk.checklist.service import Opened
from kiosk.core.clock import local

OPEN = "-"  # a paper that the officer has not looked at


@dataclass
class Paper:
    """One requirement before the officer: what the applicant said (h, m, u, x or "") and what the officer saw (f, m, x or "-")."""

    place: int = 0
    order: int = 0
    text: str = ""
    condition: str = ""
    says: str = ""
    mark: str = OPEN
    conditional: bool = False


@dataclass
class Signature:
    """What was signed: `missing` are texts of papers."""

    name: str = ""
    at: str = ""
    complete: bool = False
    missing: str = ""


def papers(opened: Opened) -> list[Paper]:
    """The list before the officer. Of a signed one the marks stand there; of a fresh one nothing is taken for granted."""
    items, known = opened.list["items"], opened.signed
    fitting = known is not None and known["digest"] == opened.list["digest"] and len(known["checked"]) == len(items)
    marks = known["checked"] if known and fitting else OPEN * len(items)
    return [
        Paper(
            place=place,
            order=item["order"],
            text=item["text"],
            says=opened.answers[place] if opened.answers else "",
            mark=_first(marks[place], opened.answers[place] if opened.answers else ""),
            conditional=item["when"] is not None,
        )
        for place, item in enumerate(items)
    ]


def _first(mark: str, says: str) -> str:
    """What does not apply by the applicant's own answer need not be looked for; the officer may say otherwise."""
    return NOT_NEEDED if mark == OPEN and says == NOT_NEEDED else mark


def signature(known: dict[str, Any] | None, zone: str) -> Signature | None:
    """The sign-off on the office's own clock."""
    if known is None:
        return None
    return Signature(known["name"], local(known["signed_at"], zone), known["complete"], "; ".join(known["missing"]))


def checked(lines: list[Paper]) -> str:
    """The officer's marks in one text, as they are signed; a paper that nobody looked at is no mark at all.

    >>> checked([Paper(mark="f"), Paper(mark="-")])
    'f-'
    """
    return "".join(line.mark for line in lines)


def allowed(line: Paper, mark: str) -> bool:
    """Whether the officer may say this of this paper."""
    return mark in {FOUND, MISSING} or (mark == NOT_NEEDED and line.conditional)
