"""What the web tool is made of: every assessment of the country, and which reports lie in the cycle's folder."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from varddialog.assessment.across import Across, across
from varddialog.assessment.assess import Assessment
from varddialog.assessment.ground import Ground, ground
from varddialog.assessment.overview import Country, whole_country
from varddialog.assessment.results import Result
from varddialog.batch.plan import Job
from varddialog.batch.record import RunRecord
from varddialog.config import project
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.model.framework import Area, Dimension
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit
from varddialog.pack.glue import read_glued

# the ground and its assessments, which the method page and the other pages share
_kept: list[tuple[Ground, Country]] = []


def assessed(cycle: str) -> tuple[Ground, Country]:
    """The project's ground in a cycle and every assessment on it, made once as long as the ground is the same."""
    on = ground(project(), cycle)
    if not _kept or _kept[0][0] is not on:
        _kept[:] = [(on, whole_country(on))]
    return _kept[0]


@dataclass(frozen=True)
class Cell:
    """One report of one unit: whether it is made, and whether the last run failed."""

    job: Job
    made: bool
    failed: bool

    @classmethod
    def of(cls, job: Job, record: RunRecord) -> Cell:
        known = record.jobs.get(job.key)
        made = job.report_page.is_file() and job.notebook.is_file()
        return cls(job, made, bool(known and known.failure))

    @cached_property
    def glued(self) -> Mapping[str, Any] | None:
        """What the notebook glued."""
        return glued_in(self.job.notebook) if self.made else None

    @property
    def results(self) -> list[Mapping[str, Any]]:
        """The glued rows of the report's own indicators."""
        return list(self.glued["results"]) if self.glued else []

    @cached_property
    def shown(self) -> frozenset[tuple[str, str]]:
        """Indicator and sex of every card of the report."""
        return frozenset((row["indicator"], row["sex"]) for row in self.results)


def glued_in(notebook: Path) -> Mapping[str, Any] | None:
    """What a rendered notebook glued; None where it cannot be read, which makes no other page wrong."""
    try:
        return read_glued(notebook)
    except (OSError, json.JSONDecodeError, KeyError):
        return None


@dataclass(frozen=True)
class Place:
    """Where an indicator stands in the framework. dimension: None for the context."""

    dimension: Dimension | None
    area: Area


@dataclass(frozen=True)
class Whole:
    """The country's assessments beside the reports that are made. cells: unit code → its reports."""

    on: Ground
    country: Country
    cycle: Cycle
    cells: Mapping[str, Sequence[Cell]]

    @property
    def catalogue(self) -> Catalogue:
        return self.on.catalogue

    @cached_property
    def places(self) -> dict[str, Place]:
        """Indicator id → where it stands, for every indicator with figures, in the order of the framework."""
        framework = self.catalogue.framework
        leaves: list[tuple[Dimension | None, Area]] = [(d, leaf) for d in framework.dimensions for leaf in d.leaves()]
        leaves += [(None, leaf) for leaf in framework.context.leaves()]
        found = {}
        for dimension, leaf in leaves:
            for indicator in self.catalogue.areas.get(leaf.slug, ()):
                rows = self.on.material.observations.get(indicator.id)
                if indicator.gap is None and indicator.duplicate_of is None and rows:
                    found[indicator.id] = Place(dimension, leaf)
        return found

    def of_area(self, area: Area) -> list[Indicator]:
        """The area's indicators with figures."""
        mine = self.catalogue.areas.get(area.slug, ())
        return [i for i in mine if i.id in self.places and self.places[i.id].area == area]

    @cached_property
    def assessments(self) -> dict[str, dict[str, dict[str, Assessment]]]:
        """Indicator id → anchor → unit code → assessment, for those with a value."""
        found: dict[str, dict[str, dict[str, Assessment]]] = {}
        for a in self.country.assessments:
            if a.result is not None:
                found.setdefault(a.indicator.id, {}).setdefault(a.result.anchor, {})[a.unit.code] = a
        return found

    @cached_property
    def across(self) -> dict[str, Across]:
        """Anchor → the indicator in the whole country, where it may be shown so."""
        return across(self.country.assessments, self.catalogue.units)

    def results(self, indicator: Indicator) -> dict[str, dict[str, Result]]:
        """Anchor → unit code → result; also of the context, which is not assessed."""
        found: dict[str, dict[str, Result]] = {}
        for unit in self.catalogue.units.all:
            for result in self.on.material.results(indicator, unit):
                found.setdefault(result.anchor, {})[unit.code] = result
        return found

    @cached_property
    def _by_job(self) -> dict[tuple[str, int], Cell]:
        return {(code, c.job.dimension.number): c for code in self.cells for c in self.of_dimensions(code)}

    def of_dimensions(self, code: str) -> list[Cell]:
        """The unit's reports on the dimensions, made or not."""
        return of_dimensions(self.cells.get(code, ()))

    def cell(self, unit: Unit, dimension: Dimension) -> Cell | None:
        return self._by_job.get((unit.code, dimension.number))

    def card(self, result: Result) -> str:
        """The address of the result's card in its report, from the cycle's folder; empty where it is not made."""
        dimension = self.places[result.indicator.id].dimension
        cell = self.cell(result.unit, dimension) if dimension else None
        if cell is None or (result.indicator.id, result.sex) not in cell.shown:
            return ""
        return f"{result.unit.folder}/{cell.job.report_page.name}#{result.anchor}"

    def has_cover(self, unit: Unit) -> bool:
        """Whether the unit has any report, and so a page of its own."""
        return any(cell.made for cell in self.cells.get(unit.code, ()))


def of_dimensions(cells: Iterable[Cell]) -> list[Cell]:
    """Those that are about a dimension."""
    return [cell for cell in cells if cell.job.report.dimension]


def cells_by_unit(jobs: Iterable[Job], record: RunRecord) -> dict[str, list[Cell]]:
    """Unit code → its reports, made or not, in the order of the jobs."""
    cells: dict[str, list[Cell]] = {}
    for job in jobs:
        cells.setdefault(job.unit.code, []).append(Cell.of(job, record))
    return cells


def whole(cells: Mapping[str, Sequence[Cell]], catalogue: Catalogue, cycle: str) -> Whole:
    """Everything as it is now."""
    on, country = assessed(cycle)
    return Whole(on, country, catalogue.cycle(cycle), cells)
