"""What most tests start from: the checkout itself, its catalogue, and a copy of params/ to break."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from varddialog.config import ROOT_VARIABLE, Project
from varddialog.model.catalogue import Catalogue, load_catalogue


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
