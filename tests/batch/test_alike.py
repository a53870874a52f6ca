"""What two machines must have in common, and how a difference is told."""

from __future__ import annotations

from importlib.metadata import version
from pathlib import Path

import pytest

from varddialog.batch import alike
from varddialog.config import Project


def test_the_packages_are_those_the_project_asks_for() -> None:
    names = alike.packages()
    assert {"papermill", "pandas", "python-dateutil", "distributed"} <= set(names)
    assert "pytest" not in names
    assert alike.program(["pandas", "finns-inte"])["pandas"] == version("pandas")
    assert alike.program(["finns-inte"])["finns-inte"] == ""


def test_a_program_that_was_changed_after_it_was_loaded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "varddialog" / "batch"
    package.mkdir(parents=True)
    (package.parent / "swedish.py").write_text("1", encoding="utf-8")
    monkeypatch.setattr(alike, "__file__", str(package / "alike.py"))
    before = alike.program([])
    assert before["library"] == before["loaded"]
    (package.parent / "swedish.py").write_text("2", encoding="utf-8")
    after = alike.program([])
    assert after["loaded"] == before["loaded"]
    asked = {**after, "loaded": after["library"]}  # another machine, which has loaded the change
    assert alike.differences(asked, after) == ["programmet har ändrats sedan arbetaren läste in det"]


def test_each_input_is_told_by_its_folder(small_project: Project) -> None:
    added = small_project.params / "supplements" / "12-skane" / "inledning.md"
    talk = small_project.dialogue / "tillganglighet" / "2026-2027" / "12-skane.csv"
    for path in (added, talk):
        path.parent.mkdir(parents=True)
        path.write_text("text", encoding="utf-8")
    before = alike.inputs(small_project)
    assert alike.differences(before, alike.inputs(small_project)) == []
    changes = [
        ("params/ är inte lika", small_project.params / "units.yml"),
        ("params/ är inte lika", added),
        ("data/dialogue/ är inte lika", talk),
        ("notebooks/ är inte lika", next(small_project.notebooks.glob("1-*.ipynb"))),
        ("data/store/ är inte lika", next(small_project.store.rglob("*.parquet"))),
        ("requirements.lock är inte lika", small_project.lock),
    ]
    for words, path in changes:
        kept = path.read_bytes()
        path.write_bytes(kept + b"\n")
        assert alike.differences(before, alike.inputs(small_project)) == [words]
        path.write_bytes(kept)
