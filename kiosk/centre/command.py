"""`kiosk centre`: serve the central case store, let offices' computers in and out."""

from pathlib import Path
from typing import Annotated

import typer
from sqlalchemy import Connection, select

from kiosk.centre.config import centre_settings
from kiosk.centre.people.commands import user
from kiosk.core import nodelock
from kiosk.core.clock import utc_now
from kiosk.core.table_of import table_of

centre = typer.Typer(no_args_is_help=True, help="The central case store: serve it, let offices' computers in and out.")
centre.add_typer(user, name="user")


@centre.command()
def serve() -> None:
    """Serve the centre. SQLite, for a try-out, is brought to this program's version first; PostgreSQL by `kiosk centre migrate`."""
    from kiosk.centre.server import serve as run

    here = centre_settings()
    run(here, ready=lambda: typer.echo(f"Kios PTSP, centre: {here.address}"))


@centre.command()
def migrate() -> None:
    """Bring the centre's database to this program's version, with KIOSK_MIGRATE_URL as the owner of its tables."""
    from kiosk.centre import database
    from kiosk.centre.server import LOCK

    here = centre_settings()
    with nodelock.take(here.data_dir, LOCK):
        stands_at = database.migrate(here)
    typer.echo(f"database: {here.database.render_as_string(hide_password=True)} stands at {stands_at}")


@centre.command()
def code(office_id: Annotated[str, typer.Argument(metavar="OFFICE")]) -> None:
    """Print a code that makes one computer the node of an office, within a day: kiosk sync enrol CODE --centre URL."""
    from kiosk.centre import nodes
    from kiosk.centre.database import working

    here = centre_settings()
    with working(here) as connection:
        _known(connection, office_id)
        made = nodes.make_code(connection, office_id=office_id, at=utc_now())
    typer.echo(f"On the computer of {office_id}, within a day: kiosk sync enrol {made} --centre {here.address}", err=True)
    typer.echo(made)


@centre.command("nodes")
def list_nodes() -> None:
    """List the offices' computers: office, id, state, last contact (UTC), what waits there, its place, name."""
    from kiosk.centre import nodes
    from kiosk.centre.database import working

    with working(centre_settings()) as connection:
        for one in nodes.every(connection):
            seen = (one.last_contact_at or "never")[:16]
            state = "twin" if one.twin_seen_at and one.state == "active" else one.state
            place = f"{one.epoch}.{one.seq}"
            typer.echo(f"{one.office_id:<8} {one.node_id}  {state:<8} {seen:<16}  {one.backlog:>7}  {place:<12} {one.name}")


@centre.command()
def revoke(node_id: Annotated[str, typer.Argument(metavar="NODE")]) -> None:
    """Take a computer's right to send away at once; what the centre holds of it stays."""
    from kiosk.centre import nodes
    from kiosk.centre.database import working
    from kiosk.centre.errors import NodeNotThere
    from kiosk.centre.tenancy import as_office

    with working(centre_settings()) as connection:
        found = nodes.find(connection, node_id)
        if found is None:
            raise NodeNotThere(node=node_id)
        as_office(connection, found.office_id)
        if not nodes.revoke(connection, office_id=found.office_id, node_id=node_id):
            raise NodeNotThere(node=node_id)
    typer.echo(f"{node_id} of {found.office_id} is revoked")


@centre.command()
def publish(
    office_id: Annotated[str, typer.Argument(metavar="OFFICE")],
    topic: Annotated[str, typer.Argument(help="catalogue, calendar, texts or notices")] = "",
    file: Annotated[Path | None, typer.Argument(help="YAML or JSON")] = None,
    seed: Annotated[bool, typer.Option("--seed", help="What the office's seed files hold: catalogue, calendar and texts")] = False,
) -> None:
    """Publish a new version for an office; its computer fetches it with the next round."""
    from kiosk.centre import publishing
    from kiosk.centre.database import working
    from kiosk.centre.server import centre_key

    here = centre_settings()
    bodies = publishing.chosen(office_id, topic, file, seed=seed)
    with working(here) as connection:
        _known(connection, office_id)
        done = publishing.publish_all(connection, centre_key(here), office_id=office_id, bodies=bodies, at=utc_now(), by="cli")
    for one in done:
        typer.echo(f"{one.topic} {one.version}: {'published' if one.new else 'unchanged'}")


def _known(connection: Connection, office_id: str) -> None:
    from kiosk.centre.errors import OfficeNotThere
    from kiosk.core.office import Office

    rows = table_of(Office)
    if connection.execute(select(rows.c.office_id).where(rows.c.office_id == office_id)).first() is None:
        raise OfficeNotThere(office=office_id)
