"""One job for each unit and notebook, in the order of the framework."""

from __future__ import annotations

from pathlib import Path

import pytest

from varddialog.batch.plan import plan
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.errors import DataError, UsageError
from varddialog.model.catalogue import Catalogue


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
    names = [path.relative_to(job.folder).as_posix() for path in (job.notebook, job.report, job.failed_notebook)]
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
