"""A rendered notebook read as it lies there, and which report it is."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from varddialog.batch.record import RunRecord, write_record
from varddialog.batch.review.rendered import open_rendered
from varddialog.config import DEFAULT_CYCLE, Project
from varddialog.errors import UsageError
from varddialog.model.catalogue import Catalogue, load_catalogue

NAME = "2-kvalitet-i-tjansterna"


@pytest.fixture
def small(small_project: Project) -> Catalogue:
    return load_catalogue(small_project)


@pytest.fixture
def report(small_project: Project) -> Path:
    """Skåne's rendered report, where a build would have put it."""
    return rendered(small_project, small_project.outputs / DEFAULT_CYCLE / "12-skane" / f"{NAME}.ipynb")


def rendered(here: Project, path: Path, **edit: Any) -> Path:
    """A notebook as a run leaves it, with the keys of `edit` put in its injected cell."""
    notebook = json.loads((here.notebooks / f"{NAME}.ipynb").read_bytes())
    values = {"region": "12-skane", "cycle": DEFAULT_CYCLE, **edit}
    source = "# Parameters\n" + "\n".join(f"{name} = {value!r}" for name, value in values.items())
    injected = {**notebook["cells"][0], "id": "injected", "source": source}
    injected["metadata"] = {"tags": ["injected-parameters"]}
    notebook["cells"].insert(1, injected)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    write_record(path.parents[1], RunRecord(cycle=DEFAULT_CYCLE))
    return path


def test_a_report_in_its_place_is_known(small_project: Project, small: Catalogue, report: Path) -> None:
    found = open_rendered(report, small_project, small)
    assert (found.job.key, found.in_place) == (f"12-skane/{NAME}", True)
    assert found.output == small_project.outputs
    assert [(cell.number, cell.name) for cell in found.cells] == [
        (1, "parameters"), (2, "injected-parameters"), (3, "setup"), (4, "rubrik"),
    ]  # fmt: skip


def test_a_report_of_a_build_elsewhere_is_known_there(
    small_project: Project, small: Catalogue, report: Path, tmp_path: Path
) -> None:
    shutil.copytree(small_project.outputs, tmp_path / "annat")
    found = open_rendered(tmp_path / "annat" / report.relative_to(small_project.outputs), small_project, small)
    assert (found.output, found.in_place) == (tmp_path / "annat", True)


@pytest.mark.parametrize("name", [f"{NAME}.ipynb", "min kopia (2).ipynb"])
def test_a_copy_is_known_by_its_name_or_by_its_set_up(
    small_project: Project, small: Catalogue, report: Path, tmp_path: Path, name: str
) -> None:
    for dimension in small.framework.dimensions:  # so that the set-ups differ, as those of the real notebooks do
        path = small_project.notebooks / f"{dimension.notebook}.ipynb"
        path.write_text(path.read_text(encoding="utf-8").replace("import varddialog", f"pack = {dimension.number}"))
    again = rendered(small_project, report)
    copied = tmp_path / "borta" / name
    copied.parent.mkdir()
    shutil.copy(again, copied)
    found = open_rendered(copied, small_project, small)
    assert (found.job.key, found.in_place) == (f"12-skane/{NAME}", False)
    assert found.output == small_project.outputs


def test_a_copy_in_another_reports_place_is_a_copy(small_project: Project, small: Catalogue, report: Path) -> None:
    other = shutil.copytree(report.parent, report.parents[1] / "09-gotland") / report.name
    found = open_rendered(other, small_project, small)
    assert (found.job.unit.name, found.in_place) == ("Skåne", False)


def test_the_counters_of_a_run_do_not_count(small_project: Project, small: Catalogue, report: Path) -> None:
    def checksum(**output: object) -> str:
        notebook = json.loads(report.read_bytes())
        notebook["cells"][3]["outputs"] = [{"output_type": "execute_result", "metadata": {}, **output}]
        report.write_text(json.dumps(notebook), encoding="utf-8")
        return open_rendered(report, small_project, small).named("rubrik").checksum

    one = checksum(execution_count=4, data={"text/plain": "ett\ntvå"})
    assert checksum(execution_count=9, data={"text/plain": ["ett\n", "två"]}) == one
    assert checksum(execution_count=4, data={"text/plain": "ett\ntre"}) != one


def test_a_cell_is_found_by_tag_and_by_number(small_project: Project, small: Catalogue, report: Path) -> None:
    found = open_rendered(report, small_project, small)
    assert found.named("setup") is found.named("3")
    with pytest.raises(UsageError, match=r"ingen cell «rubik»\. Tillåtet: 1–4, parameters.*Menade du «rubrik»\?"):
        found.named("rubik")


def told(path: Path, here: Project, catalogue: Catalogue) -> str:
    with pytest.raises(UsageError) as error:
        open_rendered(path, here, catalogue)
    return str(error.value)


def test_what_is_not_there_is_told_with_a_suggestion(small_project: Project, small: Catalogue, report: Path) -> None:
    def said(path: Path) -> str:
        return told(path, small_project, small)

    assert said(report.with_name("2-kvalitet.ipynb")).endswith(f"Menade du «{NAME}.ipynb»?")
    assert said(report.parents[1] / "12-skan" / report.name).endswith("Menade du «12-skane»?")
    assert "Det är en mapp." in said(report.parent)
    assert "varddialog build" in said(report.with_name("zzzzz.ipynb"))


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "{}", '{"nbformat": 3, "cells": []}', '{"nbformat": 4, "cells": [1]}', "\udcff"]
)
def test_what_is_no_notebook_is_told(small_project: Project, small: Catalogue, tmp_path: Path, text: str) -> None:
    path = tmp_path / "fil.ipynb"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert told(path, small_project, small).startswith("fil.ipynb: Filen är ingen notebook.")


def test_what_is_not_rendered_is_told(small_project: Project, small: Catalogue, report: Path) -> None:
    def said(path: Path) -> str:
        return told(path, small_project, small)

    assert "har inte körts för någon region" in said(small_project.notebooks / f"{NAME}.ipynb")
    assert "har inte körts" in said(rendered(small_project, report.with_name(f"{NAME}.misslyckad.ipynb")))
    report.with_suffix(".html").write_text("<p>Sidan.</p>", encoding="utf-8")
    assert said(report.with_suffix(".html")).endswith(f"Granska {NAME}.ipynb, som sidan är gjord av.")


@pytest.mark.parametrize(
    ("edit", "what"),
    [
        ({"cycle": "2072-2073"}, "Okänd dialogomgång: «2072-2073»"),
        ({"region": "Atlantis"}, "hör inte till någon rapport"),
        ({"sex": "K"}, "Okänd parameter: «sex»"),
    ],
)
def test_parameters_of_no_report_are_told(
    small_project: Project, small: Catalogue, report: Path, edit: dict[str, str], what: str
) -> None:
    folder, record = report.parents[1], RunRecord(cycle=DEFAULT_CYCLE)
    write_record(folder, record)
    assert what in told(rendered(small_project, report, **edit), small_project, small)


def test_nothing_in_the_file_is_run(small_project: Project, small: Catalogue, report: Path, tmp_path: Path) -> None:
    notebook = json.loads(report.read_bytes())
    mark = tmp_path / "kört"
    notebook["cells"][1]["source"] += f"\nimport pathlib; pathlib.Path({str(mark)!r}).touch()\nx = [1][0]"
    report.write_text(json.dumps(notebook), encoding="utf-8")
    assert open_rendered(report, small_project, small).job.unit.name == "Skåne"
    assert not mark.exists()
