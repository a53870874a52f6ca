"""The plan: one job for each unit and notebook, and where its results lie."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from varddialog.config import Project
from varddialog.errors import DataError, Fault
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Dimension
from varddialog.model.parameters import check_parameters
from varddialog.model.units import Unit


@dataclass(frozen=True)
class Job:
    """One notebook for one unit. `folder` is the unit's output folder."""

    unit: Unit
    dimension: Dimension
    cycle: str
    source: Path
    folder: Path

    @property
    def key(self) -> str:
        """Names the job in run.json and in messages: `12-skane/2-kvalitet-i-tjansterna`."""
        return f"{self.unit.folder}/{self.dimension.notebook}"

    @property
    def parameters(self) -> dict[str, str]:
        return {"region": self.unit.folder, "cycle": self.cycle}

    @property
    def notebook(self) -> Path:
        """The rendered notebook."""
        return self.folder / f"{self.dimension.notebook}.ipynb"

    @property
    def report(self) -> Path:
        return self.folder / f"{self.dimension.notebook}.html"

    @property
    def failed_notebook(self) -> Path:
        """Where a run that failed leaves its notebook, beside the last good one."""
        return self.folder / f"{self.dimension.notebook}.misslyckad.ipynb"


def plan(
    project: Project,
    catalogue: Catalogue,
    cycle: str,
    output: Path,
    units: Iterable[Unit],
    dimensions: Iterable[Dimension],
) -> list[Job]:
    """Every job for the units and dimensions, parameters checked, in the order of the framework.

    Raises UsageError for unknown names, DataError when a notebook is missing.
    """
    catalogue.cycle(cycle)
    chosen = list(dimensions)
    jobs = [
        Job(unit, d, cycle, project.notebooks / f"{d.notebook}.ipynb", output / cycle / unit.folder)
        for unit in units
        for d in chosen
    ]
    missing = sorted({job.source for job in jobs if not job.source.is_file()})
    if missing:
        raise DataError(*(Fault("Notebooken saknas.", project.show(p), todo="Återställ den ur git.") for p in missing))
    for job in jobs:
        check_parameters(job.parameters, job.dimension.notebook)
    return jobs
