"""The `kiosk` command."""

import logging
import sys
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, TypeVar

import typer
from sqlalchemy.exc import DatabaseError
from sqlmodel import Session

from kiosk import __version__
from kiosk.audit.commands import audit
from kiosk.core import log, nodelock, schema
from kiosk.core.clock import utc_now
from kiosk.core.config import Settings, settings
from kiosk.core.db import fault, open_engine
from kiosk.core.errors import KioskError
from kiosk.core.i18n import N_

T = TypeVar("T")
cli = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help="The service kiosk of a licensing office."
)
device = typer.Typer(no_args_is_help=True, help="Touchscreens, tablets, boards and scripts.")
staff = typer.Typer(no_args_is_help=True, help="Officers and their roles.")
cli.add_typer(device, name="device")
cli.add_typer(staff, name="staff")
cli.add_typer(audit, name="audit")


class Kind(StrEnum):
    """What a device is."""

    kiosk = "kiosk"
    tablet = "tablet"
    board = "board"


class Role(StrEnum):
    """What an officer may do."""

    officer = "officer"
    admin = "admin"
    auditor = "auditor"


class TokenOnly(KioskError):
    """Enrolment without a token is not there yet."""

    code = "DEVICE-0400"
    sentence = N_("Add --token: the command enrols devices that carry a token, such as scripts.")


def _write(job: Callable[[Session], T]) -> T:
    """Run `job` in one short transaction of its own, also while the server runs."""
    here = settings()
    here.data_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(here.database, writing=True)
    try:
        schema.check(engine)
        with Session(engine, expire_on_commit=False) as session:
            result = job(session)
            session.commit()
            return result
    finally:
        engine.dispose()


def _migrate() -> None:
    here = settings()
    schema.migrate(f"sqlite:///{here.database}")
    typer.echo(f"database: {here.database} stands at {schema.known()[-1]}")


@cli.command()
def serve() -> None:
    """Serve the office node."""
    from kiosk.server import serve as run

    run(settings(), ready=lambda: typer.echo(f"Kios PTSP {__version__}: {settings().public_address}"))


@cli.command()
def migrate() -> None:
    """Bring the database to this program's version."""
    with nodelock.take(settings().data_dir):
        _migrate()


@cli.command()
def seed() -> None:
    """Load the office of KIOSK_OFFICE: services, desks, hours (and the demonstration's staff with KIOSK_DEMO)."""
    from kiosk import seeds

    _write(lambda session: seeds.load(session, settings().office, at=utc_now(), demo=settings().demo))
    typer.echo(f"office: {settings().office} is loaded")


@cli.command()
def demo() -> None:
    """Migrate, load the demo office and serve it, in one go: what `make run` calls."""
    from kiosk.server import check_port, serve_locked

    log.configure(settings().log_level)
    with nodelock.take(settings().data_dir):
        check_port(settings())
        _migrate()
        seed()
        serve_locked(settings(), ready=lambda: typer.echo(_guide(settings())))


def _guide(here: Settings) -> str:
    from kiosk.pages import SCREENS
    from kiosk.staff.demo import accounts

    screens = "\n".join(f"  {name:<30} {here.public_address}{path}" for path, name in SCREENS.items())
    people = "\n".join(f"  {name:<30} {pin}  ({role})" for name, role, pin in accounts(here.office))
    return (
        f"\nKios PTSP {__version__} serves the office {here.office}. Screens:\n{screens}"
        f"\n\nDemo staff and their PINs:\n{people}\n\nCtrl-C ends it."
    )


@cli.command()
def config() -> None:
    """List the settings: name, value, meaning."""
    here = settings()
    for name, field in Settings.model_fields.items():
        typer.echo(f"KIOSK_{name.upper()}={getattr(here, name)!s}\n    {field.description}")


@cli.command()
def version() -> None:
    """Print the version."""
    typer.echo(__version__)


@device.command("enrol")
def enrol_device(name: str, kind: Annotated[Kind, typer.Option()], token: Annotated[bool, typer.Option("--token")] = False) -> None:
    """Enrol a device and print its token once, to be sent as `Authorization: Bearer`."""
    from kiosk.devices import service

    if not token:
        raise TokenOnly()
    enrolled = _write(lambda s: service.enrol(s, office_id=settings().office, name=name, kind=kind.value, at=utc_now(), actor="cli"))
    typer.echo(f"{name} ({kind.value}) is enrolled as {enrolled.device_id}. Keep this token, it is shown once:", err=True)
    typer.echo(enrolled.token)


@device.command("revoke")
def revoke_device(device_id: str) -> None:
    """Take a device's rights away; a running node knows within two seconds."""
    from kiosk.devices import service

    _write(lambda s: service.revoke(s, office_id=settings().office, device_id=device_id, at=utc_now(), actor="cli"))
    typer.echo(f"{device_id} is revoked")


@staff.command("add")
def add_staff(name: str, role: Annotated[Role, typer.Option()]) -> None:
    """Add an officer and print the PIN once."""
    from kiosk.staff import service

    added = _write(
        lambda s: service.add_account(s, office_id=settings().office, name=name, role=role.value, pin=None, at=utc_now(), actor="cli")
    )
    typer.echo(f"{added.name} ({role.value}) may sign in. The PIN is shown once:", err=True)
    typer.echo(added.pin)


@staff.command("unlock")
def unlock_staff(name: str) -> None:
    """Forget an officer's wrong PINs, so that signing in works again."""
    from kiosk.staff import service

    def job(session: Session) -> None:
        account_id = service.account_named(session, office_id=settings().office, name=name)
        service.unlock(session, office_id=settings().office, account_id=account_id, at=utc_now(), actor="cli")

    _write(job)
    typer.echo(f"{name} may sign in again")


def main() -> None:
    """Run the command; every failure is one line `CODE: sentence` and status 1."""
    try:
        cli()
    except KioskError as known:
        sys.exit(f"{known.code}: {known}")
    except OSError as failure:
        sys.exit(f"START-0005: {failure.strerror or failure}: {failure.filename or ''}")
    except Exception as bug:
        if isinstance(bug, DatabaseError) and (known_fault := fault(bug)):
            sys.exit(f"{known_fault.code}: {known_fault}")
        logging.getLogger("kiosk.cli").debug("bug", exc_info=bug)
        sys.exit(f"NODE-0500: something went wrong on our side ({type(bug).__name__}: {str(bug).splitlines()[0] if str(bug) else ''}).")
