"""What the reports of a cycle have glued, read for the notebooks of the whole country; never the files behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from varddialog.config import Project
from varddialog.errors import DataError, Fault
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Dimension
from varddialog.model.units import Unit
from varddialog.pack.glue import read_glued


@dataclass(frozen=True)
class Scraps:
    """found: unit code and dimension number → what that report glued. missing: reports that are not made."""

    found: Mapping[tuple[str, int], Mapping[str, Any]]
    missing: tuple[tuple[Unit, Dimension], ...]


def read_scraps(here: Project, catalogue: Catalogue, cycle: str) -> Scraps:
    """The scraps of every unit's reports on the dimensions.

    A report that is not made, or that cannot be read, is missing. Raises DataError when all are.
    """
    found: dict[tuple[str, int], Mapping[str, Any]] = {}
    missing = []
    for unit in catalogue.units.all:
        for d in catalogue.framework.dimensions:
            path = here.outputs / cycle / unit.folder / f"{d.notebook}.ipynb"
            try:
                scrap = read_glued(path)
            except (OSError, ValueError, KeyError):
                scrap = None
            if scrap is None:
                missing.append((unit, d))
            else:
                found[unit.code, d.number] = scrap
    if not found:
        todo = "Gör rapporterna först: varddialog build."
        raise DataError(Fault("Inga rapporter är gjorda.", f"outputs/{cycle}", todo=todo))
    return Scraps(found, tuple(missing))
