"""`kiosk keys root | certify | revoke`: what is done with the root's folder, on any computer, best on one without a line."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.core.clock import utc_now
from kiosk.core.config import Settings, settings
from kiosk.core.files import ANYBODY, write_whole
from kiosk.letters.keys import asking
from kiosk.letters.keys.asking import Compared, RootFolder, RootSecret, Yes
from kiosk.letters.keys.errors import BadOption, DemoRoot
from kiosk.letters.keys.passphrases import ROOT, ask

if TYPE_CHECKING:  # the command starts fast: keys are loaded where they are needed
    from kiosk.letters.keys.root import OpenRoot

root_words = typer.Typer()
QUESTION = "Is this what the other computer shows?"


def _folder(here: Settings, folder: Path) -> tuple[Path, bool]:
    """The folder, and whether it is the demonstration's. Raises as `root_folder`, and `DemoRoot` outside of the demonstration."""
    from kiosk.letters.keys.files import demo_folder, root_folder

    if folder.resolve() != demo_folder(here.data_dir):
        return root_folder(folder, here.data_dir), False
    if not here.demo:
        raise DemoRoot(folder=folder)
    return folder.resolve(), True


@root_words.command("root")
def make_root(
    folder: Annotated[Path, typer.Argument(help="Folder on a removable disk")],
    *,
    office: Annotated[str, typer.Option(help="The one office for which it speaks; KIOSK_OFFICE unless given")] = "",
    all_offices: Annotated[bool, typer.Option("--all-offices", help="It speaks for every office: a province's or the nation's")] = False,
    name: Annotated[str, typer.Option(help="What people see as its name; the office's own unless given")] = "",
    host: Annotated[str | None, typer.Option(help="Where the office's letters are checked: cek.dinas.go.id")] = None,
    passphrase_file: RootSecret = None,
) -> None:
    """Make an offline root: its key goes to the folder, under a passphrase, and never onto the node."""
    from kiosk.letters.keys import files, root
    from kiosk.letters.trust.bundle import fingerprint
    from kiosk.tls.store import same_disk

    here = settings()
    place = files.root_folder(folder, here.data_dir)
    if all_offices and (office or not name):
        raise BadOption(name="--all-offices", value="given so", reason="a root of every office has a --name and no --office")
    facts: dict[str, Any] = {"name": asking.office_name(here, name), "host": "" if all_offices else asking.check_host(here, host)}
    root.refuse_second(place)
    passphrase = ask("Passphrase of the root", ROOT, file=passphrase_file, new=True)
    made = root.make(place, office=None if all_offices else office or here.office, passphrase=passphrase, now=utc_now(), **facts)
    typer.echo(f"The root of {made.name} is in {place}. Keep that disk and its passphrase apart, in a safe. Its fingerprint:")
    typer.echo(asking.shown(fingerprint(made.public)))
    if here.data_dir.exists() and same_disk(place, here.data_dir):
        typer.echo(f"WARNING: {place} is on this computer's own disk. Move all its files to a removable one now.", err=True)


