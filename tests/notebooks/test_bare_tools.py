"""The same notebooks under the stock tools: papermill's and nbconvert's command lines, and «Run all»."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from functools import partial
from pathlib import Path

import html5lib
import nbformat
import pytest

from varddialog import kernelspec
from varddialog.batch.make import Limits, make
from varddialog.batch.plan import Job
from varddialog.batch.ready import ready_engine, results_in
from varddialog.config import DEFAULT_CYCLE, OUTPUTS_VARIABLE, ROOT_VARIABLE, Project
from varddialog.model.catalogue import Catalogue
from varddialog.publish.report import page

NOTEBOOK = "2-kvalitet-i-tjansterna"
# of the dialogue, one of each kind
DIALOGUE = (
    "09-gotland/fokusomrade-tillganglighet",
    "09-gotland/diskussionsfragor",
    "00-riket/dialoguppfoljning-samverkansregion",
    "00-riket/nationell-oversikt",
    "00-riket/slutrapport",
)


@pytest.fixture(scope="module")
def around(project: Project, site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """An environment where JupyterLab would find the kernel that the notebooks name, and only there.

    Notebooks of the whole country find the results of the others in the built site.
    """
    prefix = tmp_path_factory.mktemp("prefix")
    kernelspec.install(prefix=str(prefix))
    places = {ROOT_VARIABLE: str(project.root), OUTPUTS_VARIABLE: str(site.parent)}
    return {**os.environ, **places, "JUPYTER_PATH": str(prefix / "share" / "jupyter")}


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


@pytest.mark.slow
@pytest.mark.parametrize("key", DIALOGUE)
def test_bare_papermill_gives_what_the_build_gave(
    project: Project, around: dict[str, str], jobs: dict[str, Job], tmp_path: Path, key: str
) -> None:
    job, out = jobs[key], tmp_path / "ut.ipynb"
    given = [part for name, value in job.parameters.items() for part in ("-p", name, value)]
    _tool("papermill", job.source, out, *given, "--no-progress-bar", cwd=project.root, env=around)
    assert _pages(nbformat.read(out, as_version=4)) == _pages(nbformat.read(job.notebook, as_version=4))


def _blocks(html: str) -> list[list[tuple[str, dict[str, str], str]]]:
    """What the cells show, element by element: nbconvert writes the same HTML in other words."""
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    blocks = [e for e in tree.iter("div") if e.get("class") == "vard"]
    return [[(e.tag, dict(e.attrib), (e.text or "").strip()) for e in block.iter()] for block in blocks]


@pytest.mark.slow
@pytest.mark.parametrize("key", DIALOGUE)
def test_a_rendered_notebook_run_again_by_nbconvert_gives_the_same(
    around: dict[str, str], jobs: dict[str, Job], tmp_path: Path, key: str
) -> None:
    rendered = jobs[key].notebook
    arguments = ["nbconvert", "--to", "html", "--execute", rendered, "--output-dir", tmp_path, "--output", "sida.html"]
    _tool("jupyter", *arguments, cwd=tmp_path, env=around)
    cells = _pages(nbformat.read(rendered, as_version=4))
    shown = [block for html in cells.values() for block in _blocks(html)]
    assert len(shown) == len(cells) > 3
    assert _blocks((tmp_path / "sida.html").read_text(encoding="utf-8")) == shown


@pytest.mark.slow
def test_the_stock_engine_gives_the_same_bytes(
    project: Project, catalogue: Catalogue, site: Path, jobs: dict[str, Job], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The build forks its kernels where it can; here each is started as Jupyter starts it."""
    monkeypatch.setenv(ROOT_VARIABLE, str(project.root))
    with results_in(site.parent), ready_engine(project, DEFAULT_CYCLE, "stock", None) as engine:
        for key in DIALOGUE:
            job = jobs[key]
            made = make(job, engine, Limits(), partial(_page, catalogue))
            assert made.notebook == job.notebook.read_text(encoding="utf-8"), key
            assert made.page == job.report_page.read_text(encoding="utf-8"), key


def _page(catalogue: Catalogue, job: Job, notebook: nbformat.NotebookNode) -> str:
    return page(notebook, job.title, job.unit, catalogue.cycle(job.cycle))
