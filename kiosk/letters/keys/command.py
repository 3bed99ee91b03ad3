"""`kiosk keys`: the office's signing keys and whom verifiers trust."""

import typer

keys = typer.Typer(no_args_is_help=True, help="Signing keys and the trust list.")
