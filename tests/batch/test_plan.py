"""One job for each unit and notebook, in the order of the framework."""

from __future__ import annotations

from pathlib import Path

import pytest

from varddialog.batch.made_of import results_of
from varddialog.batch.plan import plan, reports_of
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.errors import DataError, UsageError
from varddialog.model.catalogue import Catalogue, load_catalogue


def test_a_job_for_every_unit_and_notebook(project: Project, catalogue: Catalogue, tmp_path: Path) -> None:
    dimensions = catalogue.framework.dimensions
    jobs = plan(project, catalogue, DEFAULT_CYCLE, tmp_path, catalogue.units.all, dimensions)
    assert [(job.unit.code, job.dimension.number) for job in jobs] == [
        (unit.code, d.number) for unit in catalogue.units.all for d in dimensions
    ]
    assert len({job.key for job in jobs}) == len(jobs)


def test_where_a_job_reads_and_writes(project: Project, catalogue: Catalogue, tmp_path: Path) -> None:
    (job,) = plan(
        project, catalogue, DEFAULT_CYCLE, tmp_path, [catalogue.units.find("Skåne")], [catalogue.dimension(2)]
    )
    assert job.key == "12-skane/2-kvalitet-i-tjansterna"
    assert job.parameters == {"region": "12-skane", "cycle": DEFAULT_CYCLE}
    assert job.source == project.notebooks / "2-kvalitet-i-tjansterna.ipynb"
    assert job.folder == tmp_path / DEFAULT_CYCLE / "12-skane"
    names = [path.relative_to(job.folder).as_posix() for path in (job.notebook, job.report_page, job.failed_notebook)]
    assert names == [f"2-kvalitet-i-tjansterna{ending}" for ending in (".ipynb", ".html", ".misslyckad.ipynb")]


def test_dimensions_may_come_from_anything_that_gives_them_once(
    project: Project, catalogue: Catalogue, tmp_path: Path
) -> None:
    jobs = plan(
        project,
        catalogue,
        DEFAULT_CYCLE,
        tmp_path,
        iter(catalogue.units.all),
        (d for d in catalogue.framework.dimensions),
    )
    assert len(jobs) == len(catalogue.units.all) * len(catalogue.framework.dimensions)


def test_an_unknown_cycle_is_wrong_usage(project: Project, catalogue: Catalogue, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"Okänd dialogomgång: «2026-2072».*Menade du «2026-2027»"):
        plan(project, catalogue, "2026-2072", tmp_path, catalogue.units.all, catalogue.framework.dimensions)


def test_every_missing_notebook_is_named_once(small_project: Project, catalogue: Catalogue, tmp_path: Path) -> None:
    gone = [small_project.notebooks / f"{catalogue.dimension(n).notebook}.ipynb" for n in (2, 4)]
    for path in gone:
        path.unlink()
    with pytest.raises(DataError) as caught:
        plan(small_project, catalogue, DEFAULT_CYCLE, tmp_path, catalogue.units.all, catalogue.framework.dimensions)
    assert [fault.where for fault in caught.value.faults] == [f"notebooks/{path.name}" for path in gone]
    assert all(fault.todo for fault in caught.value.faults)


def test_the_reports_of_the_dialogue_stand_beside_those_of_the_dimensions(
    project: Project, catalogue: Catalogue
) -> None:
    kinds = {
        code: [report.kind for report in reports_of(catalogue.units.by_code[code], catalogue, DEFAULT_CYCLE)]
        for code in ("00", "12")
    }
    focus = ["fokusområde"] * len(catalogue.cycle(DEFAULT_CYCLE).focus_areas)
    arenas = ["arena"] * len(catalogue.dialogue.arenas)
    own = ["dimension"] * len(catalogue.framework.dimensions)
    assert kinds["12"] == [*own, *focus, "frågor"]
    assert kinds["00"] == [*own, *focus, "frågor", "nationell", "slutrapport", *arenas]


def test_without_arenas_a_unit_has_the_dimensions_alone(small_project: Project) -> None:
    known = load_catalogue(small_project)
    assert {report.kind for unit in known.units.all for report in reports_of(unit, known, DEFAULT_CYCLE)} == {
        "dimension"
    }


def test_a_subject_is_a_parameter_and_part_of_the_name(project: Project, catalogue: Catalogue, tmp_path: Path) -> None:
    jobs = {job.key: job for job in plan(project, catalogue, DEFAULT_CYCLE, tmp_path, catalogue.units.all)}
    focus = jobs["12-skane/fokusomrade-psykiatri"]
    assert focus.parameters == {"region": "12-skane", "focus_area": "psykiatri", "cycle": DEFAULT_CYCLE}
    assert (focus.source.name, focus.report_page.name) == ("fokusomrade.ipynb", "fokusomrade-psykiatri.html")
    assert focus.title == "Psykiatri: Region Skåne"
    arena = jobs["00-riket/dialoguppfoljning-tillganglighet"]
    assert arena.parameters == {"arena": "tillganglighet", "cycle": DEFAULT_CYCLE}
    assert arena.title == catalogue.arena("tillganglighet").name
    assert jobs["00-riket/slutrapport"].parameters == {"cycle": DEFAULT_CYCLE}


def test_what_is_made_of_other_results_comes_after_them(project: Project, catalogue: Catalogue, tmp_path: Path) -> None:
    jobs = {job.key: job for job in plan(project, catalogue, DEFAULT_CYCLE, tmp_path, catalogue.units.all)}
    for job in jobs.values():
        for key in results_of(job, catalogue):
            assert jobs[key].report.stage < job.report.stage
