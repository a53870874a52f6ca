"""The dimensions' notebooks, cell by cell: thin, run without error, and each cell the same alone as in a full run."""

from __future__ import annotations

import ast
import copy
import json
from typing import Any

import nbformat
import pytest

from varddialog.batch.plan import Job
from varddialog.batch.sanity import notebook_faults
from varddialog.config import ROOT_VARIABLE, Project
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


def test_every_cell_ran_once_in_order_without_error(project: Project, job: Job) -> None:
    source, rendered = (nbformat.read(path, as_version=4) for path in (job.source, job.notebook))
    nbformat.validate(rendered)
    code = [c for c in rendered.cells if c.cell_type == "code"]
    assert [c.execution_count for c in code] == list(range(1, len(code) + 1))
    kinds = {o.output_type for c in code for o in c.outputs}
    assert kinds == {"execute_result"}, "neither errors, warnings nor prints belong in a report"
    silent = [tag for tag, c in _code(rendered).items() if not c.outputs]
    assert silent == ["parameters", "injected-parameters"]
    assert not job.failed_notebook.exists()
    mine = [c.source for c in rendered.cells if "injected-parameters" not in c.metadata.get("tags", [])]
    assert mine == [c.source for c in source.cells], "the cells are those of the notebook"


def test_each_cell_alone_gives_what_the_full_run_gave(job: Job) -> None:
    """Cells run last to first, each in names and a pack of its own, so that no cell can lean on one before it."""
    cells = _code(nbformat.read(job.notebook, as_version=4))
    names: dict[str, Any] = {}
    for tag in ("parameters", "injected-parameters", "setup"):
        value = _run(cells[tag].source, names)
    assert names["region"] == job.unit.folder
    assert _shown(value) == cells["setup"].outputs[0].data
    pristine, names["pack"] = names["pack"], None
    checked = 0
    for tag, cell in reversed(cells.items()):
        if tag in ("parameters", "injected-parameters", "setup"):
            continue
        shown = _shown(_run(cell.source, {**names, "pack": copy.deepcopy(pristine)}))
        (output,) = cell.outputs
        assert shown == output.data, f"cell {tag} gives something else alone"
        checked += 1
    assert checked == len(cells) - 3
    assert checked >= len(job.dimension.leaves()) + 4, "heading, summary, overview, areas, method and results"
