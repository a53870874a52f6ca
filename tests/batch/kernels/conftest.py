"""Engines to run small notebooks with."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from tests.batch.kernels.running import render

from varddialog.batch.kernels import Engine, open_engine


@pytest.fixture(scope="session")
def fork() -> Iterator[Engine]:
    """An engine whose parent is shared by the tests of this process, which may kill its kernels but not itself."""
    with open_engine("fork") as engine:
        assert engine.name == "fork", engine.why_not
        yield engine


@pytest.fixture(scope="session")
def stock() -> Iterator[Engine]:
    with open_engine("stock") as engine:
        yield engine


@pytest.fixture(params=["fork", "stock"])
def engine(request: pytest.FixtureRequest) -> Any:
    """Each engine in turn."""
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="session")
def parent_of() -> Callable[[Engine], int]:
    """The process id of the warm parent of an engine."""

    def find(engine: Engine) -> int:
        parent = engine.nursery.warm(os.environ)
        assert parent is not None
        return parent.process.pid

    return find


@pytest.fixture
def run(tmp_path: Path) -> Callable[..., nbformat.NotebookNode]:
    """Runs a notebook of these cells; what it raised is raised, and what was run lies in scratch/out.ipynb."""

    def execute(engine: Engine, *cells: str, name: str = "scratch", **options: Any) -> nbformat.NotebookNode:
        scratch = tmp_path / name
        scratch.mkdir()
        notebook = nbformat.v4.new_notebook(
            cells=[nbformat.v4.new_code_cell(c, id=f"c{i}") for i, c in enumerate(cells)],
            metadata={"language_info": {"name": "python"}},
        )
        nbformat.write(notebook, scratch / "in.ipynb")
        return render(engine, scratch / "in.ipynb", scratch, **options)

    return execute
