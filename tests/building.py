"""Real builds that several tests read, each made once, by the first process that asks."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from collections.abc import Iterable
from pathlib import Path

import pytest
from filelock import FileLock
from tests.dialogue.added import example

from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.model.catalogue import Catalogue
from varddialog.publish.site.supplement import PAGE, supplement_page


def shared_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all processes of the run have in common."""
    shared = tmp_path_factory.getbasetemp()
    # under xdist each process has a folder of its own; their parent is common
    return shared.parent if "PYTEST_XDIST_WORKER" in os.environ else shared


def built_once(shared: Path, name: str, root: Path, units: Iterable[str]) -> Path:
    """The cycle's folder of `varddialog build` for the units, from the project at `root`; it is only read."""
    target, told = shared / name, shared / f"{name}.json"
    with FileLock(shared / f"{name}.lock"):
        if not told.is_file():
            command = [str(Path(sysconfig.get_path("scripts"), "varddialog")), "build", "--output", str(target)]
            command += [part for unit in units for part in ("--region", unit)]
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                encoding="utf-8",
                env={**os.environ, ROOT_VARIABLE: str(root)},
                cwd=shared,
            )
            told.write_text(json.dumps([done.returncode, done.stdout, done.stderr]), encoding="utf-8")
    code, out, err = json.loads(told.read_text(encoding="utf-8"))
    assert code == 0, f"the build failed with exit code {code}:\n{out}\n{err}"
    return target / DEFAULT_CYCLE


def with_supplement(site: Path, catalogue: Catalogue, folder: Path) -> Path:
    """The site as it lies in `folder`, with the page that a build lacks while nobody has added anything: Gotland's own.

    site: the cycle's folder, whose files are the same files here.
    """
    whole, unit = folder / site.name, catalogue.units.find("Gotland")
    shutil.copytree(site, whole, copy_function=os.link)
    here = Project(folder / "added")
    for kind in ("supplements", "comments"):
        example(here, "inledning", kind, unit.folder)
    page = supplement_page(here, unit, catalogue, catalogue.cycle(site.name))
    assert page is not None
    (whole / unit.folder / PAGE).write_text(page, encoding="utf-8")
    return whole
