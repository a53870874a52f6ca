"""A report of the dialogue is stale when what it is made of has changed, and not otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from varddialog.batch.fingerprint import Shared, inputs, shared_inputs
from varddialog.batch.plan import Job, plan
from varddialog.batch.record import JobRecord, RunRecord
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.model.catalogue import Catalogue

OWN, OTHER, NATION = "12-skane/2-kvalitet-i-tjansterna", "13-halland/2-kvalitet-i-tjansterna", "00-riket"


@pytest.fixture(scope="module")
def shared(project: Project, catalogue: Catalogue) -> Shared:
    return shared_inputs(project, catalogue)


@pytest.fixture(scope="module")
def jobs(project: Project, catalogue: Catalogue) -> dict[str, Job]:
    found = plan(project, catalogue, DEFAULT_CYCLE, project.outputs, catalogue.units.all)
    return {job.key: job for job in found}


def changed(before: Shared, after: Shared, jobs: dict[str, Job]) -> set[str]:
    return {key for key, job in jobs.items() if inputs(job, before) != inputs(job, after)}


def with_piece(shared: Shared, name: str) -> Shared:
    """Another checksum of one piece, or one piece more."""
    return replace(shared, pieces={**shared.pieces, name: "en annan"})


def handed_on(shared: Shared, **parts: str) -> Shared:
    """As after a run in which two regions' reports handed on those parts, the first as told."""
    told = {OWN: {"results": "r", "raised": "q", **parts}, OTHER: {"results": "r", "raised": "q"}}
    record = RunRecord(cycle=DEFAULT_CYCLE, jobs={key: JobRecord(scrap=scrap) for key, scrap in told.items()})
    return shared.beside(record.scraps)


def test_questions_follow_what_their_own_reports_raise(shared: Shared, jobs: dict[str, Job]) -> None:
    national = {f"{NATION}/nationell-oversikt", f"{NATION}/slutrapport"}
    before = handed_on(shared)
    assert changed(before, handed_on(shared, results="andra"), jobs) == national
    assert changed(before, handed_on(shared, raised="andra"), jobs) == {*national, "12-skane/diskussionsfragor"}
    assert changed(before, handed_on(shared), jobs) == set()


def test_what_was_said_is_part_of_what_tells_of_it(shared: Shared, jobs: dict[str, Job]) -> None:
    kinds = {
        jobs[key].report.kind for key in changed(shared, with_piece(shared, "data/dialog/x/2026-2027/y.csv"), jobs)
    }
    assert kinds == {"fokusområde", "arena", "nationell", "slutrapport"}


def test_an_added_text_is_part_of_its_own_unit_alone(shared: Shared, jobs: dict[str, Job]) -> None:
    found = changed(shared, with_piece(shared, "params/tillägg/12-skane/supplements/12-skane/inledning.md"), jobs)
    assert found == {key for key, job in jobs.items() if job.unit.code == "12"}


def test_a_focus_area_is_part_of_its_own_sheets(shared: Shared, jobs: dict[str, Job]) -> None:
    found = changed(shared, with_piece(shared, "params/fokusområde/psykiatri"), jobs)
    sheets = {key for key in found if jobs[key].report.kind == "fokusområde"}
    assert sheets == {key for key in jobs if key.endswith("/fokusomrade-psykiatri")}
    assert {jobs[key].report.kind for key in found} == {"fokusområde", "frågor", "arena", "nationell", "slutrapport"}


def test_a_day_of_the_cycle_makes_no_report_stale(
    shared: Shared, jobs: dict[str, Job], params_copy: Project, catalogue: Catalogue, project: Project
) -> None:
    file = params_copy.params / "cycles" / f"{DEFAULT_CYCLE}.yml"
    text = file.read_text(encoding="utf-8")
    assert "09-gotland: {}" in text
    file.write_text(text.replace("09-gotland: {}", '09-gotland: {date: "2027-03-10", place: Visby}'), encoding="utf-8")
    (params_copy.root / "data").symlink_to(project.root / "data")
    (params_copy.root / project.lock.name).symlink_to(project.lock)
    from varddialog.data.catalogue import catalogue_with_figures

    after = shared_inputs(params_copy, catalogue_with_figures(params_copy))
    assert after.snapshot != shared.snapshot  # pages of the web tool tell of it
    assert changed(shared, after, jobs) == set()


def test_the_figures_of_a_sheet_are_those_of_its_focus_area(
    shared: Shared, jobs: dict[str, Job], catalogue: Catalogue
) -> None:
    (area,) = [a for a in catalogue.dialogue.focus_areas.values() if a.slug == "psykiatri"]
    key = next(k for k in area.indicators if f"data/{k}" in shared.pieces)
    found = changed(shared, with_piece(shared, f"data/{key}"), jobs)
    holding = {a.slug for a in catalogue.dialogue.focus_areas.values() if key in a.indicators}
    sheets = {jobs[k].report.subject for k in found if jobs[k].report.kind == "fokusområde"}
    assert sheets == holding


def test_where_results_lie_does_not_count(shared: Shared, jobs: dict[str, Job], tmp_path: Path) -> None:
    job = jobs["12-skane/fokusomrade-psykiatri"]
    assert inputs(job, shared) == inputs(replace(job, folder=tmp_path), shared)
