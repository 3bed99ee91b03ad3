"""`kiosk centre office`: offices and what a seed says of them, in the centre's database."""

from typing import Annotated

import typer
from sqlmodel import Session

from kiosk.centre.config import centre_settings
from kiosk.core.clock import utc_now

offices = typer.Typer(no_args_is_help=True, help="The offices of the centre.")


@offices.callback()
def _offices() -> None:
    """The offices of the centre."""


@offices.command("add")
def add(office_id: Annotated[str, typer.Argument(metavar="OFFICE")]) -> None:
    """Load an office into the centre: its queues, counters, services and free days. Again: what is new in the files."""
    from kiosk import seeds
    from kiosk.centre.database import working

    with working(centre_settings()) as connection, Session(connection, expire_on_commit=False) as session:
        seeds.load(session, office_id, at=utc_now())
        session.commit()
    typer.echo(f"office: {office_id} is loaded at the centre")
