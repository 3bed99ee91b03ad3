"""`kiosk letters`: the command to which the rooms of letters add their words."""

import typer

letters = typer.Typer(no_args_is_help=True, help="Letters: issue, check, revoke.")
