"""`share` as it is typed: what it says, what it refuses, and its exit codes."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import nbformat
import pytest
from filelock import FileLock

from varddialog.batch.record import RECORD
from varddialog.config import DEFAULT_CYCLE, Project

Command = Callable[..., Any]


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the first build is kept for the tests after it."""
    return tmp_path_factory.mktemp("kept") / "outputs"


@pytest.fixture
def built(command: Command, small_project: Project, kept: Path) -> Project:
    """The small project with Gotland's pack made."""
    if kept.exists():
        shutil.copytree(kept, small_project.outputs)
    else:
        assert command("build", "--region", "gotland").code == 0
        shutil.copytree(small_project.outputs, kept)
    return small_project


def test_an_archive_is_made_and_verified(command: Command, built: Project, tmp_path: Path) -> None:
    said = command("share", "Gotland")
    assert said.code == 0, said.err
    name = f"outputs/{DEFAULT_CYCLE}/arkiv/varddialog-09-gotland-2026-2027.zip"
    assert said.out.startswith(f"{name}: ")
    checksum = said.out.strip().rpartition("SHA-256: ")[2]
    verified = command("share", "--verify", str(built.root / name))
    assert verified.code == 0, verified.err
    assert "är oförändrat: Region Gotland, dialogomgång 2026-2027" in verified.out
    assert verified.out.strip().endswith(checksum)

    elsewhere = tmp_path / "mottaget.zip"
    elsewhere.write_bytes((built.root / name).read_bytes())
    with ZipFile(elsewhere, "a") as archive:
        archive.writestr("09-gotland/ny.html", "")
    altered = command("share", "--verify", str(elsewhere))
    assert altered.code == 11
    assert "09-gotland/ny.html: Filen är tillagd" in altered.err


def test_verifying_needs_no_project(
    command: Command, built: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert command("share", "09").code == 0
    (archive,) = built.outputs.rglob("*.zip")
    monkeypatch.setenv("VARDDIALOG_ROOT", str(tmp_path / "ingenting"))
    assert command("share", "--verify", str(archive)).code == 0


def test_what_is_ready_is_shared_though_other_packs_are_not(command: Command, built: Project) -> None:
    said = command("share", "gotland", "Region Skåne", "12")
    assert said.code == 2
    assert len(said.out.splitlines()) == 1
    assert said.err.count("Skåne: Är inte gjort (4): ") == 1
    assert "Kör «varddialog build --region Skåne» och dela sedan igen." in said.err


def test_every_unit_is_asked_for_with_all(command: Command, built: Project) -> None:
    said = command("share", "--all")
    assert said.code == 2
    assert len(list(built.outputs.rglob("*.zip"))) == 1
    assert said.err.count("Är inte gjort") == 21


def test_a_notebook_that_betrays_the_machine_is_not_shared(command: Command, small_project: Project) -> None:
    path = small_project.notebooks / "1-halsa-i-befolkningen.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[-1]["source"] = "from pathlib import Path\nprint(Path.home())"
    nbformat.write(notebook, path)
    assert command("build", "--region", "gotland").code == 0
    said = command("share", "gotland")
    assert said.code == 11
    assert "09-gotland/1-halsa-i-befolkningen.ipynb: Innehåller uppgift om datorn (sökväg): «" in said.err
    assert not list(small_project.outputs.rglob("*.zip"))


@pytest.mark.parametrize(
    "words", [(), ("gotland", "--all"), ("--all", "--verify", "x.zip"), ("skåne", "--verify", "x")]
)
def test_what_to_share_or_verify_must_be_said_and_only_one_of_them(command: Command, words: tuple[str, ...]) -> None:
    said = command("share", *words)
    assert said.code == 2
    assert "Säg vad som ska delas eller kontrolleras" in said.err


def test_before_anything_is_built_there_is_nothing_to_share(command: Command, small_project: Project) -> None:
    said = command("share", "--all")
    assert said.code == 2
    assert "Här finns inga rapporter att dela." in said.err
    assert not small_project.outputs.exists()
    assert "1999" in command("share", "--all", "--cycle", "1999").err


def test_an_unknown_region_is_told(command: Command, built: Project) -> None:
    said = command("share", "Gottland")
    assert said.code == 2
    assert "Gotland" in said.err


def test_nothing_is_shared_while_a_build_works_in_the_folder(command: Command, built: Project) -> None:
    folder = built.outputs / DEFAULT_CYCLE
    with FileLock(folder / ".lock"):
        said = command("share", "gotland")
    assert said.code == 2
    assert "En annan körning arbetar redan med samma mapp." in said.err
    assert (folder / RECORD).is_file()
