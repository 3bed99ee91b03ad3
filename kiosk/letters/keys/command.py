"""`kiosk keys`: the office's signing keys and whom verifiers trust."""

from datetime import UTC, datetime
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kiosk.core import short
from kiosk.core.clock import utc_now
from kiosk.core.config import settings
from kiosk.core.files import ANYBODY, write_whole
from kiosk.letters.keys import asking
from kiosk.letters.keys.asking import Compared, Secret, Yes
from kiosk.letters.keys.errors import BadOption
from kiosk.letters.keys.passphrases import ask
from kiosk.letters.keys.root_command import root_words

if TYPE_CHECKING:  # the command starts fast: keys are loaded where they are needed
    from kiosk.letters.trust.bundle import Bundle

keys = typer.Typer(no_args_is_help=True, help="Signing keys and the trust list.")
keys.registered_commands += root_words.registered_commands


class Purpose(StrEnum):
    """What a key signs."""

    letters = "letters"
    node = "node"


Days = Annotated[int, typer.Option(min=1, max=3660, help="How long it signs")]
For = Annotated[Purpose, typer.Option(help="letters: signs letters; node: signs revocations and heads of the log")]
Ask = Annotated[Path | None, typer.Option("--request", help="File or folder for the request; beside the key unless given")]
Host = Annotated[
    str | None,
    typer.Option(help="Where the office's letters are checked; KIOSK_LETTER_HOST, else the host of KIOSK_PUBLIC_URL, unless given"),
]
Library = Annotated[Path | None, typer.Option("--token-library", help="PKCS #11 library: the key is made in a token")]
Token = Annotated[str, typer.Option("--token", help="Label of the token")]
OtherRoot = Annotated[Path | None, typer.Option("--root", help="The folder of a root instead of this node")]


@keys.command("rotate", help="Make a key that takes the place of those in use: they sign for seven days more once the root has answered.")
@keys.command("new", help="Make a key on this node, or in a token, and the request that the root answers.")
def make_key(
    context: typer.Context,
    *,
    purpose: For,
    days: Days,
    request: Ask = None,
    host: Host = None,
    library: Library = None,
    token: Token = "",
    passphrase_file: Secret = None,
) -> None:
    """One key and its request; `rotate` names in it the keys that it takes the place of."""
    from kiosk.letters.keys import shelf
    from kiosk.letters.keys.requests import SUFFIX, read
    from kiosk.letters.trust.bundle import fingerprint
    from kiosk.sync.outbox import record

    here = settings()
    if bool(library) != bool(token):
        raise BadOption(name="--token", value=token or "empty", reason="a token has a --token-library and a label")
    office = shelf.Office(here.office, asking.office_name(here, ""), asking.check_host(here, host))
    older = shelf.in_use(here.data_dir, purpose) if context.info_name == "rotate" else ()
    wanted = shelf.Wanted(office, purpose, days, older)
    if library:
        from kiosk.letters.keys.files import keys_folder
        from kiosk.letters.keys.token import open_token

        opened = open_token(library, token, ask("PIN of the token", file=passphrase_file), folder=keys_folder(here.data_dir))
        made, content = shelf.make_on_token(here.data_dir, wanted, opened, library, utc_now())
    else:
        passphrase = ask(f"Passphrase for the new key ({purpose})", file=passphrase_file, new=True)
        made, content = shelf.make(here.data_dir, wanted, passphrase, utc_now())
    name = made.file.with_suffix(SUFFIX)
    target = request / name.name if request and request.is_dir() else request or name
    write_whole(target, content, mode=ANYBODY)
    body = {"key": made.kid, "purpose": purpose, "in_token": bool(library), "replaces": list(older)}
    short.write(here, lambda s: record(s, office_id=here.office, kind="key.made", body=body, actor="cli", at=utc_now()))
    typer.echo(f"The key {made.kid} ({purpose}) is made. Take {target} to the root: kiosk keys certify --root FOLDER {target.name}")
    typer.echo(f"It shows this fingerprint there:\n{asking.shown(fingerprint(read(target).public))}")


@keys.command("list")
def list_keys(root: OtherRoot = None) -> None:
    """The keys of this node, the roots it trusts, their lists, and the revocations that are here; or what a root's list holds."""
    from kiosk.letters.keys import listing

    here = settings()
    lines = listing.of_root(root) if root else short.read(here, lambda s: listing.of_node(s, here, utc_now()))
    typer.echo("\n".join(lines))


