"""The record of a letter: every word that its pages show, in deterministic CBOR. Its hash stands in the signed code; it lies in the PDF.

A letter is drawn from its record alone (`drawing.draw`), so whoever has the record can draw the letter again and compare:
another office needs neither our templates nor our letterhead. A map with text keys:
```
format          1; another number is another way to draw
template        [id, version, layout]
head            {authority, name, lines, crest: PNG bytes or null}
heading         title of the file; "decision" shows it, with `beneath` below it; "letter" shows `recipient_lines`
subject, service, number, date, valid_until (ISO 8601 or null), recipient {name, address}
dated           "Samarinda, 22 November 2026"
facts           [[label, value] ...]
opening, body, closing   paragraphs; numbered: whether the body's are
signing         lines above the name; signed: the word in the place of a signature; signatory {name, title}
foot            {label, law, check, code_label, check_code, check_address, page}
```
"""

from collections.abc import Callable, Iterator
from string import Formatter
from typing import Any

from sqlmodel import Session

from kiosk.core import office
from kiosk.core.clock import date_text
from kiosk.core.config import Settings
from kiosk.core.i18n import N_
from kiosk.letters.document import fonts, letterhead, templates
from kiosk.letters.document.errors import Fault, LetterUnprintable
from kiosk.letters.document.letter import Letter
from kiosk.letters.document.letterhead import Letterhead
from kiosk.letters.document.stored import FORMAT, decode, encode, hash16
from kiosk.letters.document.templates import Template

__all__ = ["compose", "decode", "encode", "hash16", "preview", "record_of"]

NO_SIGN = N_("has characters that cannot be printed: {signs}")
UNFIXED = "…"


def record_of(session: Session, settings: Settings, letter: Letter, check_code: str, *, service_name: str) -> dict[str, Any]:
    """The record of `letter` for this node's office. Number, date and the service's name are fixed before, and stay what they were then.

    Raises `OfficeUnknown`, `TemplateUnknown`, `TemplateDamaged`, `LetterUnprintable`; ValueError for a letter without number or date.
    """
    if letter.number is None or letter.date is None:
        raise ValueError("number and date are fixed before a record is made")
    return _composed(session, settings, letter, check_code, service_name)


def preview(session: Session, settings: Settings, letter: Letter, *, service_name: str) -> dict[str, Any]:
    """A record to look at before anything is fixed: number and date may be missing. Raises as `record_of`."""
    return _composed(session, settings, letter, "X" * 12, service_name)


def _composed(session: Session, settings: Settings, letter: Letter, check_code: str, service_name: str) -> dict[str, Any]:
    own = settings.data_dir / "letters"
    template = templates.load(letter.template, own / "templates")
    head = letterhead.of(office.get(session, settings.office), own)
    address = f"{settings.checked_at}/v"
    return compose(letter, head, template, service_name=service_name, check_address=address, check_code=check_code)


def compose(
    letter: Letter, head: Letterhead, template: Template, *, service_name: str, check_address: str, check_code: str
) -> dict[str, Any]:
    """The record of `letter`. `check_address`: host and path where it is checked; `check_code`: 12 characters.

    Raises `LetterUnprintable`.
    """
    values = _values(letter, service_name)
    groups = " ".join(check_code[at : at + 4] for at in range(0, len(check_code), 4))
    fixed = {"office": head.name, "place": head.place, "check_address": check_address, "check_code": groups}
    places = {name: value or "-" for name, value in {**values, **fixed}.items()}

    def said(*texts: str) -> list[str]:
        return [text.format(**places) for text in texts]

    facts = [(fact.label, values[fact.value] or (said(fact.otherwise)[0] if fact.otherwise else None)) for fact in template.facts]
    record = {
        "format": FORMAT,
        "template": [template.id, template.version, template.layout],
        "head": {"authority": head.authority, "name": head.name, "lines": list(head.lines), "crest": head.crest},
        "heading": said(template.heading)[0],
        "beneath": said(*template.beneath),
        "recipient_lines": said(*(line for line in template.recipient if not _lacks(line, values))),
        "subject": letter.subject,
        "service": letter.service,
        "number": values["number"],
        "date": letter.date.isoformat() if letter.date else None,
        "valid_until": letter.valid_until.isoformat() if letter.valid_until else None,
        "dated": f"{head.place}, {values['date']}",
        "recipient": {"name": letter.recipient.name, "address": letter.recipient.address},
        "facts": [[label, value] for label, value in facts if value is not None],
        "opening": said(*template.opening),
        "body": list(letter.body),
        "numbered": template.numbered,
        "closing": said(*template.closing),
        "signing": said(*template.signing),
        "signed": template.signed,
        "signatory": {"name": letter.signatory.name, "title": letter.signatory.title},
        "foot": _foot(template, said, groups, check_address),
    }
    _printable(record)
    return record


def _values(letter: Letter, service_name: str) -> dict[str, str | None]:
    """What a template can name of a letter."""
    return {
        "number": letter.number or UNFIXED,
        "date": date_text(letter.date, "id") if letter.date else UNFIXED,
        "valid_until": date_text(letter.valid_until, "id") if letter.valid_until else None,
        "name": letter.recipient.name,
        "address": letter.recipient.address,
        "service": service_name,
        "subject": letter.subject,
    }


def _foot(template: Template, said: Callable[..., list[str]], groups: str, check_address: str) -> dict[str, Any]:
    return {
        "label": said(template.foot.label)[0],
        "law": said(*template.foot.law),
        "check": said(*template.foot.check),
        "code_label": template.foot.code_label,
        "check_code": groups,
        "check_address": check_address,
        "page": template.foot.page,
    }


def _lacks(line: str, values: dict[str, str | None]) -> bool:
    return any(name in values and values[name] is None for _, name, _, _ in Formatter().parse(line) if name)


def _printable(record: dict[str, Any]) -> None:
    """Raises `LetterUnprintable` that names every field with characters that the fonts do not have."""
    faults = [Fault(where, NO_SIGN, {"signs": signs}) for where, text in _texts(record) if (signs := fonts.missing(text))]
    if faults:
        raise LetterUnprintable(faults)


def _texts(value: Any, where: str = "") -> Iterator[tuple[str, str]]:
    """Every text of a record with its place, as faults name it."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, list):
        for at, item in enumerate(value, start=1):
            yield from _texts(item, f"{where}.{at}")
    elif isinstance(value, dict):
        for name, item in value.items():
            yield from _texts(item, f"{where}.{name}" if where else name)
