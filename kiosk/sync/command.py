"""`kiosk sync`: this node's line to the centre, from the command line, also while the server runs."""

import json
import socket
from typing import Annotated, Any

import typer
from sqlmodel import Session

from kiosk.core import short
from kiosk.core.clock import utc_now
from kiosk.core.config import settings

sync = typer.Typer(no_args_is_help=True, help="The line to the centre: enrol this computer, see what waits, send and fetch now.")
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


@sync.command()
def status(as_json: AsJson = False) -> None:
    """How the line stands: state, centre, last contact (UTC), what waits, versions from the centre in use, what to do."""
    here = settings()
    _show(short.read(here, lambda session: _standing(session, here.office)), as_json)


@sync.command()
def now(as_json: AsJson = False) -> None:
    """Send to the centre at once, until nothing is left, and fetch what it has; ends with status 0 only when all went well."""
    from kiosk.sync.by_hand import speak

    here = settings()
    outcome = speak(here)
    if outcome.error is not None:
        raise outcome.error
    told = short.read(here, lambda session: _standing(session, here.office))
    _show({"sent": outcome.sent, "fetched": outcome.fetched, **told}, as_json)


@sync.command()
def pending(as_json: AsJson = False) -> None:
    """What waits for the centre, by kinds: how many, since when (UTC)."""
    from kiosk.sync import enrolling, standing

    here = settings()

    def read(session: Session) -> list[dict[str, Any]]:
        enrolling.enrolled(session, here.office)
        return [vars(one) for one in standing.waiting(session, here.office)]

    rows = short.read(here, read)
    if as_json:
        typer.echo(json.dumps(rows))
        return
    for row in rows:
        typer.echo(f"{row['count']:>7}  {row['kind']:<28} since {row['since'][:16]}")
    typer.echo(f"{sum(row['count'] for row in rows):>7}  in all")


def _standing(session: Session, office_id: str) -> dict[str, Any]:
    from kiosk.sync import enrolling, feed, standing
    from kiosk.sync.noting import TO_DO

    line = enrolling.enrolled(session, office_id)
    return {
        "state": line.state,
        "centre": line.reached_at,
        "node": line.node_id,
        "last_contact": line.last_contact_at,
        "last_try": line.last_try_at,
        "durable": f"{line.epoch}.{line.seq}",
        "waiting": standing.backlog(session, office_id),
        "topics": feed.in_force(session, office_id),
        "code": line.code,
        "message": line.message,
        "to_do": TO_DO[line.state],
    }


def _show(facts: dict[str, Any], as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(facts, ensure_ascii=False))
        return
    for name, value in facts.items():
        told = ", ".join(f"{topic} {version}" for topic, version in value.items()) if isinstance(value, dict) else value
        if told not in {"", None}:
            typer.echo(f"{name.replace('_', ' '):<13} {told}")
