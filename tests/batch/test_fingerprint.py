"""What a result was made of: each part that changes is named, and nothing else counts."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from varddialog.batch.fingerprint import PARTS, changed, inputs, shared_inputs
from varddialog.batch.plan import Job, plan
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.data.schema import MANIFEST
from varddialog.model.catalogue import Catalogue


@dataclass(frozen=True)
class WithLibrary(Project):
    """A project that has its library inside, so that it can be edited too."""

    @property
    def library(self) -> Path:
        return self.root / "lib"


@pytest.fixture
def here(small_project: Project, project: Project) -> Project:
    shutil.copytree(project.library, small_project.root / "lib", ignore=shutil.ignore_patterns("__pycache__"))
    return WithLibrary(small_project.root)


@pytest.fixture
def job(here: Project, catalogue: Catalogue, tmp_path: Path) -> Job:
    unit, dimension = catalogue.units.find("Skåne"), catalogue.dimension(2)
    return plan(here, catalogue, DEFAULT_CYCLE, tmp_path, [unit], [dimension])[0]


def made_of(job: Job, here: Project) -> dict[str, str]:
    return inputs(job, shared_inputs(here))


def append(*parts: str) -> Callable[[Project], None]:
    def change(here: Project) -> None:
        path = here.root.joinpath(*parts)
        path.parent.mkdir(exist_ok=True)
        with path.open("a", encoding="utf-8") as file:
            file.write("\n# en kommentar\n")

    return change


def remove(*parts: str) -> Callable[[Project], None]:
    return lambda here: here.root.joinpath(*parts).unlink()


def rename(old: str, new: str) -> Callable[[Project], None]:
    def change(here: Project) -> None:
        (here.root / old).rename(here.root / new)

    return change


def test_nothing_changed_is_nothing_told(job: Job, here: Project) -> None:
    first = made_of(job, here)
    assert first.keys() == PARTS.keys()
    (here.root / "notebooks" / "1-halsa-i-befolkningen.ipynb").touch()
    assert changed(first, made_of(job, here)) == []


@pytest.mark.parametrize(
    ("change", "part"),
    [
        (append("notebooks", "2-kvalitet-i-tjansterna.ipynb"), "notebook"),
        (append("lib", "prose", "words.py"), "library"),
        (append("lib", "pack", "templates", "area.html.j2"), "library"),
        (append("lib", "pack", "templates", "report.css"), "library"),
        (append("lib", "kernelspec", "kernel.json"), "library"),
        (append("lib", "ny.py"), "library"),
        (rename("lib/swedish.py", "lib/svenska.py"), "library"),
        (remove("lib", "errors.py"), "library"),
        (append("params", "framework.yml"), "params"),
        (append("params", "indicators", "1-dodlighet.yml"), "params"),
        (append("params", "indicators", "1-ny.yml"), "params"),
        (remove("params", "regions", "12-skane.yml"), "params"),
        (append("data", "store", MANIFEST), "data"),
        (remove("data", "store", MANIFEST), "data"),
        (append("requirements.lock"), "lock"),
        (remove("requirements.lock"), "lock"),
    ],
)
def test_each_part_is_named_when_it_changes(
    job: Job, here: Project, change: Callable[[Project], None], part: str
) -> None:
    before = made_of(job, here)
    change(here)
    assert changed(before, made_of(job, here)) == [PARTS[part]]


def test_other_parameters(job: Job, here: Project, catalogue: Catalogue) -> None:
    before = made_of(job, here)
    assert changed(before, made_of(replace(job, cycle="2028-2029"), here)) == [PARTS["parameters"]]
    gotland = catalogue.units.find("Gotland")
    assert changed(before, made_of(replace(job, unit=gotland), here)) == [PARTS["parameters"]]


@pytest.mark.parametrize(
    "change",
    [
        append("notebooks", "1-halsa-i-befolkningen.ipynb"),
        append("params", "README.md"),
        append("lib", "__pycache__", "words.cpython-311.pyc"),
        append("README.md"),
    ],
)
def test_what_a_result_is_not_made_of_does_not_count(
    job: Job, here: Project, change: Callable[[Project], None]
) -> None:
    before = made_of(job, here)
    change(here)
    assert changed(before, made_of(job, here)) == []


def test_several_changes_are_all_named(job: Job, here: Project) -> None:
    before = made_of(job, here)
    append("requirements.lock")(here)
    append("notebooks", "2-kvalitet-i-tjansterna.ipynb")(here)
    assert changed(before, made_of(job, here)) == [PARTS["notebook"], PARTS["lock"]]


def test_a_record_without_inputs_is_all_changed(job: Job, here: Project) -> None:
    assert changed({}, made_of(job, here)) == list(PARTS.values())


def test_where_the_project_lies_does_not_count(job: Job, here: Project, tmp_path: Path) -> None:
    moved = WithLibrary(shutil.copytree(here.root, tmp_path / "flyttad"))
    there: Any = replace(job, source=moved.notebooks / job.source.name)
    assert made_of(there, moved) == made_of(job, here)
