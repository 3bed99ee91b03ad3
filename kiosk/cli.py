"""The `kiosk` command."""

import logging
import sys
from enum import StrEnum
from typing import Annotated

import typer
from sqlalchemy.exc import DatabaseError

import kiosk.happenings  # noqa: F401  (every kind of event)
from kiosk import __version__, feeds  # noqa: F401  (importing the feeds registers their topics)
from kiosk.audit.commands import audit
from kiosk.centre.command import centre
from kiosk.centre.config import centre_settings
from kiosk.core import log, nodelock, schema, short
from kiosk.core.clock import utc_now
from kiosk.core.config import Settings, settings
from kiosk.core.db import fault
from kiosk.core.errors import KioskError
from kiosk.core.https import https
from kiosk.core.i18n import N_
from kiosk.letters.checking import command as _checking_commands  # noqa: F401 (its word of `kiosk letters`)
from kiosk.letters.command import letters
from kiosk.letters.keys.command import keys
from kiosk.letters.later import command as _later_commands  # noqa: F401 (its words of `kiosk letters`)
from kiosk.letters.register import command as register_of_letters
from kiosk.offices import offices
from kiosk.staff.command import staff
from kiosk.survey.command import survey
from kiosk.sync.command import sync
from kiosk.tls.command import tls

cli = typer.Typer(
    no_args_is_help=True, pretty_exceptions_enable=False, add_completion=False, help="The service kiosk of a licensing office."
)
device = typer.Typer(no_args_is_help=True, help="Touchscreens, tablets, boards and scripts.")
cli.add_typer(device, name="device")
cli.add_typer(staff, name="staff")
cli.add_typer(tls, name="tls")
cli.add_typer(audit, name="audit")
cli.add_typer(centre, name="centre")
centre.add_typer(offices, name="office")
cli.add_typer(sync, name="sync")
cli.add_typer(survey, name="survey")
cli.add_typer(keys, name="keys")
cli.add_typer(letters, name="letters")


class Kind(StrEnum):
    """What a device is."""

    kiosk = "kiosk"
    tablet = "tablet"
    board = "board"
    staff = "staff"


class TokenOnly(KioskError):
    """A browser cannot be given a token by the command."""

    code = "DEVICE-0400"
    sentence = N_("Add --token for a script. A browser is enrolled by a code: kiosk device code")


def _migrate() -> None:
    here = settings()
    schema.migrate(f"sqlite:///{here.database}")
    typer.echo(f"database: {here.database} stands at {schema.known()[-1]}")


@cli.command()
def serve() -> None:
    """Serve the office node."""
    from kiosk.server import serve as run

    run(settings(), ready=_ready)


def _ready() -> None:
    told = https()
    secure = f" and {told.address}" if told and told.address and told.address != settings().public_address else ""
    typer.echo(f"Kios PTSP {__version__}: {settings().public_address}{secure}")


@cli.command()
def migrate() -> None:
    """Bring the database to this program's version."""
    with nodelock.take(settings().data_dir):
        _migrate()


@cli.command()
def seed() -> None:
    """Load the office of KIOSK_OFFICE: services, desks, hours (and the demonstration's staff with KIOSK_DEMO)."""
    from kiosk import seeds

    here = settings()
    short.write(here, lambda session: seeds.load(session, here.office, at=utc_now(), demo=here.demo))
    if here.demo:
        from kiosk.letters.register import demo as letters_to_try

        letters_to_try.load(register_of_letters.desk(actor="seed"))
    typer.echo(f"office: {here.office} is loaded")


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
    people = "\n".join(f"  {name:<30} {pin}  ({', '.join(roles)})" for name, roles, pin in accounts(here.office))
    return (
        f"\nKios PTSP {__version__} serves the office {here.office}. Screens:\n{screens}"
        f"\n\nDemo staff and their PINs:\n{people}\n\nCtrl-C ends it."
    )


@cli.command()
def config() -> None:
    """List the settings: name, value, meaning."""
    for here in (settings(), centre_settings()):
        for name, field in type(here).model_fields.items():
            if isinstance(here, Settings) or name not in Settings.model_fields:
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
    given = {"office_id": settings().office, "name": name, "kind": kind.value, "actor": "cli"}
    enrolled = short.write(settings(), lambda s: service.enrol(s, at=utc_now(), **given))
    typer.echo(f"{name} ({kind.value}) is enrolled as {enrolled.device_id}. Keep this token, it is shown once:", err=True)
    typer.echo(enrolled.token)


@device.command("code")
def code_for_device(
    name: str, kind: Annotated[Kind, typer.Option()], place: Annotated[str, typer.Option(help="Where it stands")] = ""
) -> None:
    """Print a code that makes one browser a device, within ten minutes, at /daftar."""
    from kiosk.devices import codes, enrolment

    given = {"office_id": settings().office, "name": name, "kind": kind.value, "place": place, "actor": "cli"}
    code = short.write(settings(), lambda s: enrolment.make_code(s, at=utc_now(), **given))
    typer.echo(f"Open {settings().public_address}/daftar on {name} within 10 minutes and type this code; it works once:", err=True)
    typer.echo(codes.shown(code))


@device.command("list")
def list_devices() -> None:
    """List the devices that may call: lane, kind, id, last seen (UTC), name and place."""
    from kiosk.devices import service

    here = settings()
    for one in short.read(here, lambda session: service.list_devices(session, here.office)):
        if one.revoked_at is None:
            seen = (one.last_seen_at or "never")[:16]
            typer.echo(f"{one.lane:<5} {one.kind:<7} {one.id}  {seen:<16}  {one.name}{f', {one.place}' if one.place else ''}")


@device.command("revoke")
def revoke_device(device_id: str) -> None:
    """Take a device's rights away; a running node knows within two seconds."""
    from kiosk.devices import service

    here = settings()
    short.write(here, lambda s: service.revoke(s, office_id=here.office, device_id=device_id, at=utc_now(), actor="cli"))
    typer.echo(f"{device_id} is revoked")


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
