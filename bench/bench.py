"""What a build costs: one table, every row a ratio of two things measured in the same run.

Run as `make bench`, or `python bench/bench.py --units 2` for more of the country.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from varddialog.config import Project, project
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.model.units import Unit


def seconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def stock(here: Project, catalogue: Catalogue, units: list[Unit], folder: Path) -> None:
    """The stock commands, one notebook at a time: papermill, then nbconvert."""
    tools = Path(sys.executable).parent
    for unit in units:
        for dimension in catalogue.framework.dimensions:
            source, target = (
                here.notebooks / f"{dimension.notebook}.ipynb",
                folder / f"{unit.code}-{dimension.number}.ipynb",
            )
            parameters = here.params / "regions" / f"{unit.folder}.yml"
            run([tools / "papermill", source, target, "-f", parameters, "-k", "python3", "--no-progress-bar"])
            run([tools / "jupyter", "nbconvert", "--to", "html", target])


def build(units: list[Unit], folder: Path) -> None:
    regions = [part for unit in units for part in ("--region", unit.code)]
    run([Path(sys.executable).parent / "varddialog", "build", *regions, "--output", folder])


def run(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, capture_output=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--units", type=int, default=1, help="how many units to measure on (of 22)")
    chosen = parser.parse_args().units
    here = project()
    catalogue = load_catalogue(here)
    units = list(catalogue.units.all[-chosen:])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        slow = seconds(lambda: stock(here, catalogue, units, folder))
        cold = seconds(lambda: build(units, folder / "built"))
        warm = seconds(lambda: build(units, folder / "built"))
    table = Table("What", "Seconds", "Ratio", title=f"{len(units)} × {len(catalogue.framework.dimensions)} reports")
    table.add_row("stock commands, one after the other", f"{slow:.1f}", "1")
    table.add_row("build, nothing there", f"{cold:.1f}", f"{slow / cold:.1f}× faster")
    table.add_row("build, nothing changed", f"{warm:.1f}", f"{slow / warm:.1f}× faster")
    Console(width=100).print(table)


if __name__ == "__main__":
    main()
