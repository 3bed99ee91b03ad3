"""An office's own recordings, which are heard instead of espeak-ng.

In `data_dir/speech/recorded/id` (and `en`) lie `<slug>.ogg` files (Ogg/Opus) and one `index.yaml` that says which text each one
speaks, word for word as the screen shows it: `ambil-nomor: Ambil nomor antrean`. The index is read when the node starts.
"""

import hashlib
import logging
import re
from dataclasses import dataclass
from pathlib import Path

import yaml

from kiosk.core.i18n import LANGUAGES, Language
from kiosk.speech.clips import name_of

SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
OGG = b"OggS"  # RFC 3533, section 6
LARGEST = 5_000_000

log = logging.getLogger("kiosk.speech")


@dataclass(frozen=True)
class Recording:
    """One recorded file and the name under which it is served, which follows its contents."""

    name: str
    path: Path


def read(folder: Path) -> dict[tuple[Language, str], Recording]:
    """(language, text) -> recording. What cannot be used is logged and left out: a bad recording must not stop an office."""
    found: dict[tuple[Language, str], Recording] = {}
    for language in LANGUAGES:
        for slug, text in _index(folder / language / "index.yaml").items():
            path = folder / language / f"{slug}.ogg"
            sound = _sound(path) if SLUG.fullmatch(slug) else None
            if sound is None:
                _unused(path, "not an Ogg file under 5 MB with a name of a-z, 0-9 and hyphens")
                continue
            found[language, plain(text)] = Recording(name_of("recorded", hashlib.sha256(sound).hexdigest()), path)
    return found


def plain(text: str) -> str:
    """`text` with single spaces, as texts are compared.

    >>> plain(" Ambil  nomor\\n antrean ")
    'Ambil nomor antrean'
    """
    return " ".join(text.split())


def _index(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        index = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as wrong:
        _unused(path, str(wrong)[:200])
        return {}
    if not isinstance(index, dict):
        _unused(path, "not a list of lines `slug: text`")
        return {}
    return {str(slug): str(text) for slug, text in index.items()}


def _unused(path: Path, reason: str) -> None:
    log.warning("recording not used", extra={"file": str(path), "reason": reason})


def _sound(path: Path) -> bytes | None:
    if not path.is_file() or path.stat().st_size > LARGEST:
        return None
    sound = path.read_bytes()
    return sound if sound.startswith(OGG) else None
