"""Where a project is found, and how its paths are shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from varddialog import config
from varddialog.errors import UsageError


def test_the_package_finds_its_own_checkout(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(config.ROOT_VARIABLE, raising=False)
    monkeypatch.chdir(tmp_path)  # a notebook may be opened anywhere
    assert (config.project().params / "framework.yml").is_file()


def test_the_variable_names_another_root(params_copy: config.Project) -> None:
    assert config.project() == params_copy


def test_a_root_without_params_is_a_user_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(config.ROOT_VARIABLE, str(tmp_path))
    with pytest.raises(UsageError, match=config.ROOT_VARIABLE):
        config.project()


def test_paths_are_shown_without_the_machine(project: config.Project, tmp_path: Path) -> None:
    assert project.show(project.params / "units.yml") == "params/units.yml"
    assert project.show(tmp_path / "egna.csv") == "egna.csv"
