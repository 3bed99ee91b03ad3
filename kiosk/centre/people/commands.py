"""`kiosk centre user`: who may sign in at the centre."""

from collections.abc import Callable
from typing import Annotated, TypeVar

import typer
from sqlalchemy import Connection, Engine

from kiosk.centre.people import rules, service
from kiosk.core.clock import utc_now
from kiosk.staff.pins import hash_pin

T = TypeVar("T")
Name = Annotated[str, typer.Argument(help="What the person types to sign in")]


def commands(database: Callable[[], Engine]) -> typer.Typer:
    """The commands, on the database that `database` opens."""
    user = typer.Typer(no_args_is_help=True, help="Who may sign in at the centre.")

    def within(job: Callable[[Connection], T]) -> T:
        engine = database()
        try:
            with engine.begin() as connection:
                return job(connection)
        finally:
            engine.dispose()

    def shown_once(name: str, job: Callable[[Connection, str], None]) -> None:
        secret = rules.new_passphrase()
        digest = hash_pin(rules.meant(secret))
        within(lambda connection: job(connection, digest))
        typer.echo(f"{name} signs in with this passphrase, shown once:", err=True)
        typer.echo(secret)

    @user.command()
    def add(name: Name, office: Annotated[str, typer.Option(help="The person's office, or * for an operator of the centre")]) -> None:
        """Let somebody sign in, and print the passphrase once."""
        at = utc_now()
        shown_once(name, lambda here, digest: service.add(here, name=name, office_id=office, passphrase_hash=digest, at=at))

    @user.command()
    def reset(name: Name) -> None:
        """Give somebody a new passphrase, print it once, and end the sessions opened with the old one."""
        at = utc_now()
        shown_once(name, lambda here, digest: service.reset(here, name=name, passphrase_hash=digest, at=at))

    @user.command()
    def close(name: Name) -> None:
        """Let somebody sign in no more, and end the sessions."""
        within(lambda connection: service.close(connection, name=name, at=utc_now()))
        typer.echo(f"{name} can sign in no more")

    @user.command("list")
    def list_all() -> None:
        """Who may sign in: name, office, since when."""
        for person in within(service.everybody):
            typer.echo(f"{person.name}\t{person.office_id}\t{person.made_at[:10]}\t{'closed' if person.closed_at else 'open'}")

    return user
