"""`kiosk letters verify`: what a letter is worth to this office, also without a running node."""

import json
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from kiosk.core import short
from kiosk.core.clock import utc_now
from kiosk.core.config import settings
from kiosk.core.i18n import Language, language_of, translate
from kiosk.letters.checking import file
from kiosk.letters.checking.limits import MOST_BYTES
from kiosk.letters.checking.reasons import REASONS
from kiosk.letters.checking.texts import FIELDS, REVOCATIONS, SCOPES, told_of
from kiosk.letters.command import letters
from kiosk.letters.trust import service as trust
from kiosk.letters.trust.certified import pinned
from kiosk.letters.trust.judging import Judgement, judge

NOT_THERE = "There is no such file, and it is no text of a code: {given}"


@letters.command()
def verify(
    given: Annotated[str, typer.Argument(metavar="FILE|TEXT", help="A PDF, a picture (PNG, JPEG, WEBP), or the text of a code")],
    as_json: Annotated[bool, typer.Option("--json", help="For machines: the result as docs/letters.md describes it")] = False,
    language: Annotated[str, typer.Option(help="id or en")] = "en",
) -> None:
    """Check a letter. Ends with status 0 only for `valid`: a PDF whose signature, record and pages are all right."""
    here, now = settings(), utc_now()
    data = None if "://" in given else _content(given)
    knowledge = short.read(here, partial(trust.knowledge_of, office_id=here.office))
    at = int(now.timestamp())
    found = judge(given, knowledge, at) if data is None else file.check(data, knowledge, at, certified=pinned(here.signer_certificate))
    typer.echo(json.dumps(found.as_json(), ensure_ascii=False) if as_json else "\n".join(lines(found, language_of(language))))
    if found.verdict != "valid":
        raise typer.Exit(1)


def _content(given: str) -> bytes:
    """The file's bytes, one more than are taken at most. Raises typer.BadParameter (status 2)."""
    try:
        with Path(given).open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except (OSError, ValueError) as fault:
        raise typer.BadParameter(NOT_THERE.format(given=ascii(given[:100]))) from fault


def lines(found: Judgement, language: Language) -> list[str]:
    """The result for a person, line by line."""
    told, as_told = told_of(found.verdict, found.scope), found.as_json()
    shown = [f"{found.verdict}: {translate(told.headline, language)}", f"  {translate(told.lead, language)}"]
    if found.verdict not in {"unreadable", "not_ours"}:
        shown.append(f"  {translate(SCOPES[found.scope], language)}")
    facts = {**(as_told["fields"] or {}), **{name: as_told[name] for name in ("issuer", "key", "trust_as_of", "revocations_as_of")}}
    if "letter_revoked" in found.reasons and found.revoked is not None:
        facts["revoked"] = f"{as_told['revoked']['at'] or '-'}, {translate(REVOCATIONS[found.revoked[1]], language)}"
    labels = {name: f"{translate(label, language)}:" for name, label in FIELDS.items()}
    width = max(map(len, labels.values()))
    shown += [f"  {labels[name]:<{width}} {value}" for name, value in facts.items() if value]
    shown += [f"  - {reason}: {translate(REASONS[reason].headline, language)}" for reason in found.reasons]
    steps = [*dict.fromkeys(step for reason in found.reasons for step in REASONS[reason].steps)] or told.steps
    return [*shown, *(f"  > {translate(step, language)}" for step in steps)]
