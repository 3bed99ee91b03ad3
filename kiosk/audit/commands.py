"""`kiosk audit`: check the chain and write it out, also while the server runs."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from sqlmodel import Session

from kiosk.audit import export as files
from kiosk.audit import service
from kiosk.audit.errors import NotWhole
from kiosk.audit.search import Days
from kiosk.core import short
from kiosk.core.audit_check import Report, read_note
from kiosk.core.clock import utc_now
from kiosk.core.config import settings

T = TypeVar("T")
audit = typer.Typer(no_args_is_help=True, help="The audit trail: check it, write it out.")


def _read(job: Callable[[Session], T]) -> T:
    return short.read(settings(), job)


@audit.command()
def verify(
    head: Annotated[str | None, typer.Option(help="A head that was noted earlier, NUMBER:HASH")] = None,
    file: Annotated[Path | None, typer.Option(help="Check this export instead of the database")] = None,
) -> None:
    """Check the whole chain; ends with status 0 only when nothing is missing and nothing was changed."""
    noted = read_note(head) if head else None
    office_id: str = settings().office
    if file is None:
        report, signed = _read(lambda session: service.verify_with_centre(session, office_id, noted=noted))
        typer.echo(f"countersigned by the centre: {f'{signed.epoch}.{signed.seq}' if signed else 'nothing'}")
    else:
        office_id, report = files.verify_file(file, noted=noted)
    _print(office_id, report)


def _print(office_id: str, report: Report) -> None:
    first, last = report.first, report.last
    typer.echo(f"office: {office_id}\nacts: {report.count}")
    if first and (first.epoch, first.seq) != (1, 1):
        typer.echo(f"begins at: {first.epoch}.{first.seq} (what was before is not in this file)")
    typer.echo(f"epoch: {last.epoch}\nhead: {last.seq}:{last.hash}")
    for finding in report.findings:
        typer.echo(f"{finding.code} {finding.epoch}.{finding.seq}: {finding.text('en')}", err=True)
    if not report.whole:
        raise NotWhole(wrong=report.wrong)
    typer.echo("The chain is whole. Keep the head outside this computer: a later check can be held against it (--head).")


@audit.command()
def export(
    file: Path,
    first: Annotated[datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day")] = None,
    last: Annotated[datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day")] = None,
) -> None:
    """Write the trail to a new file, one act a line; `kiosk audit verify --file FILE` checks it by itself."""
    days = Days(first.date() if first else None, last.date() if last else None)
    count = _read(lambda session: files.export(session, settings().office, file, days=days, now=utc_now()))
    typer.echo(f"{file}: {count} acts")
