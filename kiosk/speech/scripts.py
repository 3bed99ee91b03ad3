"""Which texts the node speaks, and nothing else: what a page shows, what the catalogue holds, and the pieces of a number."""

import hashlib
import json
import string
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kiosk.core.i18n import LANGUAGES, N_, Language, translate
from kiosk.speech.clips import Clip, sentences
from kiosk.speech.recorded import Recording, plain

ADDRESS = "/api/v1/speech/"
YOUR_NUMBER = N_("Your queue number is")
GO_TO = N_("please go to")

Sound = Clip | Path

_pages: dict[str, tuple[str, ...]] = {}


def page(name: str, *messages: str) -> None:
    """Give page `name` its fixed script: messages marked with `N_`, in the order in which they are read.

    Called where the page is declared, at import. Raises ValueError when the name has another script already.
    """
    if _pages.setdefault(name, messages) != messages:
        raise ValueError(f"the page {name!r} has a script already")


class Library:
    """The known sounds by name, filled at start and whenever a catalogue text is shown. Safe to use from several threads."""

    def __init__(self, recordings: Mapping[tuple[Language, str], Recording] | None = None) -> None:
        self._recordings = dict(recordings or {})
        self._sounds: dict[str, Sound] = {}
        self._counters: dict[str, dict[Language, list[str]]] = {}
        self._further: dict[tuple[str, Language], list[str]] = {}

    def register(self, clips: Iterable[Clip]) -> list[str]:
        """Make `clips` known; their addresses in order, a recording's where the office has one."""
        return [ADDRESS + self._keep(clip) for clip in clips]

    def register_texts(self, language: Language, texts: Iterable[str]) -> list[str]:
        """Make `texts` known in `language`; the addresses of their clips in order (a long text has several)."""
        addresses: list[str] = []
        for text in texts:
            recording = self._recordings.get((language, plain(text)))
            if recording is not None:
                addresses.append(ADDRESS + self._keep_recording(recording))
            else:
                addresses += self.register(sentences(language, text))
        return addresses

    def register_counters(self, names: Mapping[str, Mapping[Language, str]]) -> None:
        """Make the names of counters known, by code: `{"1": {"id": "Loket 1", "en": "Counter 1"}}`."""
        for code, name in names.items():
            self._counters[code] = {language: self.register_texts(language, [name[language]]) for language in LANGUAGES}

    def register_page(self, name: str, language: Language, spoken: Iterable[tuple[Language, str]]) -> None:
        """What page `name` of this office reads to a visitor of `language` behind its fixed script, as (voice, text)."""
        self._further[name, language] = [address for voice, text in spoken for address in self.register_texts(voice, [text])]

    def sound(self, name: str) -> Sound | None:
        """The clip, or the recording's file, that is served as `name`; None for anything that nobody registered."""
        return self._sounds.get(name)

    def names(self) -> set[str]:
        """Names of all that is known."""
        return set(self._sounds)

    def manifest(self, *, available: bool) -> dict[str, Any]:
        """What a browser needs to know: page scripts and pieces of a number by language, and a version of the whole."""
        for_pages = {
            name: {language: self._say(language, messages) + self._further.get((name, language), []) for language in LANGUAGES}
            for name, messages in sorted(_pages.items())
        }
        contents = {"available": available, "pages": for_pages, "pieces": {language: self._pieces(language) for language in LANGUAGES}}
        digest = hashlib.sha256(json.dumps(contents, sort_keys=True).encode()).hexdigest()
        return {"version": digest[:16], **contents}

    def _pieces(self, language: Language) -> dict[str, Any]:
        signs = {sign: self.register_texts(language, [sign])[0] for sign in string.ascii_uppercase + string.digits}
        counters = {code: addresses[language] for code, addresses in sorted(self._counters.items())}
        return {
            "signs": signs,
            "your_number": self._say(language, [YOUR_NUMBER]),
            "go_to": self._say(language, [GO_TO]),
            "counters": counters,
        }

    def _say(self, language: Language, messages: Iterable[str]) -> list[str]:
        return self.register_texts(language, [translate(message, language) for message in messages])

    def _keep(self, clip: Clip) -> str:
        recording = self._recordings.get((clip.language, plain(clip.text)))
        if recording is not None:
            return self._keep_recording(recording)
        self._sounds.setdefault(clip.name, clip)
        return clip.name

    def _keep_recording(self, recording: Recording) -> str:
        self._sounds[recording.name] = recording.path
        return recording.name
