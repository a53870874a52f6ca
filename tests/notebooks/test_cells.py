"""The notebooks, cell by cell: thin, run without error, and each cell the same alone as in a full run."""

from __future__ import annotations

import ast
import copy
import json
from pathlib import Path
from typing import Any

import nbformat
import pytest

from varddialog.assessment.ground import Ground
from varddialog.batch.plan import Job
from varddialog.batch.sanity import notebook_faults
from varddialog.config import OUTPUTS_VARIABLE, ROOT_VARIABLE, Project
from varddialog.model.catalogue import Catalogue


@pytest.fixture(autouse=True)
def _this_checkout(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(ROOT_VARIABLE, str(project.root))


def _run(source: str, names: dict[str, Any]) -> Any:
    """What a notebook does with a cell: every statement, and the value of a last expression."""
    body = ast.parse(source).body
    last = body.pop() if body and isinstance(body[-1], ast.Expr) else None
    exec(compile(ast.Module(body, []), "<cell>", "exec"), names)
    return None if last is None else eval(compile(ast.Expression(last.value), "<cell>", "eval"), names)


def _shown(value: Any) -> dict[str, Any]:
    """The bundle that a value displays as, without asking IPython."""
    if value is None:
        return {}
    bundle = {"text/plain": repr(value)}
    if hasattr(value, "_repr_html_"):
        bundle["text/html"] = value._repr_html_()
    if hasattr(value, "_repr_mimebundle_"):
        bundle |= value._repr_mimebundle_()[0]
    read_back: dict[str, Any] = json.loads(json.dumps(bundle))
    return read_back


def _code(notebook: nbformat.NotebookNode) -> dict[str, nbformat.NotebookNode]:
    """Code cells by their first tag, in order."""
    return {cell.metadata.tags[0]: cell for cell in notebook.cells if cell.cell_type == "code"}


def test_notebooks_are_thin_typed_and_stripped(project: Project, catalogue: Catalogue) -> None:
    assert notebook_faults(project, catalogue) == []


def test_notebook_shows_every_area_of_its_dimension_in_order(project: Project, catalogue: Catalogue) -> None:
    for dimension in catalogue.framework.dimensions:
        notebook = nbformat.read(project.notebooks / f"{dimension.notebook}.ipynb", as_version=4)
        asked = [s.partition('"')[2].rstrip('")') for s in (c.source for c in notebook.cells) if "pack.area(" in s]
        assert asked == [leaf.slug for leaf in dimension.leaves()], dimension.notebook


def _silent(job: Job) -> list[str]:
    """The cells that show nothing, when all ran once, in order and without error, and are those of the notebook."""
    source, rendered = (nbformat.read(path, as_version=4) for path in (job.source, job.notebook))
    nbformat.validate(rendered)
    code = [c for c in rendered.cells if c.cell_type == "code"]
    assert [c.execution_count for c in code] == list(range(1, len(code) + 1))
    kinds = {o.output_type for c in code for o in c.outputs}
    assert kinds == {"execute_result"}, "neither errors, warnings nor prints belong in a report"
    assert not job.failed_notebook.exists()
    mine = [c.source for c in rendered.cells if "injected-parameters" not in c.metadata.get("tags", [])]
    assert mine == [c.source for c in source.cells], "the cells are those of the notebook"
    return [tag for tag, c in _code(rendered).items() if not c.outputs]


def test_every_cell_ran_once_in_order_without_error(job: Job) -> None:
    assert _silent(job) == ["parameters", "injected-parameters"]


def test_every_cell_of_the_dialogue_ran_and_only_what_does_not_apply_shows_nothing(dialogue_job: Job) -> None:
    silent = _silent(dialogue_job)
    assert silent[:2] == ["parameters", "injected-parameters"]
    assert not set(silent) & {"setup", "rubrik", "sammanfattning", "metod", "resultat"}
    # what is registered there is not of every kind yet
    assert (len(silent) > 2) == (dialogue_job.report.kind in ("arena", "slutrapport"))


def _run_alone(job: Job) -> int:
    """How many cells gave alone what the full run gave: run last to first, each in names and a pack of its own.

    So no cell can lean on one before it.
    """
    cells = _code(nbformat.read(job.notebook, as_version=4))
    names: dict[str, Any] = {}
    for tag in ("parameters", "injected-parameters", "setup"):
        value = _run(cells[tag].source, names)
    assert {name: names[name] for name in job.parameters} == job.parameters
    assert _shown(value) == cells["setup"].outputs[0].data
    pristine, names["pack"] = names["pack"], None
    # what is read but never changed, and takes long to copy
    ground = {id(part): part for part in vars(pristine).values() if isinstance(part, Ground | Catalogue)}
    checked = 0
    for tag, cell in reversed(cells.items()):
        if tag in ("parameters", "injected-parameters", "setup"):
            continue
        shown = _shown(_run(cell.source, {**names, "pack": copy.deepcopy(pristine, dict(ground))}))
        given = cell.outputs[0].data if cell.outputs else {}
        assert shown == given, f"cell {tag} gives something else alone"
        checked += 1
    assert checked == len(cells) - 3
    return checked


def test_each_cell_alone_gives_what_the_full_run_gave(job: Job) -> None:
    checked = _run_alone(job)
    assert checked >= len(job.dimension.leaves()) + 4, "heading, summary, overview, areas, method and results"


def test_each_cell_of_the_dialogue_alone_gives_what_the_full_run_gave(
    dialogue_job: Job, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Notebooks of the whole country read what the build's other reports have glued."""
    monkeypatch.setenv(OUTPUTS_VARIABLE, str(site.parent))
    assert _run_alone(dialogue_job) >= 4
