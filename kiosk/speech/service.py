"""The voice of the running node: started by the composition root, asked by the rooms above."""

import logging
from collections.abc import Iterable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kiosk.core.i18n import Language
from kiosk.speech import recorded
from kiosk.speech.clips import Clip
from kiosk.speech.errors import SpeechUnknown
from kiosk.speech.maker import INSTALL, Maker, installed
from kiosk.speech.scripts import Library

log = logging.getLogger("kiosk.speech")


@dataclass(frozen=True)
class Voice:
    """What is known and who makes it."""

    library: Library
    maker: Maker


_voice: Voice | None = None


def start(data_dir: Path) -> Voice:
    """Open the folder `data_dir/speech`, read the office's recordings, and log one line when espeak-ng is missing."""
    global _voice  # noqa: PLW0603 (one node a process, as in core.runtime)
    folder = data_dir / "speech"
    _voice = Voice(Library(recorded.read(folder / "recorded")), Maker(folder))
    _voice.library.manifest(available=True)  # a browser may hold its addresses from before this start
    if not installed():
        log.warning("espeak-ng is missing: pages are not read aloud", extra={"install": INSTALL})
    return _voice


def stop() -> None:
    """End making clips."""
    global _voice  # noqa: PLW0603
    if _voice is not None:
        _voice.maker.stop()
        _voice = None


def voice() -> Voice:
    """The voice of this process. Raises RuntimeError before `start`."""
    if _voice is None:
        raise RuntimeError("the voice has not started")
    return _voice


def register(clips: Iterable[Clip]) -> list[str]:
    """Make clips known; their addresses."""
    return voice().library.register(clips)


def register_texts(language: Language, texts: Iterable[str]) -> list[str]:
    """Make texts that a page shows known, read by the voice of `language`; the addresses of their clips in order.

    Cheap and repeatable: the catalogue calls it at start for all its texts (browsers hold addresses from before) and again
    whenever it answers with them.
    """
    return voice().library.register_texts(language, texts)


def register_counters(names: Mapping[str, Mapping[Language, str]]) -> None:
    """Make the counters' names known for calling a number: `{"1": {"id": "Loket 1", "en": "Counter 1"}}`."""
    voice().library.register_counters(names)


def register_page(name: str, language: Language, spoken: Iterable[tuple[Language, str]]) -> None:
    """What the page `name` reads behind its fixed script, as (voice, text), to a visitor who reads `language`."""
    voice().library.register_page(name, language, spoken)


def manifest() -> dict[str, Any]:
    """Page scripts and pieces: see `Library.manifest`."""
    return voice().library.manifest(available=installed())


def order(name: str) -> Future[Path]:
    """The file that is served as `name`, made when it is not there yet.

    Raises `SpeechUnknown` for a name that no page uses, else as `Maker.order`.
    """
    sound = voice().library.sound(name)  # a look-up by name: no path is ever made of what a client sends
    if sound is None:
        raise SpeechUnknown()
    if isinstance(sound, Path):
        done: Future[Path] = Future()
        done.set_result(sound)
        return done
    return voice().maker.order(sound)


def tidy() -> int:
    """Delete clips that no page uses any more, once everything is registered; how many went."""
    known = voice().library.names()
    stale = [path for path in voice().maker.folder.glob("*.ogg") if path.name not in known]
    for path in stale:
        path.unlink(missing_ok=True)
    return len(stale)
