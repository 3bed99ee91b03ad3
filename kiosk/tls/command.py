"""`kiosk tls`: the office's authority and the node's certificate, from the command line."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer

from kiosk.core.clock import utc_now
from kiosk.core.config import Settings, settings
from kiosk.tls.errors import NoCertificate, NoPassphrase

VARIABLE = "KIOSK_TLS_PASSPHRASE"
tls = typer.Typer(no_args_is_help=True, help="HTTPS in the office: authority, certificate, renewal.")
Hosts = Annotated[list[str] | None, typer.Option("--host", help="Name or private address of this node, the main one first; repeatable")]
Secret = Annotated[Path | None, typer.Option("--passphrase-file", help=f"File with the passphrase; else {VARIABLE}, else you are asked")]


def _passphrase(file: Path | None, *, new: bool) -> str:
    """From a file, the environment or the keyboard; never an argument, which every user of the machine could read."""
    if file is not None:
        return file.read_text().rstrip("\r\n")
    if given := os.environ.get(VARIABLE):
        return given
    if not sys.stdin.isatty():
        raise NoPassphrase(variable=VARIABLE)
    return str(typer.prompt("Passphrase of the authority", hide_input=True, confirmation_prompt=new))


@tls.command()
def authority(
    export: Annotated[Path, typer.Option(help="Folder on a removable disk, for the key of the authority")],
    name: Annotated[str, typer.Option(help="What tablets show as its name")] = "",
    host: Hosts = None,
    passphrase_file: Secret = None,
    replace: Annotated[bool, typer.Option("--replace", help="Make another one; every tablet must be set up again")] = False,
) -> None:
    """Make the office's authority and this node's first certificate; the authority's key goes to the removable folder only."""
    from kiosk.tls import rules, service, store
    from kiosk.tls.machine import found

    here = settings()
    hosts = rules.hosts(host or found())
    store.removable(export, here.data_dir)  # before anybody is asked for a passphrase
    service.make_authority(
        folder=export,
        data_dir=here.data_dir,
        hosts=hosts,
        name=name or f"Kios PTSP {here.office} {utc_now():%Y-%m}",
        passphrase=_passphrase(passphrase_file, new=True),
        now=utc_now(),
        replace=replace,
    )
    typer.echo(f"The key of the authority is in {export} and not on this computer. Keep that disk and its passphrase apart, in a safe.")
    if store.same_disk(export, here.data_dir):
        typer.echo(f"WARNING: {export} is on this computer's own disk. Move both files to a removable one now.", err=True)
    _told(here)


@tls.command()
def renew(
    folder: Annotated[Path, typer.Option("--from", help="Folder that holds the authority's key")],
    host: Hosts = None,
    passphrase_file: Secret = None,
) -> None:
    """Make a new certificate for this node with the authority's key; served after the next start."""
    from kiosk.tls import rules, service, store

    here = settings()
    hosts = rules.hosts(host) if host else None
    store.read_authority(store.removable(folder, here.data_dir))
    passphrase = _passphrase(passphrase_file, new=False)
    service.renew(folder=folder, data_dir=here.data_dir, hosts=hosts, passphrase=passphrase, now=utc_now())
    _told(here)


@tls.command()
def use(
    cert: Annotated[Path, typer.Option(help="PEM: this node's certificate, then what signed it")],
    key: Annotated[Path, typer.Option(help="PEM: its private key, without a passphrase")],
) -> None:
    """Serve with a certificate of a public authority."""
    from kiosk.tls import service

    here = settings()
    service.use(cert=cert, key=key, data_dir=here.data_dir, now=utc_now())
    _told(here)


@tls.command()
def status() -> None:
    """Names, issuer, days left, and the fingerprint that a tablet must show too."""
    _told(settings())


def _told(here: Settings) -> None:
    from kiosk.tls import service, store

    chain = store.read_node(here.data_dir)
    if chain is None:
        raise NoCertificate()
    report = service.report(chain, utc_now())
    left = f"{report.days} days left" if report.days >= 0 else "OVER"
    typer.echo(f"names        {', '.join(report.hosts)}")
    typer.echo(f"issuer       {report.issuer}")
    typer.echo(f"valid        {report.not_before:%Y-%m-%d} to {report.not_after:%Y-%m-%d} ({left})")
    typer.echo(f"certificate  {report.own_fingerprint}")
    if report.fingerprint:
        typer.echo(f"authority    {report.fingerprint}  (until {report.authority_until:%Y-%m-%d})")
        typer.echo("             compare with what a tablet shows at /setup")
    else:
        typer.echo("authority    a public one: tablets need no setup")
    typer.echo("A running node serves it after its next start." if here.tls == "auto" else "KIOSK_TLS=off: HTTPS is not served.")