@keys.command()
def pin(
    file: Annotated[Path | None, typer.Argument(metavar="[FILE]", help="root.trust of its folder, or a file of export-trust")] = None,
    fingerprint: Compared = "",
    remove: Annotated[str, typer.Option(help="Trust this root no longer: 16 digits or more of its fingerprint")] = "",
    yes: Yes = False,
) -> None:
    """Trust a root, after its fingerprint was compared with what its owner says; lists in the file are taken in too."""
    from kiosk.letters.trust import bundle, service

    here = settings()
    facts: dict[str, Any] = {"office_id": here.office, "at": utc_now(), "by": "cli"}
    if remove:
        name = short.write(here, lambda s: service.remove_root(s, beginning=remove.lower(), **facts))
        typer.echo(f"{name} is no longer trusted")
        return
    if file is None:
        raise BadOption(name="FILE", value="empty", reason="name a file with a root, or --remove and a fingerprint")
    given = bundle.read(file)
    for root in given.roots:
        scope = f"the office {root.office} alone" if root.office else "EVERY office"
        typer.echo(f"{root.name}, which may speak for {scope}. Its fingerprint:")
        asking.confirm("Is this the fingerprint that its owner told you?", bundle.fingerprint(root.public), given=fingerprint, yes=yes)
        short.write(here, partial(service.pin_root, root=root, **facts))
        typer.echo(f"{root.name} is trusted from now on")
    _take_in(given)


@keys.command("export-trust")
def export_trust(file: Path, root: OtherRoot = None) -> None:
    """Write roots, trust lists and revocations into a file, for a stick."""
    from kiosk.letters.keys.root import face_of
    from kiosk.letters.trust import bundle, service

    if not file.parent.is_dir():
        raise BadOption(name="FILE", value=file, reason="its folder is not there: plug in the flash drive")
    here = settings()
    content = face_of(root)[0] if root else short.read(here, lambda s: service.messages_of(s, here.office))
    target = file / f"{here.office}{bundle.SUFFIX}" if file.is_dir() else file
    write_whole(target, bundle.encode(content), mode=ANYBODY)
    typer.echo(f"{target}: {len(content.lists)} lists, {len(content.revocations)} offices' revocations")


@keys.command("import-trust")
def import_trust(
    file: Annotated[Path, typer.Argument(help="A .trust file, or a folder with such files")],
    root: OtherRoot = None,
) -> None:
    """Take in lists, revocations and certificates from a stick: what is proved and not older than what is here."""
    from kiosk.letters.keys import revoking
    from kiosk.letters.trust import bundle

    files = sorted(file.glob(f"*{bundle.SUFFIX}")) if file.is_dir() else [file]
    if not files:
        raise BadOption(name="FILE", value=file, reason=f"there is no {bundle.SUFFIX} file in this folder")
    for one in files:
        typer.echo(one)
    given = bundle.joined([bundle.read(one) for one in files])
    if root:
        typer.echo("taken into the root" if revoking.catch_up(root, given) else "nothing new for the root")
    else:
        _take_in(given)


@keys.command()
def publish(passphrase_file: Secret = None) -> None:
    """Sign the office's revocations anew, for seven days: what a running node does daily when it has the passphrase."""
    from kiosk.letters.keys.opening import chosen, open_key
    from kiosk.letters.trust import publishing, service

    here, now = settings(), utc_now()
    known = short.read(here, lambda s: service.knowledge_of(s, here.office))
    chosen(here, Purpose.node, now, known)
    passphrase = ask("Passphrase of the node's key", file=passphrase_file)
    opened = open_key(here, Purpose.node, passphrase, now=now, knowledge=known)
    message = short.write(here, lambda s: publishing.publish_again(s, here.office, opened.signer, now))
    typer.echo(f"{here.office}: revocations are signed ({len(message)} bytes), fresh until {now + publishing.VALID:%Y-%m-%d}")


def _take_in(given: "Bundle") -> None:
    """Raises the first refusal, when nothing of it was of use."""
    from kiosk.letters.keys import taking

    here = settings()
    done = short.write(here, lambda s: taking.take_in(s, here.data_dir, here.office, given, utc_now()))
    typer.echo(f"{done.new} new, {done.here} here already, {len(done.refused)} refused")
    for key in done.keys:
        until = certificate.not_valid_after_utc if (certificate := key.certificate()) else datetime.now(UTC)
        typer.echo(f"The key {key.kid} ({key.purpose}) signs until {until:%Y-%m-%d}")
    if done.refused and not (done.new or done.here):
        raise done.refused[0]
    for refused in done.refused:
        typer.echo(f"{refused.code}: {refused}", err=True)
