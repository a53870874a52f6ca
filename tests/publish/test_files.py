"""The files beside the reports: when they are made, when they are stale, and what a failure does."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import pytest

from varddialog.batch.fingerprint import inputs, shared_inputs
from varddialog.batch.plan import Job, plan
from varddialog.batch.record import JobRecord, read_record, write_record
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.errors import UsageError
from varddialog.model.catalogue import load_catalogue
from varddialog.publish import files

Command = Callable[..., tuple[int, str, str]]
UNITS = ("09-gotland", "12-skane")


@pytest.fixture
def makers(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Quick makers: one that writes what the packs call themselves, to be changed by the test."""
    found = {"ett.txt": "builtins:repr"}
    monkeypatch.setattr(files, "MAKERS", found)
    files._maker.cache_clear()
    yield found
    files._maker.cache_clear()


@pytest.fixture
def folder(small_project: Project) -> Path:
    """The cycle's folder in which every report of two units is there and fresh."""
    jobs = planned(small_project)
    shared = shared_inputs(small_project, load_catalogue(small_project))
    target = small_project.outputs / DEFAULT_CYCLE
    record = read_record(target, DEFAULT_CYCLE)
    for job in jobs:
        job.folder.mkdir(parents=True, exist_ok=True)
        job.report_page.write_text("<p>rapport</p>", encoding="utf-8")
        job.notebook.write_text(json.dumps({"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
        record.jobs[job.key] = JobRecord(inputs=inputs(job, shared))
    write_record(target, record)
    return target


def planned(project: Project) -> list[Job]:
    known = load_catalogue(project)
    units = [known.units.find(name) for name in UNITS]
    return plan(project, known, DEFAULT_CYCLE, project.outputs, units, known.framework.dimensions)


def made(folder: Path) -> Mapping[str, bytes]:
    return {f"{unit}/{path.name}": path.read_bytes() for unit in UNITS for path in (folder / unit).glob("*.txt")}


def build(project: Project, *, everything: bool = False) -> files.Made:
    """Make what is due, as `build` does after the reports."""
    catalogue = load_catalogue(project)
    jobs, shared = planned(project), shared_inputs(project, catalogue)
    target = project.outputs / DEFAULT_CYCLE
    record = read_record(target, DEFAULT_CYCLE)
    now = {job.key: inputs(job, shared) for job in jobs}
    due = files.due(jobs, record, now, shared, lambda job: job.report_page.is_file(), everything)
    done = files.make(due, target) if due else files.Made()
    record.files |= done.files
    write_record(target, record)
    return done


def states(project: Project) -> set[tuple[str, str, str]]:
    jobs, shared = planned(project), shared_inputs(project, load_catalogue(project))
    record = read_record(project.outputs / DEFAULT_CYCLE, DEFAULT_CYCLE)
    now = {job.key: inputs(job, shared) for job in jobs}
    return {(unit.code, name, what) for unit, name, what in files.states(jobs, record, now, shared)}


def test_files_are_made_once_and_again_when_a_report_is_made_of_something_else(
    small_project: Project, folder: Path, makers: dict[str, str]
) -> None:
    assert states(small_project) == {("09", "ett.txt", "saknas"), ("12", "ett.txt", "saknas")}
    assert set(build(small_project).files) == {f"{unit}/ett.txt" for unit in UNITS}
    first = made(folder)
    assert b"Gotland" in first["09-gotland/ett.txt"]
    assert b"Sk\xc3\xa5ne" in first["12-skane/ett.txt"]
    assert first["12-skane/ett.txt"].count(b"Faktaunderlag") == 4
    assert states(small_project) == set()
    assert build(small_project).files == {}

    notebook = small_project.notebooks / f"{planned(small_project)[0].dimension.notebook}.ipynb"
    found = json.loads(notebook.read_text(encoding="utf-8"))
    found["cells"][-1]["source"] = "print('ny')"
    notebook.write_text(json.dumps(found), encoding="utf-8")
    assert states(small_project) == {("09", "ett.txt", "gammal"), ("12", "ett.txt", "gammal")}
    assert len(build(small_project).files) == 2
    assert made(folder) == first


def test_a_file_that_is_gone_is_made_alone(small_project: Project, folder: Path, makers: dict[str, str]) -> None:
    build(small_project)
    (folder / "12-skane" / "ett.txt").unlink()
    assert set(build(small_project).files) == {"12-skane/ett.txt"}
    makers["tva.txt"] = "builtins:repr"
    assert set(build(small_project).files) == {f"{unit}/tva.txt" for unit in UNITS}
    assert len(build(small_project, everything=True).files) == 4


def test_a_unit_that_lacks_a_report_gets_no_files(small_project: Project, folder: Path, makers: dict[str, str]) -> None:
    planned(small_project)[0].report_page.unlink()
    assert set(build(small_project).files) == {"12-skane/ett.txt"}
    assert states(small_project) == set()


def test_one_that_fails_is_told_with_unit_and_file_and_stops_no_other(
    small_project: Project, folder: Path, makers: dict[str, str]
) -> None:
    build(small_project)
    before = made(folder)
    makers |= {"fel.txt": "builtins:int", "tva.txt": "builtins:repr"}
    done = build(small_project, everything=True)
    assert sorted(str(fault).partition(": ")[0] for fault in done.faults) == ["Gotland, fel.txt", "Skåne, fel.txt"]
    assert all("TypeError" in str(fault) for fault in done.faults)
    assert set(done.files) == {f"{unit}/{name}" for unit in UNITS for name in ("ett.txt", "tva.txt")}
    assert made(folder).items() >= before.items()
    assert not (folder / "12-skane" / "fel.txt").exists()
    assert states(small_project) == {("09", "fel.txt", "saknas"), ("12", "fel.txt", "saknas")}


def test_a_folder_that_cannot_be_written_is_an_error_of_the_user(
    small_project: Project, folder: Path, makers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(path: Path, content: object) -> None:
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(files, "write_atomic", full)
    with pytest.raises(UsageError, match="Disken är full"):
        build(small_project)


def test_a_process_that_dies_is_told(
    small_project: Project, folder: Path, makers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files.os, "cpu_count", lambda: 2)
    monkeypatch.setattr(files.pickle, "dump", lambda *_: 1 / 0)
    with pytest.raises(RuntimeError, match="died"):
        build(small_project)


def test_build_makes_them_tells_and_fails_with_its_code(
    command: Command, small_project: Project, folder: Path, makers: dict[str, str]
) -> None:
    assert command("build", "-r", "12", "--html-only")[0] == 0
    assert made(folder) == {}
    assert "saknas (2): ett.txt – Gotland och Skåne" in command("status")[1]
    assert "1\u00a0fil skulle göras bredvid rapporterna." in command("build", "-r", "12", "--dry-run")[1]
    assert "fil" not in command("build", "-r", "12", "--dry-run", "--html-only")[1].replace("profil", "")
    code, out, err = command("build", "-r", "12", "-d", "1")
    assert (code, err) == (0, "")
    assert "1\u00a0fil gjord bredvid dem." in out
    assert set(made(folder)) == {"12-skane/ett.txt"}
    assert "gjord bredvid" not in command("build", "-r", "12")[1]

    makers["fel.txt"] = "builtins:int"
    code, out, err = command("build", "-r", "12")
    assert code == 12
    assert err.count("\n") == 1
    assert err.startswith("Skåne, fel.txt: Filen kunde inte göras: TypeError: ")
    assert "saknas (1): fel.txt – Skåne" not in out
    record = read_record(folder, DEFAULT_CYCLE)
    assert set(record.files) == {"12-skane/ett.txt"}
