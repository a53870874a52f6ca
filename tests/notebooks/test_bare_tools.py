"""The same notebooks under the stock tools: papermill's and nbconvert's command lines, and «Run all»."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import html5lib
import nbformat
import pytest

from varddialog import kernelspec
from varddialog.batch.plan import Job
from varddialog.config import ROOT_VARIABLE, Project

NOTEBOOK = "2-kvalitet-i-tjansterna"


@pytest.fixture(scope="module")
def around(project: Project, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment where JupyterLab would find the kernel that the notebooks name, and only there."""
    prefix = tmp_path_factory.mktemp("prefix")
    kernelspec.install(prefix=str(prefix))
    return {**os.environ, "JUPYTER_PATH": str(prefix / "share" / "jupyter"), ROOT_VARIABLE: str(project.root)}


def _tool(name: str, *arguments: str | Path, cwd: Path, env: dict[str, str]) -> None:
    program = Path(sysconfig.get_path("scripts"), name)
    done = subprocess.run(
        [str(program), *map(str, arguments)], capture_output=True, encoding="utf-8", cwd=cwd, env=env, check=False
    )
    assert done.returncode == 0, f"{name} failed:\n{done.stdout}\n{done.stderr}"


def _pages(notebook: nbformat.NotebookNode) -> dict[str, str]:
    """What each cell shows, by the cell's id."""
    cells = [c for c in notebook.cells if c.cell_type == "code"]
    return {c.id: o.data["text/html"] for c in cells for o in c.outputs if "text/html" in o.get("data", {})}


def test_bare_papermill_runs_a_notebook(project: Project, around: dict[str, str], tmp_path: Path) -> None:
    """Papermill's own command line, with a parameter file, as params/regions says."""
    out = tmp_path / "ut.ipynb"
    arguments = [f"notebooks/{NOTEBOOK}.ipynb", out, "-f", "params/regions/12-skane.yml", "--no-progress-bar"]
    _tool("papermill", *arguments, cwd=project.root, env=around)
    rendered = nbformat.read(out, as_version=4)
    assert rendered.metadata.kernelspec.name == kernelspec.NAME
    kinds = {o.output_type for c in rendered.cells for o in c.get("outputs", [])}
    assert kinds == {"execute_result"}
    pages = _pages(rendered)
    assert "Kvalitet i tjänsterna: Region Skåne" in pages["rubrik"]
    assert pages["medicinska-resultat"].count('<article id="') >= 10


def test_stock_nbconvert_makes_a_page(jobs: dict[str, Job], around: dict[str, str], tmp_path: Path) -> None:
    rendered = jobs[f"09-gotland/{NOTEBOOK}"].notebook
    arguments = ["nbconvert", "--to", "html", rendered, "--output-dir", tmp_path, "--output", "sida.html"]
    _tool("jupyter", *arguments, cwd=tmp_path, env=around)
    text = (tmp_path / "sida.html").read_text(encoding="utf-8")
    page = html5lib.parse(text, namespaceHTMLElements=False)
    assert "Kvalitet i tjänsterna: Region Gotland" in ["".join(h.itertext()) for h in page.iter("h1")]
    shown = nbformat.read(rendered, as_version=4)
    articles = sum(html.count('<article id="') for html in _pages(shown).values())
    assert len(list(page.iter("article"))) == articles > 0
    assert ".vard {" in text, "the set-up cell brings the style sheet"


def test_run_all_from_another_folder_gives_the_report(
    project: Project, around: dict[str, str], jobs: dict[str, Job], tmp_path: Path
) -> None:
    """«Run all» runs the notebook as it is, for Riket, and gives what the build gave."""
    notebook = nbformat.read(project.notebooks / f"{NOTEBOOK}.ipynb", as_version=4)
    elsewhere = tmp_path / "någon annanstans"
    elsewhere.mkdir()
    nbformat.write(notebook, elsewhere / "kopia.ipynb")
    arguments = ["nbconvert", "--to", "notebook", "--execute", "--inplace", "kopia.ipynb"]
    _tool("jupyter", *arguments, cwd=elsewhere, env=around)
    executed = nbformat.read(elsewhere / "kopia.ipynb", as_version=4)
    built = nbformat.read(jobs[f"00-riket/{NOTEBOOK}"].notebook, as_version=4)
    assert _pages(executed) == _pages(built)
