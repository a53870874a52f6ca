"""A forked kernel gives what a stock kernel gives."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from tests.batch.kernels.running import render, text

from varddialog.batch.kernels import Engine
from varddialog.config import Project

UNITS = ("00-riket", "12-skane", "09-gotland")
NOTEBOOKS = sorted(p.stem for p in (Path(__file__).resolve().parents[3] / "notebooks").glob("[1-4]-*.ipynb"))
# each notebook and each unit at least once
FEW = {(notebook, UNITS[i % 3]) for i, notebook in enumerate(NOTEBOOKS)}

Run = Callable[..., nbformat.NotebookNode]

FIGURE = """
import matplotlib.pyplot as plt
plt.plot([1, 3, 2])
plt.title("Åtgärdbar dödlighet");"""
SETTINGS = """
import json, matplotlib, matplotlib.pyplot as plt
rc = {k: repr(v) for k, v in sorted(matplotlib.rcParams.items())}
print(json.dumps([rc, plt.get_backend(), plt.isinteractive()]))"""
SURROUNDINGS = """
import json, os, signal, sys, threading
print(json.dumps({
    "environment": {k: v for k, v in os.environ.items() if k != "JPY_PARENT_PID"},
    "folder": os.getcwd(), "path": sys.path, "arguments": [sys.argv[0], *sys.argv[3:]],
    "main": __name__, "threads": sorted(t.name.split("-")[0] for t in threading.enumerate()),
    "signals": {s.name: str(signal.getsignal(s)) for s in (signal.SIGTERM, signal.SIGCHLD, signal.SIGPIPE)},
}))"""


def test_the_notebooks_there_are() -> None:
    assert len(NOTEBOOKS) == 4
    assert {unit for _, unit in FEW} == set(UNITS)


@pytest.mark.parametrize(
    ("notebook", "unit"),
    [
        # twelve pairs take a minute, and these four go through every notebook
        pytest.param(n, u, marks=() if (n, u) in FEW else pytest.mark.slow)
        for n in NOTEBOOKS
        for u in UNITS
    ],
)
def test_a_report_is_byte_for_byte_the_same(
    project: Project, fork: Engine, stock: Engine, tmp_path: Path, notebook: str, unit: str
) -> None:
    source = project.notebooks / f"{notebook}.ipynb"
    made = []
    for engine in (fork, stock):
        scratch = tmp_path / engine.name
        scratch.mkdir()
        made.append(nbformat.writes(render(engine, source, scratch, parameters={"region": unit})))
    assert made[0] == made[1]
    assert made[0].count("<article") > 3


def test_figures_are_shown(fork: Engine, stock: Engine, run: Run) -> None:
    bundles = []
    for engine in (fork, stock):
        (output,) = run(engine, FIGURE, name=engine.name).cells[0].outputs
        bundles.append(dict(output.data))
    assert bundles[0] == bundles[1]
    assert bundles[0]["image/png"].startswith("iVBOR")


def test_matplotlib_has_the_same_settings(fork: Engine, stock: Engine, run: Run) -> None:
    seen = [run(engine, FIGURE, SETTINGS, name=engine.name).cells[1] for engine in (fork, stock)]
    forked, usual = (json.loads(cell.outputs[0].text) for cell in seen)
    assert forked == usual


def test_a_kernel_sees_the_same_surroundings(fork: Engine, stock: Engine, run: Run) -> None:
    forked, usual = (json.loads(text(run(engine, SURROUNDINGS, name=engine.name))) for engine in (fork, stock))
    for seen in (forked, usual):  # what libraries have read already need not be said again
        for name in ("OPENBLAS_NUM_THREADS", "JE_ARROW_MALLOC_CONF", "MIMALLOC_ARENA_EAGER_COMMIT"):
            seen["environment"].pop(name, None)
    assert forked == usual


def test_linear_algebra_works_after_the_fork(fork: Engine, stock: Engine, run: Run) -> None:
    """OpenBLAS has hung in a child whose parent had used it."""
    cell = """
import numpy as np
a = np.arange(160_000.0).reshape(400, 400) % 17 + np.eye(400) * 40
print((a @ a).sum(), np.linalg.solve(a, a[0]).sum(), np.linalg.svd(a)[1][:3], np.linalg.eigvals(a[:50, :50])[0])"""
    forked, usual = (text(run(e, cell, name=e.name, execution_timeout=60)) for e in (fork, stock))
    assert forked == usual


def test_two_kernels_draw_different_numbers(fork: Engine, run: Run) -> None:
    cell = "import random, numpy as np, uuid\nprint(random.random(), np.random.rand(), uuid.uuid4())"
    first, second = (text(run(fork, cell, name=str(i))).split() for i in range(2))
    assert all(one != other for one, other in zip(first, second, strict=True))


def test_a_kernel_knows_nothing_of_the_one_before(fork: Engine, run: Run) -> None:
    run(fork, "import sys, matplotlib\nsys.left = 1\nmatplotlib.rcParams['font.size'] = 33", name="first")
    cell = "import sys, matplotlib\nprint(hasattr(sys, 'left'), matplotlib.rcParams['font.size'] == 33)"
    assert text(run(fork, cell, name="second")) == "False False\n"
