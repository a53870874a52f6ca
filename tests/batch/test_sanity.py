"""Each fault that someone may bring into a notebook is found before a kernel starts."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from varddialog.batch.sanity import MOST_LINES, notebook_faults
from varddialog.config import Project
from varddialog.errors import Fault
from varddialog.model.catalogue import Catalogue, load_catalogue

NAME = "1-halsa-i-befolkningen.ipynb"
Notebook = dict[str, Any]


@pytest.fixture
def faults_of(small_project: Project) -> Callable[..., list[Fault]]:
    """The faults after a change of the first notebook; the other notebooks have none."""
    path = small_project.notebooks / NAME

    def faults(change: Callable[[Notebook], object]) -> list[Fault]:
        notebook = json.loads(path.read_text(encoding="utf-8"))
        change(notebook)
        path.write_text(json.dumps(notebook), encoding="utf-8")
        return notebook_faults(small_project, load_catalogue(small_project))

    return faults


def cell(source: str, *tags: str, **more: Any) -> dict[str, Any]:
    metadata = {"tags": list(tags)}
    return {"cell_type": "code", "id": "ny", "metadata": metadata, "source": source, "outputs": []} | more


def with_cell(source: str, *tags: str, **more: Any) -> Callable[[Notebook], object]:
    """A change: one more cell, the fourth."""
    return lambda notebook: notebook["cells"].append(cell(source, *tags, **more))


def with_parameters(source: str) -> Callable[[Notebook], object]:
    return lambda notebook: notebook["cells"][0].update(source=source)


def without_cell(index: int) -> Callable[[Notebook], object]:
    return lambda notebook: notebook["cells"].pop(index)


def test_the_committed_notebooks_have_no_fault(project: Project, catalogue: Catalogue) -> None:
    assert notebook_faults(project, catalogue) == []


@pytest.mark.parametrize(
    "change",
    [
        with_cell('pack.area("dodlighet")'),
        with_cell("pack.area('dodlighet')\nimport varddialog.pack"),
        with_cell("\n".join(["1"] * MOST_LINES)),
        with_cell('pack.skriv("""' + "\n" * 2 * MOST_LINES + '""")'),
        with_cell(["pack.summary()\n", "pack.overview()"]),  # type: ignore[arg-type]
        with_cell("definitioner = 1 +", cell_type="markdown"),
    ],
)
def test_a_sentence_is_no_fault(faults_of: Callable[..., list[Fault]], change: Callable[[Notebook], object]) -> None:
    assert faults_of(change) == []


@pytest.mark.parametrize(
    ("change", "what"),
    [
        (with_cell("1", outputs=[{"output_type": "stream", "name": "stdout", "text": "1"}]), "Cellen har utdata."),
        (with_cell("1", execution_count=7), "Cellen har utdata."),
        (with_cell("def hjälp():\n    return 1"), "Cellen definierar hjälp."),
        (with_cell("async def hjälp():\n    return 1"), "Cellen definierar hjälp."),
        (with_cell("if True:\n    class Hjälp: ..."), "Cellen definierar Hjälp."),
        (with_cell("import pandas as pd"), "Cellen importerar pandas."),
        (with_cell("from os.path import join"), "Cellen importerar os.path."),
        (with_cell("import varddialogen"), "Cellen importerar varddialogen."),
        (with_cell("\n".join(["1"] * (MOST_LINES + 1))), f"Cellen är längre än {MOST_LINES} rader."),
        (with_cell("pack.area("), "Går inte att läsa som Python: '(' was never closed."),
        (with_cell('pack.area("dodlighe")'), "Området «dodlighe» finns inte i dimension 1."),
        (with_cell("x = [pack.area('tillganglighet')]"), "Området «tillganglighet» finns inte i dimension 1."),
    ],
)
def test_a_fault_in_a_cell_is_told_with_its_place(
    faults_of: Callable[..., list[Fault]], change: Callable[[Notebook], object], what: str
) -> None:
    (fault,) = faults_of(change)
    assert fault.what == what
    assert fault.where == f"notebooks/{NAME}, kodcell 4"


def test_a_misspelt_area_gets_a_suggestion(faults_of: Callable[..., list[Fault]], catalogue: Catalogue) -> None:
    (fault,) = faults_of(with_cell('pack.area("dodligheten")'))
    assert fault.todo == "Menade du «dodlighet»?"
    assert fault.allowed.split(", ") == [leaf.slug for leaf in catalogue.dimension(1).leaves()]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (
            'regoin: str = "12"\ncycle: str = ""',
            ["Parametern «region» saknas eller saknar typ.", "Okänd parameter: «regoin»."],
        ),
        ('region = "12"\ncycle: str = ""', ["Parametern «region» saknas eller saknar typ."]),
        ('region: str = "12"', ["Parametern «cycle» saknas eller saknar typ."]),
        ('region: str = "12"\ncycle: str = ""\nkön: str = "K"', ["Okänd parameter: «kön»."]),
        ("region: str = ", ["Går inte att läsa som Python: invalid syntax."]),
    ],
)
def test_the_parameters_cell_declares_what_the_model_has(
    faults_of: Callable[..., list[Fault]], source: str, expected: list[str]
) -> None:
    faults = faults_of(with_parameters(source))
    assert [fault.what for fault in faults] == expected
    assert {fault.where for fault in faults} == {f"notebooks/{NAME}, kodcell 1"}


def test_an_unknown_parameter_gets_a_suggestion(faults_of: Callable[..., list[Fault]]) -> None:
    faults = faults_of(with_parameters('region: str = ""\ncycle: str = ""\nregon: str = ""'))
    assert [(fault.allowed, fault.todo) for fault in faults] == [("cycle, region", "Menade du «region»?")]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (without_cell(0), ["Ska ha en cell med taggen «parameters», har 0."]),
        (without_cell(1), ["Ska ha en cell med taggen «setup», har 0."]),
        (with_cell("1", "rubrik"), ["Taggen «rubrik» står på flera celler."]),
        (
            with_cell("1", "setup"),
            ["Ska ha en cell med taggen «setup», har 2.", "Taggen «setup» står på flera celler."],
        ),
    ],
)
def test_tags(faults_of: Callable[..., list[Fault]], change: Callable[[Notebook], object], expected: list[str]) -> None:
    faults = faults_of(change)
    assert [fault.what for fault in faults] == expected
    assert {fault.where for fault in faults} == {f"notebooks/{NAME}"}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'{"cells": [',
        b"{}",
        b"[]",
        b"null",
        b'{"cells": [{}]}',
        b'{"cells": [{"cell_type": "code", "metadata": {}}]}',
        b'{"cells": ["text"]}',
        b'{"cells": null}',
        b'{"cells": "\xe5"}',
    ],
)
def test_a_file_that_is_no_notebook(small_project: Project, catalogue: Catalogue, content: bytes) -> None:
    (small_project.notebooks / NAME).write_bytes(content)
    (fault,) = notebook_faults(small_project, load_catalogue(small_project))
    assert fault.what.startswith("Går inte att läsa som notebook")
    assert (fault.where, fault.todo) == (f"notebooks/{NAME}", "Återställ den ur git.")


def test_all_faults_of_all_notebooks_come_at_once(
    small_project: Project, faults_of: Callable[..., list[Fault]], catalogue: Catalogue
) -> None:
    (small_project.notebooks / f"{catalogue.dimension(3).notebook}.ipynb").unlink()
    faults = faults_of(with_cell("import os\ndef f(): ...", execution_count=1))
    assert [fault.what for fault in faults] == [
        "Cellen har utdata.",
        "Cellen importerar os.",
        "Cellen definierar f.",
        "Notebooken saknas.",
    ]


def test_a_notebook_of_the_dialogue_declares_its_own_parameters(
    project: Project, catalogue: Catalogue, tmp_path: Path
) -> None:
    shutil.copytree(project.notebooks, tmp_path / "notebooks")
    path = tmp_path / "notebooks" / "fokusomrade.ipynb"
    text = path.read_text(encoding="utf-8")
    assert "focus_area: str" in text
    path.write_text(text.replace("focus_area: str", "fokus: str"), encoding="utf-8")
    found = notebook_faults(Project(tmp_path), catalogue)
    assert {(fault.what, fault.where) for fault in found} >= {
        ("Parametern «focus_area» saknas eller saknar typ.", "notebooks/fokusomrade.ipynb, kodcell 1"),
        ("Okänd parameter: «fokus».", "notebooks/fokusomrade.ipynb, kodcell 1"),
    }


def test_a_notebook_that_is_never_built_is_held_to_the_same(small_project: Project) -> None:
    (small_project.notebooks / "utforska.ipynb").write_bytes(b"{}")
    (fault,) = notebook_faults(small_project, load_catalogue(small_project))
    assert fault.where == "notebooks/utforska.ipynb"
