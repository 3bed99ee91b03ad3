"""`kiosk letters`: issue, finish, revoke, list, check the log; also while the server runs."""

import sys
from collections.abc import Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from kiosk.core import short
from kiosk.core.clock import utc_now
from kiosk.core.config import settings
from kiosk.letters.command import letters
from kiosk.letters.keys import opening, passphrases
from kiosk.letters.keys.opening import OpenedKey
from kiosk.letters.register import batch, entering, files, issuing, log, rows, rules, service, whole
from kiosk.letters.register.batch import Wanted
from kiosk.letters.register.errors import NotWhole, OutMissing
from kiosk.letters.register.issuing import Desk
from kiosk.letters.trust.service import knowledge_of
from kiosk.letters.trust.trust_list import LETTERS, NODE

MANY = 100_000


class Reason(StrEnum):
    """Why a letter does not hold any more."""

    unspecified = "unspecified"
    error = "error"
    withdrawn = "withdrawn"
    replaced = "replaced"
    false_statements = "false-statements"


def desk(actor: str = "cli") -> Desk:
    """The office's folder as a place where letters are made, also while the server runs."""
    here = settings()
    return Desk(here, partial(short.write, here), partial(short.read, here), actor)


def _key(purpose: str) -> OpenedKey:
    here, typed = settings(), passphrases.ask(f"Passphrase of the key for {purpose}")
    knowledge = short.read(here, lambda s: knowledge_of(s, here.office))
    return opening.open_key(here, purpose, typed, knowledge=knowledge)


@letters.command()
def issue(
    data: Annotated[Path, typer.Option(help="letter.json, a folder of such files, or JSON lines (.jsonl)")],
    out: Annotated[Path, typer.Option(help="The PDF; for many a folder")],
) -> None:
    """Issue one letter or many: numbered, signed, sealed, entered. A batch that was cut off may be started again as it was."""
    wanted = batch.read(data, out)
    folder = out if wanted[0].id else out.parent
    if not folder.is_dir():
        raise OutMissing(folder=folder)
    here, key = desk(), _key(LETTERS)
    if len(wanted) == 1:
        typer.echo(_one(here, wanted[0], key))
        return
    made: list[str] = []
    try:
        with typer.progressbar(wanted, label="Letters", file=sys.stderr) as bar:
            for one in bar:
                made.append(_one(here, one, key))
    finally:  # after the bar, which has its line for itself; also what was made before a fault
        for line in made:
            typer.echo(line)


def _one(here: Desk, wanted: Wanted, key: OpenedKey) -> str:
    made = issuing.issue_letter(here, wanted.letter, key, letter_id=wanted.id)
    files.keep(wanted.out, files.read(made.path))
    return f"{made.number}\t{wanted.out}"


@letters.command()
def finish() -> None:
    """Seal what was cut off between its number and its seal, with the number and the date that it has."""
    here = desk()
    waiting = issuing.unfinished(here)
    if not waiting:
        typer.echo("every letter is finished")
        return
    key = _key(LETTERS)
    for letter_id in waiting:
        if made := issuing.finish(here, letter_id, key):
            typer.echo(f"{made.number}\t{made.path}")


@letters.command("give-up")
def give_up(number: str, why: Annotated[str, typer.Option(help="What the register says about the gap")]) -> None:
    """Give up a number whose letter was never sealed. Nobody gets it again."""
    here = settings()

    def job(session: Any) -> None:
        row = rows.by_its_number(session, here.office, number)
        entering.give_up(session, office_id=here.office, letter_id=row.id, reason=why.strip()[:300], actor="cli", now=utc_now())

    short.write(here, job)
    typer.echo(f"{number}: given up")


@letters.command()
def revoke(
    number: str,
    reason: Annotated[Reason, typer.Option(help="Why it does not hold any more")],
    by: Annotated[str, typer.Option(help="With --reason replaced: the number of the letter that replaces it")] = "",
) -> None:
    """Revoke a letter, for good, and publish it: whoever checks it sees the reason and the date."""
    here, key = settings(), _key(NODE)
    why = list(Reason).index(reason)
    given: dict[str, Any] = {"office_id": here.office, "number": number, "reason": why, "successor": by, "actor": "cli"}
    short.write(here, lambda s: service.revoke(s, now=utc_now(), signer=key.signer, **given))
    typer.echo(f"{number}: revoked")


@letters.command("list")
def list_letters(
    words: Annotated[str, typer.Option(help="A part of the number or of the name")] = "",
    unfinished: Annotated[bool, typer.Option("--unfinished", help="Only what is not finished")] = False,
) -> None:
    """List the letters, the newest first: serial, state, date, number, holder; gaps with their reason."""
    here = settings()
    found = short.read(here, lambda s: service.letters(s, office_id=here.office, words=words, most=MANY))
    for row in found.rows:
        if row.state == rules.RESERVED or not unfinished:
            said = "not finished" if row.state == rules.RESERVED else row.state
            typer.echo(f"{row.serial:>6}  {said:<12}  {row.day:<10}  {row.number or '-'}  {row.name or row.note}")


@letters.command("log")
def show_log(
    check: Annotated[bool, typer.Option("--check", help="Check chain, register and files; status 0 only when all is whole")] = False,
) -> None:
    """Print the issuance log, or check it: position, serial, key, hash, number."""
    here = settings()
    if check:
        found = short.read(here, lambda s: whole.check(s, here.office, here.data_dir))
        _tell(found)
        head = short.read(here, lambda s: log.head(s, here.office))
        typer.echo(f"whole: {head.position} letters, head {head.hash}")
        return
    for line in short.read(here, lambda s: log.lines(s, here.office)):
        typer.echo(f"{line.position:>6}  {line.serial:>6}  {line.key}  {line.hash[:16]}  {line.number}")


def _tell(found: Sequence[tuple[int, str]]) -> None:
    for position, what in found:
        typer.echo(f"{position or '-'}: {what}", err=True)
    if found:
        raise NotWhole(count=len(found))
