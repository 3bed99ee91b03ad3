"""A letter as it is handed in: `letter.json`, checked whole before anything is numbered or signed.

The limits of number, name and service are those of the code on the paper (`qr.claims`); the others keep a letter a letter.
"""

import json
from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails, PydanticCustomError

from kiosk.core.i18n import N_
from kiosk.letters.document.errors import Fault, LetterWrong
from kiosk.letters.document.words import HIDDEN, NO_TEXT, Plain
from kiosk.letters.qr.claims import MOST_NAME, MOST_NUMBER, MOST_SERVICE

WHOLE = "letter.json"
LARGEST = 256_000  # bytes of letter.json
MOST_PARAGRAPHS, MOST_SIGNS = 100, 40_000  # of a body, and of all of them together: a dozen pages

NOT_JSON, TOO_LARGE, TWICE = N_("is not JSON"), N_("is larger than {most} bytes"), N_("stands there twice")
MISSING, UNKNOWN, EMPTY = N_("is missing"), N_("is not a part of a letter"), N_("is empty")
TOO_LONG, TOO_MANY, NO_DATE = N_("has more than {most} characters"), N_("has more than {most} paragraphs"), N_("is not a date (YYYY-MM-DD)")
BEFORE, LONG_BODY, WRONG = N_("is before the date of the letter"), N_("has more than {most} characters in all"), N_("is not right")
NO_FIELDS = N_("must be a group of fields")
SENTENCES = {  # by the type of pydantic's error, or of ours
    "missing": MISSING,
    "model_type": NO_FIELDS,
    "model_attributes_type": NO_FIELDS,
    "extra_forbidden": UNKNOWN,
    "string_too_short": EMPTY,
    "too_short": EMPTY,
    "string_too_long": TOO_LONG,
    "too_long": TOO_LONG,
    "letter_paragraphs": TOO_MANY,
    "letter_date": NO_DATE,
    "letter_order": BEFORE,
    "letter_body": LONG_BODY,
    "letter_text": NO_TEXT,
    "letter_hidden": HIDDEN,
}


def _day(value: Any) -> date | None:
    """A date, or its one spelling (ISO 8601, YYYY-MM-DD): numbers and times of day are none."""
    if value is None or type(value) is date:
        return value
    try:
        day = date.fromisoformat(value)
    except (ValueError, TypeError):
        raise PydanticCustomError("letter_date", NO_DATE) from None
    if day.isoformat() != value or day.year < 1945:
        raise PydanticCustomError("letter_date", NO_DATE)
    return day


Day = Annotated[date | None, BeforeValidator(_day)]


class Part(BaseModel):
    """Unknown keys are refused: what was meant and misspelled must not be missing on a signed letter."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Recipient(Part):
    """To whom the letter goes, or whom it is about."""

    name: Annotated[Plain, Field(min_length=1, max_length=MOST_NAME)]
    address: Annotated[Plain, Field(min_length=1, max_length=300)] | None = None


class Signatory(Part):
    """Who signs, and as what."""

    name: Annotated[Plain, Field(min_length=1, max_length=100)]
    title: Annotated[Plain, Field(min_length=1, max_length=200)]


class Letter(Part):
    """A letter to be issued. Without `number` the register gives one, without `date` it is today's; without `valid_until` it never ends."""

    template: Annotated[Plain, Field(min_length=1, max_length=40)]
    service: Annotated[Plain, Field(min_length=1, max_length=MOST_SERVICE)]
    number: Annotated[Plain, Field(min_length=1, max_length=MOST_NUMBER)] | None = None
    date: Day = None
    valid_until: Day = None
    recipient: Recipient
    subject: Annotated[Plain, Field(min_length=1, max_length=300)]
    body: tuple[Annotated[Plain, Field(min_length=1, max_length=4000)], ...]
    signatory: Signatory

    @field_validator("body", mode="after")
    @classmethod
    def _bounded(cls, body: tuple[str, ...]) -> tuple[str, ...]:
        if not body:
            raise PydanticCustomError("too_short", EMPTY)
        if len(body) > MOST_PARAGRAPHS:
            raise PydanticCustomError("letter_paragraphs", TOO_MANY, {"most": MOST_PARAGRAPHS})
        if sum(map(len, body)) > MOST_SIGNS:
            raise PydanticCustomError("letter_body", LONG_BODY, {"most": MOST_SIGNS})
        return body

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.date and self.valid_until and self.valid_until < self.date:
            raise PydanticCustomError("letter_order", BEFORE)
        return self


def of(value: Any) -> Letter:
    """The letter that `value` (a dict, as JSON gives it) describes. Raises `LetterWrong` with every fault by its field."""
    try:
        return Letter.model_validate(value)
    except ValidationError as wrong:
        raise LetterWrong([_fault(error) for error in wrong.errors()]) from None


def read(data: bytes) -> Letter:
    """The letter of a file `letter.json` (UTF-8). Raises `LetterWrong`."""
    if len(data) > LARGEST:
        raise LetterWrong([Fault(WHOLE, TOO_LARGE, {"most": LARGEST})])
    try:
        value = json.loads(data.decode("utf-8-sig"), object_pairs_hook=_once)
    except (ValueError, RecursionError):
        raise LetterWrong([Fault(WHOLE, NOT_JSON)]) from None
    return of(value)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Raises `LetterWrong` for a name that stands twice: readers differ in which of the two they take."""
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise LetterWrong([Fault(name, TWICE)])
        found[name] = value
    return found


def _fault(error: ErrorDetails) -> Fault:
    where = ".".join(str(part + 1) if isinstance(part, int) else part for part in error["loc"]) or (
        "valid_until" if error["type"] == "letter_order" else WHOLE
    )
    facts = dict(error.get("ctx", {}))
    if "max_length" in facts:
        facts = {"most": facts["max_length"]}
    return Fault(where, SENTENCES.get(error["type"], WRONG), facts)