@root_words.command()
def certify(
    requests: Annotated[list[Path] | None, typer.Argument(metavar="[REQUEST]...", help="From kiosk keys new; none: renew the list")] = None,
    *,
    folder: RootFolder,
    days: Annotated[int | None, typer.Option(min=1, max=3660, help="Other than what the request says")] = None,
    host: Annotated[str | None, typer.Option(help="Where the office's letters are checked, other than what the request says")] = None,
    out: Annotated[Path | None, typer.Option(help="Where the answer goes; beside each request unless given")] = None,
    fingerprint: Compared = "",
    yes: Yes = False,
    passphrase_file: RootSecret = None,
) -> None:
    """Certify keys of nodes (or an office's own root): a new trust list, a certificate each, and the answer to carry back."""
    from kiosk.letters.keys import root
    from kiosk.letters.keys.requests import read
    from kiosk.letters.trust import bundle

    here = settings()
    place, demonstration = _folder(here, folder)
    root.face_of(place)
    wanted = [(one, read(one)) for one in requests or []]
    for _, one in wanted:
        scope = f"{one.purpose} for {one.office} ({one.name}), {days or one.days} days, letters checked at {host or one.host or '-'}"
        typer.echo(f"{scope}; takes the place of {', '.join(kid.hex() for kid in one.replaces) or 'none'}. Fingerprint of the key:")
        asking.confirm(QUESTION, bundle.fingerprint(one.public), given=fingerprint, yes=yes)
    opened = root.open_root(place, ask("Passphrase of the root", ROOT, file=passphrase_file), demonstration=demonstration)
    for _, one in wanted:
        opened = root.certify(opened, one, now=utc_now(), days=days, host=host)
    if not wanted:
        opened = root.publish(opened, opened.content, now=utc_now())
    answer = bundle.encode(opened.face)
    for target in {out} if out else {file.with_name(f"{file.stem}-answer{bundle.SUFFIX}") for file, _ in wanted}:
        write_whole(target, answer, mode=ANYBODY)
        typer.echo(f"the answer is in {target}: {_way_back(target.name, {one.purpose == 'root' for _, one in wanted})}")
    _told(opened)


@root_words.command()
def revoke(
    key: Annotated[str, typer.Argument(metavar="KEY", help="The key's 16 digits, as kiosk keys list shows them")],
    *,
    folder: RootFolder,
    reason: Annotated[str, typer.Option(help="unspecified, compromise, superseded or cessation (RFC 5280)")],
    at: Annotated[str, typer.Option(help="From when on: 2026-11-22T08:00:00+08:00; now unless given")] = "",
    established: Annotated[Path | None, typer.Option(help="Compromised: letters that stay good, from kiosk letters established")] = None,
    out: Annotated[Path | None, typer.Option(help="A file for the new list, beside the root's own")] = None,
    passphrase_file: RootSecret = None,
) -> None:
    """Take a key back: from a moment on, or, when it is compromised, for whatever it signed and nobody established."""
    from kiosk.letters.keys import revoking, root
    from kiosk.letters.trust import bundle

    here = settings()
    place, demonstration = _folder(here, folder)
    if reason not in revoking.REASONS:
        raise BadOption(name="--reason", value=reason, reason=f"it is one of {', '.join(revoking.REASONS)}")
    moment = _moment(at)
    hashes = established.read_bytes() if established else None
    root.face_of(place)
    opened = root.open_root(place, ask("Passphrase of the root", ROOT, file=passphrase_file), demonstration=demonstration)
    facts: dict[str, Any] = {"reason": revoking.REASONS[reason], "at": moment, "now": utc_now()}
    opened = revoking.revoke(opened, key.lower(), established=hashes, **facts)
    if out:
        write_whole(out, bundle.encode(opened.face), mode=ANYBODY)
    typer.echo(f"{key} is revoked ({reason}) from {moment:%Y-%m-%d %H:%M} UTC on. Every node learns it with this list:")
    _told(opened)


def _way_back(name: str, of_root: set[bool]) -> str:
    """Where an answer belongs: to the node whose key it is, into the folder of the root that was certified, or both."""
    node = f"take it to the node, kiosk keys import-trust {name}"
    root = f"take it to the root that asked, kiosk keys import-trust {name} --root FOLDER"
    return "; ".join([*([node] if False in of_root else []), *([root] if True in of_root else [])])


def _moment(text: str) -> datetime:
    """Raises `BadOption`; a time without a zone would be somebody's guess."""
    if not text:
        return utc_now()
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = datetime.max
    if moment.tzinfo is None or moment.year < 1971:
        raise BadOption(name="--at", value=text, reason="a moment is written 2026-11-22T08:00:00+08:00, with its zone")
    return moment.astimezone(UTC)


def _told(opened: "OpenRoot") -> None:
    until = datetime.fromtimestamp(opened.content.next_update, UTC)
    typer.echo(f"list number {opened.content.sequence} of {opened.root.name}, fresh until {until:%Y-%m-%d}: {opened.folder / 'root.trust'}")
