"""What the commands share: the application, options, the plan of a cycle, the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.table import Column, Table

from varddialog.batch.plan import Job, plan
from varddialog.cli import completion
from varddialog.config import Project
from varddialog.model.catalogue import Catalogue

app = typer.Typer(
    help="Turn open Swedish health statistics into fact packs for the dialogue between state and regions.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
data_app = typer.Typer(
    help="The store: what is there, bringing it up to date, and whether it can be trusted.", no_args_is_help=True
)
app.add_typer(data_app, name="data")

REGION = typer.Option(
    "--region",
    "-r",
    help="A region's name, official name, slug or code; may be repeated.",
    autocompletion=completion.regions,
)
DIMENSION = typer.Option(
    "--dimension", "-d", help="A dimension's number or slug; may be repeated.", autocompletion=completion.dimensions
)
CYCLE = typer.Option(
    "--cycle", "-c", help="The dialogue cycle, a file under params/cycles.", autocompletion=completion.cycles
)
OUTPUT = typer.Option("--output", "-o", file_okay=False, help="Where the results go. Default: outputs/ of the project.")

LOG_WIDTH = 160


def all_jobs(here: Project, catalogue: Catalogue, cycle: str, target: Path) -> list[Job]:
    """Every report of the cycle."""
    return plan(here, catalogue, cycle, target, catalogue.units.all)


def console() -> Console:
    """The terminal's width, or wide lines where there is none, so that tables can be read in a log."""
    return Console(highlight=False, markup=False, width=None if sys.stdout.isatty() else LOG_WIDTH)


def folding_table(*headings: str, **look: Any) -> Table:
    """A table whose long words go on on the next line where a column is narrow; a name that is cut is of no use."""
    return Table(*(Column(heading, overflow="fold") for heading in headings), **look)
