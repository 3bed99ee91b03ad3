"""`kiosk letters queue | retry | timestamp | established`; also while the server runs."""

from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from kiosk.core import office, short
from kiosk.core.clock import local, utc_now
from kiosk.core.config import settings
from kiosk.letters.command import letters
from kiosk.letters.later import certified, stamps, timestamps
from kiosk.letters.later import established as drill
from kiosk.letters.later.errors import BadMoment, SignerUnset


@letters.command()
def queue() -> None:
    """Letters that wait for the certified signer: number, since when, tries, why not yet, when again. Needs a person: marked !"""
    here = settings()
    if not here.signer_url:
        raise SignerUnset()
    found, zone = short.read(here, lambda s: (certified.waiting(s, here.office), office.get(s, here.office).zone))
    for one in found:
        place = one.place
        mark = "!" if place.needs_person else " "
        again = "kiosk letters retry" if place.needs_person else local(place.not_before, zone)
        why = f"{place.reason} {place.said}" if place.reason else "not tried yet"
        typer.echo(f"{mark} {one.letter.number}  {local(place.queued_at, zone)}  {place.failed_attempts}  {again}  {why}")
    typer.echo(f"{len(found)} wait, {sum(one.place.needs_person for one in found)} of them for a person", err=True)


@letters.command()
def retry(number: Annotated[str | None, typer.Argument(help="The letter's number; nothing: every letter that waits")] = None) -> None:
    """Send a letter to the certified signer again, once the reason is mended; a running node does so within seconds."""
    here = settings()
    count = short.write(here, lambda s: certified.retry(s, here.office, number, at=utc_now(), actor="cli"))
    typer.echo(f"{count} will be tried again")


@letters.command()
def timestamp() -> None:
    """Have the head of the issuance log timestamped now (RFC 3161)."""
    here = settings()
    stamp = timestamps.take(here, read=partial(short.read, here), write=partial(short.write, here), now=utc_now)
    typer.echo(f"timestamped: {stamp.at.isoformat()} by {stamp.by}" if stamp else "timestamped already: no letter came since")


@letters.command()
def established(
    key: Annotated[str, typer.Option(help="The key that was lost: 16 hex digits, as kiosk keys list shows it")],
    before: Annotated[str, typer.Option(help="When it was lost: 2026-11-22T10:00, on the office's clock")],
    out: Annotated[Path, typer.Option(help="The file to write, for kiosk keys revoke --established")],
) -> None:
    """Write the hashes of the letters of a lost key that were certainly made before it was lost."""
    here = settings()
    moment = _moment(before, short.read(here, lambda s: office.get(s, here.office).zone))
    authorities = stamps.authorities_in(here.timestamp_ca) if here.timestamp_ca else []  # an office without one has no timestamps
    found = short.read(here, lambda s: drill.established(s, here.office, key, before=moment, authorities=authorities))
    out.write_bytes(found.hashes)
    typer.echo(f"{out}: {found.count} letters stay good, up to number {found.position} of the log, timestamped {found.at.isoformat()}")


def _moment(text: str, zone: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise BadMoment(text=text) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=ZoneInfo(zone))
