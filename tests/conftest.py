"""What most tests start from: the checkout itself, its catalogue, and a copy of params/ to break."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sysconfig
from pathlib import Path

import pytest
from filelock import FileLock

from varddialog.batch.plan import Job, plan
from varddialog.config import DEFAULT_CYCLE, ROOT_VARIABLE, Project
from varddialog.model.catalogue import Catalogue, load_catalogue

# a large region, a small one, and the one that is no region
BUILT = ("00-riket", "01-stockholm", "09-gotland")
NOTEBOOKS = tuple(sorted(p.stem for p in (Path(__file__).resolve().parents[1] / "notebooks").glob("[1-4]-*.ipynb")))


@pytest.fixture(scope="session")
def project() -> Project:
    """The checkout that the tests belong to, whatever VARDDIALOG_ROOT says."""
    return Project(Path(__file__).resolve().parents[1])


@pytest.fixture(scope="session")
def catalogue(project: Project) -> Catalogue:
    """What the committed params/ says."""
    return load_catalogue(project)


@pytest.fixture
def params_copy(project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Project:
    """A project whose params/ is a copy that a test may break; VARDDIALOG_ROOT names it."""
    shutil.copytree(project.params, tmp_path / "params")
    monkeypatch.setenv(ROOT_VARIABLE, str(tmp_path))
    return Project(tmp_path.resolve())


@pytest.fixture(scope="session")
def site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The cycle's folder of a real build: three units × every dimension, through papermill.

    It takes most of a minute, so it is made once, by the first process that asks, and is only read.
    A test that writes builds its own.
    """
    shared = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:  # each process has a folder of its own; their parent is common
        shared = shared.parent
    target, told = shared / "site", shared / "site.json"
    with FileLock(shared / "site.lock"):
        if not told.is_file():
            command = [str(Path(sysconfig.get_path("scripts"), "varddialog")), "build", "--output", str(target)]
            command += [part for unit in BUILT for part in ("--region", unit)]
            done = subprocess.run(
                command,
                capture_output=True,
                text=True,
                encoding="utf-8",
                env={**os.environ, ROOT_VARIABLE: str(project.root)},
                cwd=shared,
            )
            told.write_text(json.dumps([done.returncode, done.stdout, done.stderr]), encoding="utf-8")
    code, out, err = json.loads(told.read_text(encoding="utf-8"))
    assert code == 0, f"the build failed with exit code {code}:\n{out}\n{err}"
    return target / DEFAULT_CYCLE


@pytest.fixture(scope="session")
def jobs(project: Project, catalogue: Catalogue, site: Path) -> dict[str, Job]:
    """Every job of the build, by its key."""
    units = [catalogue.units.find(unit) for unit in BUILT]
    planned = plan(project, catalogue, DEFAULT_CYCLE, site.parent, units, catalogue.framework.dimensions)
    return {job.key: job for job in planned}


@pytest.fixture(params=[f"{unit}/{notebook}" for unit in BUILT for notebook in NOTEBOOKS])
def job(request: pytest.FixtureRequest, jobs: dict[str, Job]) -> Job:
    """Each of the built reports in turn."""
    return jobs[request.param]
