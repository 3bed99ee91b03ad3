"""letter.json: what is taken, and how every fault is told."""

import json

import pytest

from kiosk.core.i18n import LANGUAGES
from kiosk.letters.document import letter
from kiosk.letters.document.errors import LetterWrong
from tests.letters.written import words


def faults(value: object) -> dict[str, str]:
    """Field -> what is wrong with it, in English."""
    with pytest.raises(LetterWrong) as wrong:
        letter.of(value) if not isinstance(value, bytes) else letter.read(value)
    assert wrong.value.code == "LETTER-0450"
    assert all(wrong.value.text(language) for language in LANGUAGES)
    assert wrong.value.text("id") != wrong.value.text("en")
    return {fault.where: fault.text("en").removeprefix(f"{fault.where}: ") for fault in wrong.value.faults}


def test_a_whole_letter_is_taken_as_it_is():
    said = letter.read(json.dumps(words()).encode())
    assert said.number == "500.16.7/0123/DPMPTSP/2026"
    assert str(said.date) == "2026-11-22"
    assert said.recipient.name == "Nyoman Sri Wahyuni"


def test_number_date_end_and_address_may_be_missing():
    said = letter.of(words(number=None, date=None, valid_until=None, recipient={"name": "Siti"}))
    assert (said.number, said.date, said.valid_until, said.recipient.address) == (None, None, None, None)


def test_every_fault_is_told_at_once_and_names_its_field():
    assert faults({"template": "", "date": "22-11-2026", "recipient": {"nama": "Siti"}, "body": ["", 5], "urgent": True}) == {
        "template": "is empty",
        "service": "is missing",
        "date": "is not a date (YYYY-MM-DD)",
        "recipient.name": "is missing",
        "recipient.nama": "is not a part of a letter",
        "subject": "is missing",
        "body.1": "is empty",
        "body.2": "is not a text",
        "signatory": "is missing",
        "urgent": "is not a part of a letter",
    }


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("number", "1" * 65, "has more than 64 characters"),
        ("service", "s" * 81, "has more than 80 characters"),
        ("subject", "s" * 301, "has more than 300 characters"),
        ("body", [], "is empty"),
        ("body", ["a"] * 101, "has more than 100 paragraphs"),
        ("body", ["a " * 2000] * 11, "has more than 40000 characters in all"),
        ("valid_until", "2026-11-21", "is before the date of the letter"),
        ("date", "20261122", "is not a date (YYYY-MM-DD)"),
        ("date", 1795305600, "is not a date (YYYY-MM-DD)"),
        ("date", "2026-11-22T08:00:00", "is not a date (YYYY-MM-DD)"),
        ("date", "2026-02-30", "is not a date (YYYY-MM-DD)"),
        ("number", 17, "is not a text"),
        ("recipient", "Siti", "must be a group of fields"),
    ],
)
def test_limits(field, value, told):
    assert faults(words(**{field: value})) == {field: told}


@pytest.mark.parametrize(
    "sign", ["\n", "\t", "\x00", "\x1b", "\x7f", "\u202e", "\u2066", "\u200b", "\ufeff", "\u2028", "\ue000", "\u3164", "\ud800"]
)
def test_what_nobody_sees_is_refused(sign):
    told = f"has a control character, or one that nobody sees (U+{ord(sign):04X})"
    assert faults(words(recipient={"name": f"Budi{sign}Santoso"})) == {"recipient.name": told}
    assert faults(words(body=["Satu.", f"Dua{sign}."])) == {"body.2": told}


def test_texts_have_one_spelling():
    said = letter.of(words(recipient={"name": "  Rene\u0301\u00a0 Sete "}))
    assert said.recipient.name == "René Sete"


def test_limits_count_after_the_spelling():
    assert letter.of(words(number=" " * 9 + "1" * 64)).number == "1" * 64


@pytest.mark.parametrize("data", [b"", b"{", b"\xff\xfe{}", b"[" * 100_000])
def test_what_is_no_json_says_so(data):
    assert faults(data) == {"letter.json": "is not JSON"}


def test_a_list_is_no_letter():
    assert faults(b"[]") == {"letter.json": "must be a group of fields"}


def test_a_huge_file_is_not_read():
    assert faults(b" " * 256_001) == {"letter.json": "is larger than 256000 bytes"}


def test_a_field_that_stands_there_twice_is_refused():
    twice = json.dumps(words())[:-1] + ', "number": "2"}'
    assert faults(twice.encode()) == {"number": "stands there twice"}
