"""Every notebook in notebooks/ runs from its first cell to its last for one unit, and the start page leads to it."""

from __future__ import annotations

import re
from pathlib import Path

import nbformat
import pytest
from tests.building import shared_folder
from tests.lab.bare import executed

from varddialog import kernelspec
from varddialog.batch.plan import Job
from varddialog.config import DEFAULT_CYCLE, Project

NOTEBOOKS = sorted((Path(__file__).resolve().parents[2] / "notebooks").glob("*.ipynb"))
UNIT = "00-riket"  # has every kind of report


@pytest.mark.slow
@pytest.mark.parametrize("source", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_runs_without_error(
    project: Project, jobs: dict[str, Job], tmp_path_factory: pytest.TempPathFactory, source: Path
) -> None:
    """Those that make a report through the project's own runner, the others through papermill."""
    made = [job for job in jobs.values() if job.report.notebook == source.stem and job.unit.folder == UNIT]
    shared = shared_folder(tmp_path_factory)
    rendered = [nbformat.read(job.notebook, as_version=4) for job in made] or [executed(project, shared, source.stem)]
    for notebook in rendered:
        code = [cell for cell in notebook.cells if cell.cell_type == "code"]
        assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))
        kinds = {output.output_type for cell in code for output in cell.outputs}
        assert kinds <= {"execute_result", "display_data"}, "neither errors, warnings nor prints"


@pytest.mark.parametrize("source", NOTEBOOKS, ids=lambda path: path.stem)
def test_every_notebook_has_the_kernel_chosen(source: Path) -> None:
    assert nbformat.read(source, as_version=4).metadata.kernelspec.name == kernelspec.NAME


def test_the_start_page_leads_to_every_notebook_and_to_what_there_is(project: Project) -> None:
    text = (project.notebooks / "start.md").read_text(encoding="utf-8")
    links = re.findall(r"\]\(([^)]+)\)", text)
    assert len(links) == len(set(links))
    assert {link for link in links if link.endswith(".ipynb")} == {path.name for path in NOTEBOOKS}
    packs = [link for link in links if link.startswith("/")]
    assert packs == [f"/underlag/{DEFAULT_CYCLE}/index.html"]
    assert [link for link in set(links) - set(packs) if not (project.notebooks / link).is_file()] == []
