"""Jobs whose notebooks a test writes itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import nbformat
import pytest

from varddialog.batch.fingerprint import Inputs
from varddialog.batch.kernels import open_engine
from varddialog.batch.make import Limits, Publish
from varddialog.batch.plan import Job, report_on
from varddialog.batch.progress import Tell
from varddialog.batch.record import RunRecord
from varddialog.batch.runner import run, working_in
from varddialog.config import DEFAULT_CYCLE
from varddialog.model.catalogue import Catalogue

PARAMETERS = 'region: str = "00-riket"\ncycle: str = "2026-2027"'
SHARED = {"library": "1", "params": "1", "data": "1", "lock": "1"}


def write_notebook(path: Path, *cells: str) -> None:
    """A notebook with a parameters cell and `cells`, without outputs."""
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_code_cell(PARAMETERS, id="parameters", metadata={"tags": ["parameters"]}),
            *(nbformat.v4.new_code_cell(cell, id=f"cell-{i}") for i, cell in enumerate(cells)),
        ],
        metadata={"language_info": {"name": "python"}},
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(notebook, path)


@dataclass(frozen=True)
class Workshop:
    """A folder of notebooks and one of results."""

    catalogue: Catalogue
    notebooks: Path
    output: Path

    def job(self, dimension: int, *cells: str, region: str = "12") -> Job:
        """A job for one of the dimensions; its notebook is written when cells are given."""
        unit, known = self.catalogue.units.by_code[region], self.catalogue.dimension(dimension)
        source = self.notebooks / f"{known.notebook}.ipynb"
        if cells:
            write_notebook(source, *cells)
        return Job(unit, report_on(known), DEFAULT_CYCLE, source, self.output / DEFAULT_CYCLE / unit.folder)

    @property
    def folder(self) -> Path:
        """Where the cycle's results and run.json lie."""
        return self.output / DEFAULT_CYCLE

    def run(
        self,
        *jobs: Job,
        workers: int = 1,
        publish: Publish | None = None,
        tell: Tell = lambda event: None,
    ) -> RunRecord:
        """Run the jobs on stock kernels; a page is all that the notebook printed."""
        with working_in(self.folder), open_engine("stock") as engine:
            return run(jobs, source, self.folder, engine, workers, Limits(), publish or printed, tell)


def source(job: Job) -> Inputs:
    """Inputs made up: a result depends on its notebook alone."""
    return Inputs(parts={"notebook": sha256(job.source.read_bytes()).hexdigest()})


def printed(job: Job, notebook: nbformat.NotebookNode) -> str:
    return "".join(o.get("text", "") for cell in notebook.cells for o in cell.get("outputs", []))


@pytest.fixture
def workshop(catalogue: Catalogue, tmp_path: Path) -> Workshop:
    return Workshop(catalogue, tmp_path / "notebooks", tmp_path / "outputs")


@pytest.fixture(scope="session")
def shared() -> dict[str, str]:
    """Checksums of what every job depends on, made up."""
    return dict(SHARED)


@pytest.fixture(scope="session")
def publish() -> Callable[[Job, nbformat.NotebookNode], str]:
    """A page that is all that the notebook printed."""
    return printed
