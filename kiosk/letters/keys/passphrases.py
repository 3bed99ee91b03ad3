"""Where a passphrase or a token's PIN comes from: a file, the environment, the keyboard. Never an argument: others could read it."""

import os
import sys
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import typer

from kiosk.letters.keys.errors import Damaged, NoPassphrase, WeakPassphrase
from kiosk.letters.keys.sealed import PASSPHRASE_LEAST

NODE, ROOT = "KIOSK_KEY_PASSPHRASE", "KIOSK_ROOT_PASSPHRASE"


def ready(variable: str = NODE, *, file: Path | None = None, environment: Mapping[str, str] = os.environ) -> str | None:
    """What needs nobody to type: from `file`, from the file that `<variable>_FILE` names, or from `variable`; None when none is set.

    Raises OSError for a file that cannot be read, `Damaged` for one that is no text.
    """
    named = file or (Path(told) if (told := environment.get(f"{variable}_FILE")) else None)
    if named is None:
        given = environment.get(variable)
        return _same(given) if given else None
    try:
        return _same(named.read_text(encoding="utf-8").rstrip("\r\n"))
    except UnicodeDecodeError:
        raise Damaged(file=named, reason="a passphrase is text in UTF-8") from None


def ask(what: str, variable: str = NODE, *, file: Path | None = None, new: bool = False) -> str:
    """As `ready`, else typed, twice for a `new` one. Raises `NoPassphrase` without a keyboard, `WeakPassphrase` for a new one."""
    found = ready(variable, file=file)
    if found is None:
        if not sys.stdin.isatty():
            raise NoPassphrase(variable=variable)
        found = _same(str(typer.prompt(what, hide_input=True, confirmation_prompt=new)))
    if new and len(found) < PASSPHRASE_LEAST:
        raise WeakPassphrase(least=PASSPHRASE_LEAST)
    return found


def _same(typed: str) -> str:
    """One spelling for what looks alike: keyboards differ in how they send an accent (Unicode, NFC)."""
    return unicodedata.normalize("NFC", typed)
