"""`kiosk staff`: accounts and their roles, also while the server runs."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer
from sqlmodel import Session

from kiosk.core import short
from kiosk.core.clock import utc_now
from kiosk.core.config import settings
from kiosk.staff.rules import ROLES

if TYPE_CHECKING:
    from kiosk.staff.changing import Change

T = TypeVar("T")
staff = typer.Typer(no_args_is_help=True, help="Staff and their roles.")


Roles = Annotated[list[str], typer.Option("--role", help=f"One of: {', '.join(ROLES)}. Give it once for each role.")]


@staff.command("add")
def add_staff(name: str, role: Roles) -> None:
    """Add a member of staff and print the PIN once."""
    from kiosk.staff import pins, service

    here, name, secret = settings(), service.fair_name(name, role), pins.new_pin()
    given: dict[str, Any] = {"office_id": here.office, "name": name, "roles": role, "secret": secret, "actor": "cli"}
    short.write(here, lambda s: service.add_account(s, at=utc_now(), **given))
    typer.echo(f"{name} ({', '.join(role)}) may sign in. The PIN is shown once:", err=True)
    typer.echo(secret.pin)


@staff.command("list")
def list_staff() -> None:
    """List the staff: name, roles, state, open sessions."""
    from kiosk.staff.listing import members

    here = settings()
    for one in short.read(here, lambda session: members(session, here.office, now=utc_now(), demo=here.demo)):
        state = "locked" if one.locked else "open" if one.open else "closed"
        typer.echo(f"{one.name:<30} {state:<7} {one.sessions:>3}  {', '.join(one.roles)}")


def _change(name: str, job: Callable[[Session, "Change"], T]) -> T:
    """Change the account called `name` as the command, whatever version it has."""
    from kiosk.staff import service
    from kiosk.staff.changing import Change

    here = settings()

    def write(session: Session) -> T:
        account_id = service.account_named(session, office_id=here.office, name=name)
        return job(session, Change(here.office, account_id, "cli", utc_now(), demo=here.demo))

    return short.write(here, write)


@staff.command("roles")
def change_roles(name: str, role: Roles) -> None:
    """Give somebody these roles and no other; a running node knows within two seconds."""
    from kiosk.staff import changing

    _change(name, lambda session, change: changing.set_roles(session, change, role))
    typer.echo(f"{name}: {', '.join(role)}")


@staff.command("reset-pin")
def reset_pin(name: str) -> None:
    """Give somebody a new PIN, print it once, and end the sessions opened with the old one."""
    from kiosk.staff import changing, pins

    secret = pins.new_pin()
    _change(name, lambda session, change: changing.reset_pin(session, change, secret))
    typer.echo(f"{name} has a new PIN, shown once:", err=True)
    typer.echo(secret.pin)


@staff.command("close")
def close_staff(name: str) -> None:
    """Close an account and end its sessions; a running node knows within two seconds."""
    from kiosk.staff import changing

    _change(name, changing.close)
    typer.echo(f"{name} can sign in no more")


@staff.command("reopen")
def reopen_staff(name: str) -> None:
    """Open a closed account again, with the PIN and the roles that it had."""
    from kiosk.staff import changing

    _change(name, changing.reopen)
    typer.echo(f"{name} may sign in again")


@staff.command("unlock")
def unlock_staff(name: str) -> None:
    """Forget somebody's wrong PINs, so that signing in works again."""
    from kiosk.staff import service

    _change(name, lambda session, one: service.unlock(session, office_id=one.office_id, account_id=one.account_id, at=one.at, actor="cli"))
    typer.echo(f"{name} may sign in again")
