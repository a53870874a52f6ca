"""The index pages, one for the country and one for each unit, made from the glued results alone; the method page."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from varddialog.assessment.ground import ground
from varddialog.assessment.overview import whole_country
from varddialog.batch.plan import Job
from varddialog.batch.record import RunRecord, write_atomic
from varddialog.config import project
from varddialog.model.catalogue import Catalogue
from varddialog.model.units import Unit
from varddialog.pack.fragment import stylesheet, templates
from varddialog.pack.glue import read_glued
from varddialog.prose.words import figure, period
from varddialog.publish.method import PAGE, method_page
from varddialog.swedish import number


def write_site(jobs: Sequence[Job], record: RunRecord, catalogue: Catalogue, output: Path, cycle: str) -> None:
    """Write the index of every unit that has a report, and of the country.

    jobs: every unit × dimension of the cycle, made or not: what is missing is said.
    """
    folder = output / cycle
    by_unit: dict[str, list[Job]] = {}
    for job in jobs:
        by_unit.setdefault(job.unit.code, []).append(job)
    rows = []
    for unit in catalogue.units.all:
        mine = by_unit.get(unit.code, [])
        cells = [_cell(job, record) for job in mine]
        rows.append((unit, cells))
        if any(cell["made"] for cell in cells):
            write_atomic(folder / unit.folder / "index.html", _unit_page(unit, cells, catalogue, cycle))
    dimensions = catalogue.framework.dimensions
    about = {"cycle": catalogue.cycle(cycle), "css": stylesheet(), "home": "", "dimensions": dimensions}
    write_atomic(
        folder / "index.html",
        templates("varddialog.publish").get_template("country.html.j2").render(rows=rows, **about),
    )


def write_method(catalogue: Catalogue, output: Path, cycle: str) -> None:
    """Write the method page, which needs no report: the whole country is assessed for it."""
    on = ground(project(), cycle)
    page = method_page(whole_country(on), catalogue, on.store, catalogue.cycle(cycle))
    write_atomic(output / cycle / PAGE, page)


def _cell(job: Job, record: RunRecord) -> dict[str, Any]:
    known = record.jobs.get(job.key)
    made = job.report.is_file() and job.notebook.is_file()
    glued = read_glued(job.notebook) if made else None
    return {"job": job, "made": made, "failed": bool(known and known.failure), "glued": glued}


def _unit_page(unit: Unit, cells: Sequence[dict[str, Any]], catalogue: Catalogue, cycle: str) -> str:
    context: list[dict[str, Any]] = next(
        (c["glued"]["context"] for c in cells if c["glued"] and c["glued"]["context"]), []
    )
    facts = []
    for row in context:
        indicator = catalogue.indicators[row["indicator"]]
        facts.append((indicator.name, figure(indicator, row["value"]), period(indicator, row["when"])))
    about = {"cycle": catalogue.cycle(cycle), "css": stylesheet(), "home": "../", "number": number}
    return (
        templates("varddialog.publish")
        .get_template("unit.html.j2")
        .render(unit=unit, cells=cells, facts=facts, **about)
    )
