"""`kiosk survey`: the report and the import of older answers, also while the server runs."""

import json
import sys
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from kiosk.core import office, short
from kiosk.core.clock import business_date, utc_now
from kiosk.core.config import settings
from kiosk.core.files import write_whole
from kiosk.survey import archive, files, importing, tally
from kiosk.survey import summary as summaries
from kiosk.survey.errors import RowsWrong
from kiosk.survey.index import ranked
from kiosk.survey.questionnaire import questionnaire
from kiosk.survey.scope import Period, Scope
from kiosk.survey.written import documents

survey = typer.Typer(no_args_is_help=True, help="The satisfaction survey: its report, and answers from before.")
SHOWN_ROWS, SHOWN_WRONG = 5, 200


def _day(name: str, told: str) -> Any:
    return typer.Option(name, formats=["%Y-%m-%d"], metavar="YYYY-MM-DD", help=told)


@survey.command()
def report(  # noqa: PLR0917 (typer reads the options from here)
    first: Annotated[datetime, _day("--from", "First day")],
    last: Annotated[datetime, _day("--to", "Last day")],
    service: Annotated[str | None, typer.Option(help="Id of one service")] = None,
    weight: Annotated[str | None, typer.Option(help="1/9, 0.11 or 0.111 instead of the office's own")] = None,
    applicants: Annotated[int | None, typer.Option(min=0, help="Applicants of the period, for the sample")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="For machines: exact, for the office's own use")] = False,
    pdf: Annotated[Path | None, typer.Option(help="Write the report as PDF, fit to be published")] = None,
    xlsx: Annotated[Path | None, typer.Option(help="Write its tables for a spreadsheet, fit to be published")] = None,
    csv: Annotated[Path | None, typer.Option(help="The same tables as text")] = None,
    with_suggestions: Annotated[bool, typer.Option("--with-suggestions", help="Add them to tables, for the office alone")] = False,
) -> None:
    """The index of a period: printed, as JSON, and written to files."""
    here = settings()
    scope = Scope(here.office, Period(first.date(), last.date()), service=service)
    asked: dict[str, Any] = {"weight": weight, "applicants": applicants}
    wanted = {kind: file for kind, file in (("pdf", pdf), ("xlsx", xlsx), ("csv", csv)) if file is not None}
    for kind, file in wanted.items():
        making = partial(documents.make, scope=scope, kind=kind, now=utc_now(), suggestions=with_suggestions, **asked)
        write_whole(file, short.read(here, making), mode=None)
        typer.echo(f"{file}: written", err=True)
    if as_json or not wanted:
        _show(short.read(here, lambda s: summaries.make(s, scope, **asked)), as_json=as_json)


def _show(made: summaries.Summary, *, as_json: bool) -> None:
    if as_json:
        typer.echo(json.dumps(summaries.as_json(made), ensure_ascii=False))
    else:
        _print(made)


@survey.command("import")
def import_file(
    file: Path,
    weight: Annotated[str | None, typer.Option(help="The weight that the file's survey had: 1/9, 0.11, 0.111")] = None,
    preview: Annotated[bool, typer.Option("--preview", help="Only look; import nothing")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask, also when these days have imported answers")] = False,
) -> None:
    """Import answers of an older survey (CSV or XLSX): shown first, refused whole when one cell is wrong."""
    here = settings()
    table = files.read(file)
    zone, services = short.read(here, lambda s: (office.get(s, here.office).zone, importing.services_of(s, here.office)))
    found = archive.check(table, services=services, today=business_date(utc_now(), zone))
    weight = importing.fair_weight(found, weight)
    _preview(found, weight)
    if held := short.read(here, lambda s: importing.held(s, here.office, found)):
        typer.echo(f"already: {held} imported answers of these days are here; if this file repeats them, they will count twice")
    if found.wrong:
        raise RowsWrong(count=len(found.wrong))
    asking = sys.stdin.isatty() and not yes
    if preview or (asking and not typer.confirm("Import these answers?")):
        typer.echo("nothing was imported")
        return
    facts: dict[str, Any] = {"office_id": here.office, "name": file.name, "weight": weight, "at": utc_now(), "actor": "cli"}
    facts["again"] = yes or asking  # what the preview said of these days was seen
    kept = short.write(here, lambda s: importing.keep(s, found, **facts))
    tally.renew(here.office, read=partial(short.read, here), write=partial(short.write, here))
    typer.echo(f"{file.name}: {kept.rows} answers are imported")


def _preview(found: archive.Archive, weight: str) -> None:
    days = sorted(one.day for one in found.answers if one.day)
    typer.echo(f"scheme:  {found.scheme.key}, {len(found.scheme.elements)} elements of {weight}\nanswers: {len(found.answers)}")
    if days:
        typer.echo(f"days:    {days[0]} to {days[-1]}")
    if not found.wrong:
        alone = found.result(weight)
        typer.echo(f"index:   {alone.index or '-'} {alone.grade or ''}")
    for one in found.answers[:SHOWN_ROWS]:
        scores = " ".join(str(score or "-") for score in one.scores.values())
        typer.echo(f"  {one.day}  {scores}  {' '.join(filter(None, [*one.profile.values(), one.service]))}")
    for wrong in found.wrong[:SHOWN_WRONG]:
        typer.echo(f"row {wrong.row}{f', {wrong.column}' if wrong.column else ''}: {wrong.why}", err=True)
    if len(found.wrong) > SHOWN_WRONG:
        typer.echo(f"... and {len(found.wrong) - SHOWN_WRONG} more", err=True)


def _print(made: summaries.Summary) -> None:
    found, period = made.result, made.scope.period
    typer.echo(f"{made.scope.office_id}, {period.first} to {period.last}{f', {made.scope.service}' if made.scope.service else ''}")
    typer.echo(f"answers: {found.n}\nindex:   {found.index or '-'}\ngrade:   {found.grade or '-'}\nweight:  {found.weight}")
    if made.applicants:
        typer.echo(f"sample:  {made.needed} of {made.applicants} applicants, {made.missing} missing")
    for key in ranked(made.sums, made.scheme):
        one = found.elements[key]
        typer.echo(f"  {one.mean}  {one.grade or '-'}  {_names().get(key, key)} ({one.n})")
    if made.apart:
        typer.echo(f"{made.apart} answers of the older scheme lie in this period too; they are not counted here.", err=True)


def _names() -> dict[str, str]:
    return {element.key: element.name.en for element in questionnaire().elements}
