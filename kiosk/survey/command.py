"""`kiosk survey`: the report and the import of older answers, also while the server runs."""

import json
from datetime import datetime
from typing import Annotated, Any

import typer

from kiosk.core import short
from kiosk.core.config import settings
from kiosk.survey import summary as summaries
from kiosk.survey.index import ranked
from kiosk.survey.questionnaire import questionnaire
from kiosk.survey.scope import Period, Scope

survey = typer.Typer(no_args_is_help=True, help="The satisfaction survey: its report, and answers from before.")


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
) -> None:
    """The index of a period, printed or written to files."""
    here = settings()
    scope = Scope(here.office, Period(first.date(), last.date()), service=service)
    made = short.read(here, lambda s: summaries.summary(s.connection(), scope, weight=weight, applicants=applicants))
    if as_json:
        typer.echo(json.dumps(summaries.as_json(made), ensure_ascii=False))
    else:
        _print(made)


def _print(made: summaries.Summary) -> None:
    found, period = made.result, made.scope.period
    typer.echo(f"{made.scope.office_id}, {period.first} to {period.last}{f', {made.scope.service}' if made.scope.service else ''}")
    typer.echo(f"answers: {found.n}\nindex:   {found.index or '-'}\ngrade:   {found.grade or '-'}\nweight:  {found.weight}")
    if made.applicants is not None:
        typer.echo(f"sample:  {made.needed} of {made.applicants} applicants, {made.missing} missing")
    for key in ranked(made.sums, made.scheme):
        one = found.elements[key]
        typer.echo(f"  {one.mean}  {one.grade or '-'}  {_names().get(key, key)} ({one.n})")
    if made.apart:
        typer.echo(f"{made.apart} answers of the older scheme lie in this period too; they are not counted here.", err=True)


def _names() -> dict[str, str]:
    return {element.key: element.name.en for element in questionnaire().elements}
