"""`kiosk centre user`: who may sign in at the centre."""

from collections.abc import Callable
from typing import Annotated

import typer
from sqlalchemy import Connection

from kiosk.centre.config import centre_settings
from kiosk.centre.people import rules
from kiosk.core.clock import utc_now

user = typer.Typer(no_args_is_help=True, help="Who may sign in at the centre.")
Name = Annotated[str, typer.Argument(metavar="NAME", help="What the person types to sign in")]
OfficeOrAll = Annotated[str, typer.Option(help="The person's office, or * for an operator of the centre")]


def _shown_once(name: str, job: Callable[[Connection, str], None]) -> None:
    """Draw a passphrase, let `job` keep its hash, and print it when that went well."""
    from kiosk.centre.database import working
    from kiosk.staff.pins import hash_pin

    secret = rules.new_passphrase()
    digest = hash_pin(rules.meant(secret))
    with working(centre_settings()) as connection:
        job(connection, digest)
    typer.echo(f"{name} signs in with this passphrase, shown once:", err=True)
    typer.echo(secret)


@user.command()
def add(name: Name, office: OfficeOrAll) -> None:
    """Let somebody sign in at the centre's pages, and print the passphrase once."""
    from kiosk.centre.people import service

    _shown_once(name, lambda here, digest: service.add(here, name=name, office_id=office, passphrase_hash=digest, at=utc_now()))


@user.command()
def reset(name: Name) -> None:
    """Give somebody a new passphrase, print it once, and end the sessions opened with the old one."""
    from kiosk.centre.people import service

    _shown_once(name, lambda here, digest: service.reset(here, name=name, passphrase_hash=digest, at=utc_now()))


@user.command()
def close(name: Name) -> None:
    """Let somebody sign in no more, and end the sessions."""
    from kiosk.centre.database import working
    from kiosk.centre.people import service

    with working(centre_settings()) as connection:
        service.close(connection, name=name, at=utc_now())
    typer.echo(f"{name} can sign in no more")


@user.command("list")
def list_all() -> None:
    """List who may sign in: name, office, since when, open or closed."""
    from kiosk.centre.database import working
    from kiosk.centre.people import service

    with working(centre_settings()) as connection:
        for person in service.everybody(connection):
            typer.echo(f"{person.name:<20} {person.office_id:<10} {person.made_at[:10]}  {'closed' if person.closed_at else 'open'}")
