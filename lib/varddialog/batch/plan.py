"""The plan: one job for each unit and report, and where its results lie."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from varddialog.config import Project
from varddialog.errors import DataError, Fault
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Dimension
from varddialog.model.parameters import check_parameters
from varddialog.model.units import Unit

Kind = Literal["dimension", "fokusområde", "frågor", "arena", "nationell", "slutrapport"]

# which reports must be there before a kind is made, whose results it is made of: those of a lower stage
STAGES: dict[Kind, int] = {"dimension": 0, "fokusområde": 0, "arena": 0, "frågor": 1, "nationell": 2, "slutrapport": 2}


@dataclass(frozen=True)
class Report:
    """One report that a unit can have: the notebook that makes it, and what it is about.

    name: its heading; of_unit: whether the unit's name belongs to it. subject: slug of a focus area or arena.
    """

    kind: Kind
    notebook: str
    name: str
    about: str
    subject: str = ""
    dimension: Dimension | None = None
    of_unit: bool = True

    @property
    def slug(self) -> str:
        """The name of its files, without ending."""
        return f"{self.notebook}-{self.subject}" if self.subject else self.notebook

    @property
    def stage(self) -> int:
        return STAGES[self.kind]


def report_on(dimension: Dimension) -> Report:
    """The report on a dimension, which every unit has."""
    return Report("dimension", dimension.notebook, dimension.name, dimension.question, dimension=dimension)


def reports_of(unit: Unit, catalogue: Catalogue, cycle: str) -> Iterator[Report]:
    """Every report of the unit in the cycle, in the order that readers meet them.

    Those of the dialogue are there when params/ describes its arena; those of the whole country are Riket's.
    """
    for d in catalogue.framework.dimensions:
        yield report_on(d)
    dialogue, about = catalogue.dialogue, catalogue.cycle(cycle)
    for slug in about.focus_areas:
        if focus := dialogue.focus_areas.get(slug):
            yield Report("fokusområde", "fokusomrade", focus.name, focus.why, slug)
    if about.arena not in dialogue.arenas:
        return
    yield Report("frågor", "diskussionsfragor", "Diskussionsfrågor", "Frågor att ta upp i samtalet, med underlag.")
    if unit.is_nation:
        what = "Det som kräver samverkan i hela landet, i ordning."
        yield Report("nationell", "nationell-oversikt", "Nationell översikt", what, of_unit=False)
        what = "Det som kommit fram i samtalen, och den nationella analysen."
        yield Report("slutrapport", "slutrapport", "Slutrapport", what, of_unit=False)
        for arena in dialogue.arenas.values():
            yield Report("arena", "dialoguppfoljning", arena.name, arena.about, arena.slug, of_unit=False)


@dataclass(frozen=True)
class Job:
    """One report of one unit. `folder` is the unit's output folder."""

    unit: Unit
    report: Report
    cycle: str
    source: Path
    folder: Path

    @property
    def key(self) -> str:
        """Names the job in run.json and in messages: `12-skane/2-kvalitet-i-tjansterna`."""
        return f"{self.unit.folder}/{self.report.slug}"

    @property
    def dimension(self) -> Dimension:
        """The dimension that the report is about; only for those that are about one."""
        assert self.report.dimension is not None
        return self.report.dimension

    @property
    def title(self) -> str:
        """The heading of its page."""
        return f"{self.report.name}: {self.unit.official_name}" if self.report.of_unit else self.report.name

    @property
    def parameters(self) -> dict[str, str]:
        about = {"region": self.unit.folder} if self.report.of_unit else {}
        subject = {"fokusområde": "focus_area", "arena": "arena"}.get(self.report.kind)
        return {**about, **({subject: self.report.subject} if subject else {}), "cycle": self.cycle}

    @property
    def notebook(self) -> Path:
        """The rendered notebook."""
        return self.folder / f"{self.report.slug}.ipynb"

    @property
    def report_page(self) -> Path:
        return self.folder / f"{self.report.slug}.html"

    @property
    def failed_notebook(self) -> Path:
        """Where a run that failed leaves its notebook, beside the last good one."""
        return self.folder / f"{self.report.slug}.misslyckad.ipynb"


def plan(
    project: Project,
    catalogue: Catalogue,
    cycle: str,
    output: Path,
    units: Iterable[Unit],
    dimensions: Iterable[Dimension] | None = None,
) -> list[Job]:
    """Every job of the units, parameters checked, in the order of their reports. dimensions: only the reports on them.

    Raises UsageError for unknown names, DataError when a notebook is missing.
    """
    catalogue.cycle(cycle)
    numbers = None if dimensions is None else {d.number for d in dimensions}
    jobs = [
        Job(unit, report, cycle, project.notebooks / f"{report.notebook}.ipynb", output / cycle / unit.folder)
        for unit in units
        for report in reports_of(unit, catalogue, cycle)
        if numbers is None or (report.dimension and report.dimension.number in numbers)
    ]
    missing = sorted({job.source for job in jobs if not job.source.is_file()})
    if missing:
        raise DataError(*(Fault("Notebooken saknas.", project.show(p), todo="Återställ den ur git.") for p in missing))
    for job in jobs:
        check_parameters(job.parameters, job.report.notebook)
    return jobs
