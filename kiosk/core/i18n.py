"""Words in two languages, through gettext catalogues.

The message id is the English sentence. Each room keeps its Indonesian in its own `id.po` beside its code, so that who
changes a screen finds the words there; they are read once and merged. `msgctxt` is not used.
"""

from functools import cache
from pathlib import Path
from typing import Literal

from babel.messages.pofile import read_po

Language = Literal["id", "en"]
LANGUAGES: tuple[Language, ...] = ("id", "en")
PACKAGE = Path(__file__).parent.parent


def N_(message: str) -> str:  # noqa: N802 (gettext's own name for "mark, translate later")
    """Mark `message` for extraction and give it back unchanged."""
    return message


def language_of(accept_language: str | None) -> Language:
    """The language that a caller asks for first (the value of Accept-Language), "id" unless that is English.

    >>> language_of("en-GB,id;q=0.5"), language_of("id,en"), language_of("enm"), language_of(None)
    ('en', 'id', 'id', 'id')
    """
    first = (accept_language or "").split(",")[0].split(";")[0].strip().lower()
    return "en" if first == "en" or first.startswith("en-") else "id"


@cache
def catalogue() -> dict[str, str]:
    """English message id -> Indonesian, from every room's `id.po`. Raises ValueError when two rooms disagree on one id."""
    words: dict[str, str] = {}
    for path in [PACKAGE / "id.po", *sorted(PACKAGE.glob("*/**/id.po"))]:
        with path.open("rb") as file:
            for message in read_po(file, locale="id"):
                source, target = str(message.id), str(message.string)
                if source and target and words.setdefault(source, target) != target:
                    raise ValueError(f"{path.parent.name}/id.po translates {source!r} otherwise than another room")
    return words


def translate(message: str, language: Language) -> str:
    """`message` in `language`; the English id itself where no translation stands."""
    return message if language == "en" else catalogue().get(message, message)


def both(message: str) -> dict[str, str]:
    """`{"id": ..., "en": ...}`: what an island gets, because a page must switch language without the node."""
    return {language: translate(message, language) for language in LANGUAGES}


def texts(**messages: str) -> dict[str, dict[str, str]]:
    """Texts of an island, by the name that its code uses."""
    return {name: both(message) for name, message in messages.items()}
