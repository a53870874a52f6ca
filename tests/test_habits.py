"""What people expect of a project with notebooks: git reads them, and other places than one's own machine run them."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.specifiers import SpecifierSet

from varddialog.config import Project

NOTEBOOK = "2-kvalitet-i-tjansterna.ipynb"


@pytest.fixture(scope="module")
def supported(project: Project) -> SpecifierSet:
    meta = tomllib.loads((project.root / "pyproject.toml").read_text(encoding="utf-8"))
    return SpecifierSet(meta["project"]["requires-python"])


def test_binder_has_the_lock_the_package_and_the_kernel(project: Project, supported: SpecifierSet) -> None:
    binder = project.root / ".binder"
    lines = (binder / "requirements.txt").read_text(encoding="utf-8").splitlines()
    (asked,) = [line for line in lines if not line.startswith("#")]
    assert (binder / asked.removeprefix("-r ")).resolve() == project.lock.resolve()
    python = (binder / "runtime.txt").read_text(encoding="utf-8").strip().removeprefix("python-")
    assert supported.contains(python)
    built = (binder / "postBuild").read_text(encoding="utf-8")
    in_setup = (project.root / "Makefile").read_text(encoding="utf-8")
    for step in ("--no-deps --no-build-isolation --editable .", "python -m varddialog.kernelspec"):
        assert step in built
        assert step in in_setup, "the same as `make setup`"
    assert "$PWD/.jupyter" in (binder / "start").read_text(encoding="utf-8")
    for script in ("postBuild", "start"):
        assert os.access(binder / script, os.X_OK), f"{script} can be run"


def test_the_devcontainer_is_set_up_by_make(project: Project, supported: SpecifierSet) -> None:
    container = json.loads((project.root / ".devcontainer" / "devcontainer.json").read_text(encoding="utf-8"))
    image, _, version = container["image"].partition(":")
    assert image == "python"
    assert supported.contains(version)
    make, *targets = container["postCreateCommand"].split()
    assert make == "make"
    known = re.findall(r"^([a-z]+):", (project.root / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    assert "setup" in targets
    assert set(targets) <= set(known)


def test_a_commit_strips_what_git_strips(project: Project) -> None:
    makefile = (project.root / "Makefile").read_text(encoding="utf-8")
    (stripped,) = re.findall(r"^STRIPPED := (.+)$", makefile, re.MULTILINE)
    hooks = yaml.safe_load((project.root / ".pre-commit-config.yaml").read_text(encoding="utf-8"))["repos"][0]["hooks"]
    (entry,) = [hook["entry"] for hook in hooks if hook["id"] == "nbstripout"]
    assert entry.split(" ", 1)[1] == f'--keep-id --extra-keys "{stripped}"'
    assert f'"$(BIN)/{entry.split()[0].rpartition("/")[2]} --keep-id"' in makefile


@pytest.fixture
def checkout(project: Project, tmp_path: Path) -> Path:
    """A repository of its own with one notebook, after `make hooks`."""
    if shutil.which("git") is None or shutil.which("make") is None:
        pytest.skip("NO GIT OR MAKE: `make hooks` is NOT tested on this machine.")
    for name in ("Makefile", ".gitattributes", ".pre-commit-config.yaml", f"notebooks/{NOTEBOOK}"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(project.root / name, tmp_path / name)
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", ".")
    # --old-file: the environment is there, and is not to be made anew
    command = ["make", "hooks", f"VENV={sys.prefix}", f"--old-file={sys.prefix}/.installed"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", env=_alone(), check=False)
    assert done.returncode == 0, done.stderr
    return tmp_path


@pytest.mark.slow
def test_git_keeps_notebooks_without_outputs_and_compares_their_cells(checkout: Path) -> None:
    path = checkout / "notebooks" / NOTEBOOK
    stripped = nbformat.read(path, as_version=4)
    assert (checkout / ".git" / "hooks" / "pre-commit").is_file()
    run = nbformat.read(path, as_version=4)
    run.metadata["papermill"] = {"input_path": "/home/någon/in.ipynb"}
    run.cells[1].metadata["papermill"] = {"duration": 1.5}
    run.cells[1].execution_count = 7
    run.cells[1].outputs = [nbformat.v4.new_output("stream", text="utdata")]
    nbformat.write(run, path)
    git(checkout, "add", ".")
    assert nbformat.reads(git(checkout, "show", f":notebooks/{NOTEBOOK}"), as_version=4) == stripped
    run.cells[1].source += "\nx: int = 1"
    nbformat.write(run, path)
    shown = git(checkout, "diff")
    assert shown.startswith("nbdiff ")
    assert "x: int = 1" in shown
    assert "utdata" not in shown


def _alone() -> dict[str, str]:
    """The environment without what a hook of git, in which the suite may run, has set, and without anyone's own
    settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}


def git(folder: Path, *words: str) -> str:
    done = subprocess.run(["git", *words], cwd=folder, capture_output=True, encoding="utf-8", env=_alone(), check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout
