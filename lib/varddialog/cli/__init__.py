"""The command line: parse, call, report. Heavy parts are imported by the command that needs them."""

from __future__ import annotations

import gc
import sys
from typing import Annotated

import typer
from rich.console import Console

from varddialog import __version__
from varddialog.cli import add, assess, build, check, data, records, review, share, update
from varddialog.cli.common import app
from varddialog.errors import UserError

__all__ = ["add", "app", "assess", "build", "check", "data", "main", "records", "review", "share", "update"]

INTERRUPTED = 130  # what typer makes of Ctrl-C


def main() -> None:
    """Entry point: a user error becomes its message and its exit code."""
    # a command makes a million objects that stay, and looking through all of them again and again frees nothing
    gc.set_threshold(20_000)
    debug = "--debug" in sys.argv
    if debug:
        sys.argv.remove("--debug")
    try:
        app()
    except UserError as error:
        if debug:
            raise
        Console(stderr=True, soft_wrap=True, highlight=False, markup=False).print(str(error))
        sys.exit(error.exit_code)
    except SystemExit as stop:
        if stop.code == INTERRUPTED:
            Console(stderr=True).print("Avbrutet. Det som är klart ligger kvar; kör igen för att fortsätta.")
        raise


@app.callback(invoke_without_command=True)
def _root(version: Annotated[bool, typer.Option("--version", help="Show the version and stop.")] = False) -> None:
    """Add --debug to any command to see the traceback of a user error."""
    if version:
        typer.echo(__version__)
        raise typer.Exit
