"""A clip: one short text in one language, under a name that changes whenever its sound would."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from kiosk.core.i18n import LANGUAGES, Language
from kiosk.speech.spoken import spoken

# Part of every clip's name: raise it when voice, speed or encoding change, or browsers keep the old sound for a year.
ENGINE = "espeak-ng/1 145wpm opus24k"
LONGEST = 1000  # characters of one clip: about a minute, and a limit on what one request can cost
PIECE = 400  # characters a long text is cut into: the first piece is heard sooner
NAME = re.compile(r"[0-9a-f]{32}\.ogg")


@dataclass(frozen=True, slots=True)
class Clip:
    """`text` as it stands on the screen, read by the voice of `language`. Raises ValueError over 1,000 characters."""

    language: Language
    text: str
    name: str = field(init=False, compare=False)

    def __post_init__(self) -> None:
        if self.language not in LANGUAGES or len(self.text) > LONGEST:
            raise ValueError(f"a clip has a known language and at most {LONGEST} characters, not {self.language!r} and {len(self.text)}")
        object.__setattr__(self, "name", name_of(self.language, ENGINE, self.said))

    @property
    def said(self) -> str:
        """What the voice gets: see `spoken.py`."""
        return spoken(self.text, self.language)


def name_of(*parts: str) -> str:
    """File name of a sound: the first 32 hex digits of SHA-256 over `parts`, and ".ogg".

    >>> NAME.fullmatch(name_of("id", ENGINE, "Ambil nomor antrean")) is not None
    True
    """
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:32] + ".ogg"


def sentences(language: Language, *texts: str) -> list[Clip]:
    """Clips of `texts` in order; a long text is cut at the ends of its sentences, one without words is left out.

    >>> [clip.text for clip in sentences("id", "Ambil nomor antrean", "---", "Loket 3")]
    ['Ambil nomor antrean', 'Loket 3']
    """
    clips = (Clip(language, piece) for text in texts for piece in pieces(text))
    return [clip for clip in clips if clip.said]


def pieces(text: str, size: int = PIECE) -> list[str]:
    """`text` in parts of at most `size` characters: cut at sentence ends, else between words, else anywhere.

    >>> pieces("Satu dua. Tiga empat. Lima", 12)
    ['Satu dua.', 'Tiga empat.', 'Lima']
    >>> pieces("abcdefgh", 3)
    ['abc', 'def', 'gh']
    """
    parts: list[str] = []
    for sentence in re.split(r"(?<=[.!?;])\s+", " ".join(text.split())):
        for word in _cut(sentence, size):
            if parts and len(parts[-1]) + 1 + len(word) <= size:
                parts[-1] += f" {word}"
            else:
                parts.append(word)
    return [part for part in parts if part]


def _cut(sentence: str, size: int) -> Iterable[str]:
    """The sentence whole when it fits, else its words, and words that are too long in slices."""
    if len(sentence) <= size:
        return [sentence]
    return (word[start : start + size] for word in sentence.split(" ") for start in range(0, len(word), size))
