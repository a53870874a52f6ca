"""The notebooks that are for the screen, run by papermill's own command line; each once in a run of the suite."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path

import nbformat
from filelock import FileLock
from tests.lab.serving import surroundings

from varddialog.config import ROOT_VARIABLE, Project

UNIT = "09-gotland"


def temporary(shared: Path, name: str) -> Path:
    """Where the notebook of that name has put its temporary files."""
    return shared / f"bare-{name}" / "tmp"


def executed(project: Project, shared: Path, name: str) -> nbformat.NotebookNode:
    """The notebook as it is when every cell has been run, for one unit. Fails with what papermill says."""
    folder = shared / f"bare-{name}"
    out = folder / "ut.ipynb"
    with FileLock(shared / f"bare-{name}.lock"):
        if not out.is_file():
            temporary(shared, name).mkdir(parents=True)
            around = surroundings(project, folder)
            around |= {ROOT_VARIABLE: str(project.root), "TMPDIR": str(temporary(shared, name))}
            command = [str(Path(sysconfig.get_path("scripts"), "papermill")), f"notebooks/{name}.ipynb"]
            command += [str(folder / "ut.part.ipynb"), "-p", "region", UNIT, "--no-progress-bar"]
            ran = subprocess.run(
                command, cwd=project.root, env={**os.environ, **around}, capture_output=True, encoding="utf-8"
            )
            assert ran.returncode == 0, ran.stderr
            (folder / "ut.part.ipynb").rename(out)
    return nbformat.read(out, as_version=4)
