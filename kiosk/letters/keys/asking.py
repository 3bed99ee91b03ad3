"""What the commands of keys ask a person, and how they show what is to be compared."""

import re
import sys
from pathlib import Path
from typing import Annotated

import typer

from kiosk.core import office, schema, short
from kiosk.core.config import Settings
from kiosk.letters.keys.errors import BadOption, NotConfirmed
from kiosk.letters.keys.passphrases import NODE, ROOT

LEAST_DIGITS = 16
RootFolder = Annotated[Path, typer.Option("--root", help="Folder of the root, on a removable disk")]
Secret = Annotated[Path | None, typer.Option("--passphrase-file", help=f"File with the passphrase or PIN; else {NODE}, else you are asked")]
RootSecret = Annotated[Path | None, typer.Option("--passphrase-file", help=f"File with the passphrase; else {ROOT}, else you are asked")]
Compared = Annotated[str, typer.Option("--fingerprint", help="The fingerprint that you compared: at least 16 digits from its beginning")]
Yes = Annotated[bool, typer.Option("--yes", help="Do not ask: the fingerprint was compared")]


def shown(fingerprint: str) -> str:
    """A fingerprint in groups, as two people read it to each other.

    >>> shown("0123456789abcdef")
    '0123 4567 89ab cdef'
    """
    return " ".join(re.findall("....", fingerprint))


def confirm(question: str, fingerprint: str, *, given: str, yes: bool) -> None:
    """Go on only when a person compared the fingerprint. Raises `NotConfirmed`."""
    typer.echo(shown(fingerprint))
    if given:
        digits = re.sub("[^0-9a-f]", "", given.lower())
        if len(digits) < LEAST_DIGITS or not fingerprint.startswith(digits):
            raise NotConfirmed(fingerprint=shown(fingerprint))
    elif not yes and not (sys.stdin.isatty() and typer.confirm(question)):
        raise NotConfirmed(fingerprint=shown(fingerprint))


def office_name(here: Settings, given: str) -> str:
    """What was given, else the name in the database of this computer. Raises `BadOption` where there is none."""
    if given:
        return given
    try:
        return short.read(here, lambda session: office.get(session, here.office).name)
    except (schema.DatabaseOlder, office.OfficeUnknown):
        raise BadOption(name="--name", value="empty", reason="this computer holds no office whose name could be taken") from None


def check_host(here: Settings, given: str | None) -> str:
    """Where this office's letters are checked: as given, else what their codes will say; "" when no setting says so."""
    if given is not None:
        return given.lower()
    return here.checked_at if here.letter_host or here.public_url else ""
