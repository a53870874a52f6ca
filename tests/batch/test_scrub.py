"""A rendered notebook carries nothing of the machine, the clock or chance."""

from __future__ import annotations

import copy
from typing import Any

import nbformat
import pytest
from nbformat import NotebookNode

from varddialog.batch.scrub import scrub


def rendered(number: int) -> NotebookNode:
    """What papermill leaves behind; `number` stands for clock, folder and chance."""
    traces: dict[str, Any] = {
        "papermill": {"duration": number / 7, "start_time": f"2026-11-21T10:00:0{number}", "status": "completed"},
        "execution": {"iopub.execute_input": f"2026-11-21T10:00:0{number}Z"},
        "collapsed": False,
    }
    injected = f'# Parameters\n\n# körd {number}\nregion = "12-skane"\ncycle = "2026-2027"\n'
    cells = [
        nbformat.v4.new_code_cell("region: str = '00-riket'", id="parameters", metadata={"tags": ["parameters"]}),
        nbformat.v4.new_code_cell(injected, id=f"slump{number}", metadata={"tags": ["injected-parameters"]}),
        nbformat.v4.new_code_cell(
            "pack.overview()",
            id="oversikt",
            execution_count=3,
            outputs=[nbformat.v4.new_output("stream", name="stdout", text="svar\n")],
        ),
        nbformat.v4.new_markdown_cell("# 2 Kvalitet", id="om", metadata={"tags": ["analytiker"]}),
    ]
    for cell in cells:
        cell.metadata.update(copy.deepcopy(traces))
    return nbformat.v4.new_notebook(
        cells=cells,
        metadata={
            "papermill": {"input_path": f"/home/{number}/in.ipynb", "version": "2.7.0"},
            "language_info": {"name": "python", "version": f"3.11.{number}", "mimetype": "text/x-python"},
            "kernelspec": {"name": "varddialog", "display_name": "Vårddialog", "language": "python"},
            "title": "Titel",
        },
    )


@pytest.fixture
def scrubbed() -> NotebookNode:
    return scrub(rendered(1), "Kvalitet")


def test_two_runs_give_the_same_bytes(scrubbed: NotebookNode) -> None:
    assert nbformat.writes(rendered(1)) != nbformat.writes(rendered(2))
    assert nbformat.writes(scrubbed) == nbformat.writes(scrub(rendered(2), "Kvalitet"))


def test_no_trace_is_left(scrubbed: NotebookNode) -> None:
    text = nbformat.writes(scrubbed)
    for trace in ("papermill", "2026-11-21", "/home", "slump", "3.11", "collapsed", "körd"):
        assert trace not in text


def test_what_is_shown_and_asked_for_stays(scrubbed: NotebookNode) -> None:
    assert scrubbed.metadata["title"] == "Kvalitet"
    assert scrubbed.metadata["kernelspec"]["name"] == "varddialog"
    assert [cell["id"] for cell in scrubbed.cells] == ["parameters", "injected-parameters", "oversikt", "om"]
    assert scrubbed.cells[1]["source"] == '# Parameters\nregion = "12-skane"\ncycle = "2026-2027"'
    assert scrubbed.cells[2]["outputs"][0]["text"] == "svar\n"
    assert scrubbed.cells[2]["execution_count"] == 3
    assert scrubbed.cells[3].metadata["tags"] == ["analytiker"]
    nbformat.validate(scrubbed)


def test_scrubbing_again_changes_nothing(scrubbed: NotebookNode) -> None:
    once = nbformat.writes(scrubbed)
    assert nbformat.writes(scrub(scrubbed, "Kvalitet")) == once
