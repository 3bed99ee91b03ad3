"""`kiosk sync`: this node's line to the centre, from the command line, also while the server runs."""

import socket
from typing import Annotated

import typer

from kiosk.core import short
from kiosk.core.clock import utc_now
from kiosk.core.config import settings

sync = typer.Typer(no_args_is_help=True, help="The line to the centre: enrol this computer, see what waits, send now.")
AsJson = Annotated[bool, typer.Option("--json", help="For machines")]


@sync.command()
def enrol(
    code: Annotated[str, typer.Argument(metavar="CODE", help="The code that the centre made: kiosk centre code OFFICE")],
    centre: Annotated[str, typer.Option(help="Where the centre is reached: https://...")],
    name: Annotated[str, typer.Option(help="What the centre calls this computer")] = "",
    again: Annotated[bool, typer.Option("--again", help="Although it is enrolled already")] = False,
) -> None:
    """Make this computer the office's node at a centre; a running server begins to send within seconds."""
    from kiosk.sync import enrolling

    here = settings()
    short.read(here, lambda session: enrolling.refuse_second(session, here.office, again=again))  # before the code is used up
    line = enrolling.ask(
        code=code,
        reached_at=centre,
        office_id=here.office,
        name=name or socket.gethostname(),
        data_dir=here.data_dir,
        ca=here.centre_ca,
        at=utc_now(),
    )
    short.write(here, lambda session: enrolling.keep(session, line, again=again, at=utc_now()))
    typer.echo(f"{here.office}: enrolled at {line.address} as {line.node_id}")
