"""A rendered notebook opened where it lies, or in a copy elsewhere: any one cell runs after parameters and set-up.

As a person does it in JupyterLab: a kernel of the kernelspec that the notebook names, started in the notebook's folder,
with nothing said of where the project lies.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from varddialog import kernelspec
from varddialog.config import OUTPUTS_VARIABLE, ROOT_VARIABLE

pytestmark = pytest.mark.slow

# each cell alone: the first three and that one, in a kernel of its own; what the cell shows comes back
OPEN = """
import json, sys
import nbformat
from nbclient import NotebookClient
path, names = sys.argv[1], sys.argv[2:]
shown = {}
for name in names:
    notebook = nbformat.read(path, as_version=4)
    wanted = {"parameters", "injected-parameters", "setup", name}
    notebook.cells = [c for c in notebook.cells if wanted.intersection(c.metadata.tags)]
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": "."}}).execute()
    shown[name] = [{k: v for k, v in o.items() if k != "execution_count"} for o in notebook.cells[-1].outputs]
print(json.dumps(shown))
"""

REPORTS = {
    "09-gotland/2-kvalitet-i-tjansterna": ("sammanfattning", "sakerhet", "resultat"),
    "09-gotland/fokusomrade-psykiatri": ("laget", "matten"),
    "00-riket/dialoguppfoljning-tillganglighet": ("lardomar",),
}


@pytest.mark.parametrize("place", ["where it lies", "a copy elsewhere"])
@pytest.mark.parametrize("report", REPORTS)
def test_any_cell_runs_alone_and_gives_what_stands_there(site: Path, tmp_path: Path, report: str, place: str) -> None:
    path = site / f"{report}.ipynb"
    if place == "a copy elsewhere":
        folder = tmp_path / "en annan mapp"
        folder.mkdir()
        path = Path(shutil.copy(path, folder / "min kopia.ipynb"))
    kernelspec.install(prefix=str(tmp_path))
    outside = {k: v for k, v in os.environ.items() if k not in (ROOT_VARIABLE, OUTPUTS_VARIABLE)}
    done = subprocess.run(
        [sys.executable, "-c", OPEN, str(path), *REPORTS[report]],
        cwd=path.parent,
        env={**outside, "JUPYTER_PATH": str(tmp_path / "share" / "jupyter"), "IPYTHONDIR": str(tmp_path / "ipython")},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {name: stands(path, name) for name in REPORTS[report]}


def stands(path: Path, name: str) -> list[dict[str, Any]]:
    """What the cell shows in the file."""
    (cell,) = [c for c in nbformat.read(path, as_version=4).cells if name in c.metadata.tags]
    assert cell.outputs
    return [{k: v for k, v in output.items() if k != "execution_count"} for output in cell.outputs]
