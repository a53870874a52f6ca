"""Parents are warm, of today's library, or not used at all; ordinary tools get forked kernels too."""

from __future__ import annotations

import logging
import os
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpecManager
from tests.batch.kernels.running import left_of, sleeper, text, told

from varddialog import kernelspec
from varddialog.batch.kernels import nursery as nursery_module
from varddialog.batch.kernels import open_engine, provisioner
from varddialog.batch.kernels.nursery import LIBRARY, Nursery
from varddialog.batch.kernels.provisioner import kernel_arguments
from varddialog.batch.kernels.state import state
from varddialog.batch.scrub import scrub
from varddialog.config import ROOT_VARIABLE, Project

Run = Callable[..., nbformat.NotebookNode]


@pytest.fixture
def hooks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Functions to preload with, which a parent finds."""
    (tmp_path / "hooks.py").write_text(
        "import builtins, threading, time\n"
        "def remember(argument): builtins.remembered = argument\n"
        "def fail(argument): raise LookupError(argument)\n"
        "def thread(argument): threading.Thread(target=time.sleep, args=(60,), daemon=True).start()\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))


@pytest.mark.usefixtures("hooks")
def test_what_is_preloaded_is_there(run: Run) -> None:
    with open_engine(preload=("hooks.remember", "från början")) as engine:
        assert (engine.name, engine.why_not, engine.missed) == ("fork", None, None)
        assert text(run(engine, "print(remembered)")) == "från början\n"


@pytest.mark.usefixtures("hooks")
def test_preloading_that_fails_is_told_and_stops_nothing(run: Run) -> None:
    with open_engine(preload=("hooks.fail", "borta")) as engine:
        assert engine.missed == "LookupError: borta"
        assert (engine.name, engine.why_not) == ("fork", None)
        assert text(run(engine, "1 + 1")) == "2"


@pytest.mark.usefixtures("hooks")
def test_a_parent_with_two_threads_is_not_used(run: Run) -> None:
    with open_engine(preload=("hooks.thread", "")) as engine:
        assert text(run(engine, "1 + 1")) == "2"
        assert engine.name == "stock"
        assert engine.why_not is not None
        assert "2 trådar" in engine.why_not


def test_another_system_uses_stock_kernels(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nursery_module.sys, "platform", "darwin")
    with open_engine() as engine:
        assert engine.name == "stock"
        assert engine.why_not is not None
        assert "bara för Linux" in engine.why_not


def test_the_reason_is_said_once(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(provisioner, "_told", set())
    with caplog.at_level(logging.WARNING):
        for _ in range(3):
            provisioner._tell("Därför.")
        provisioner._tell(None)
    assert [record.getMessage() for record in caplog.records] == ["Därför."]


def test_a_changed_library_gets_a_new_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Kernels that run go on with the parent that they have, which ends with the last of them."""
    package = tmp_path / "lib" / "varddialog"
    shutil.copytree(LIBRARY, package, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(nursery_module, "LIBRARY", package)
    env = {**os.environ, "PYTHONPATH": str(package.parent)}
    nursery = Nursery()
    try:
        first = nursery.warm(env)
        assert first is not None
        assert nursery.warm(env) is first
        connection = str(tmp_path / "kernel.json")
        kernel = nursery.fork(["-f", connection], env, str(tmp_path), nursery.new_log())
        assert kernel is not None
        with (package / "swedish.py").open("a", encoding="utf-8") as module:
            module.write("# en rad till\n")
        second = nursery.warm(env)
        assert second is not None
        assert second is not first
        assert kernel.poll() is None
        kernel.kill()
        assert kernel.wait(5) == -9
        assert first.process.wait(5) == 0
        assert second.process.poll() is None
    finally:
        nursery.close()
    assert left_of([second.process.pid]) == []


def test_the_state_is_of_contents_packages_and_environment(
    tmp_path: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.py").write_text("1", encoding="utf-8")
    beside = tmp_path_factory.mktemp("beside")  # where the running script lies, and scratch folders may come and go
    monkeypatch.syspath_prepend(beside)
    env = {"LANG": "C", "JPY_SESSION_NAME": "a"}
    first = state(tmp_path, env)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "a.pyc").write_text("x", encoding="utf-8")
    os.utime(tmp_path / "a.py", (1, 1))
    os.utime(beside, (1, 1))
    assert state(tmp_path, {**env, "JPY_SESSION_NAME": "b"}) == first
    assert state(tmp_path, {**env, "LANG": "sv_SE"}) != first
    packages = tmp_path_factory.mktemp("packages")
    with monkeypatch.context() as patched:
        patched.setattr(sysconfig, "get_path", lambda kind: str(packages))
        assert state(tmp_path, env) != first
    assert state(tmp_path, env) == first
    (tmp_path / "a.py").write_text("2", encoding="utf-8")
    assert state(tmp_path, env) != first


@pytest.mark.parametrize(
    ("cmd", "arguments"),
    [
        ([sys.executable, "-m", "ipykernel_launcher", "-f", "x"], ["-f", "x"]),
        ([sys.executable, "-Xfrozen_modules=off", "-m", "ipykernel", "-f", "x"], ["-f", "x"]),
        (["/bin/sh", "-m", "ipykernel_launcher", "-f", "x"], None),
        (["no-such-program", "-m", "ipykernel_launcher", "-f", "x"], None),
        ([sys.executable, "-m", "bash_kernel", "-f", "x"], None),
        ([sys.executable, "kernel.py"], None),
    ],
)
def test_only_ipython_kernels_of_this_interpreter_are_forked(cmd: list[str], arguments: list[str] | None) -> None:
    assert kernel_arguments(cmd) == arguments


def _papermill(source: Path, target: Path, env: dict[str, str], *arguments: str) -> nbformat.NotebookNode:
    program = str(Path(sysconfig.get_path("scripts"), "papermill"))
    done = subprocess.run(
        [program, str(source), str(target), "--no-progress-bar", *arguments],
        capture_output=True,
        encoding="utf-8",
        env={**os.environ, **env},
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return scrub(nbformat.read(target, as_version=4), "titel")


def test_papermills_own_command_line(project: Project, tmp_path: Path) -> None:
    """With kernels forked because an environment variable says so, it gives what it gives without."""
    source = project.notebooks / "1-halsa-i-befolkningen.ipynb"
    forked = {"JUPYTER_DEFAULT_PROVISIONER_NAME": kernelspec.FORKED, ROOT_VARIABLE: str(project.root)}
    made = [
        _papermill(source, tmp_path / f"{i}.ipynb", env, "-k", "python3", "-p", "region", "09-gotland")
        for i, env in enumerate(({ROOT_VARIABLE: str(project.root)}, forked))
    ]
    assert nbformat.writes(made[0]) == nbformat.writes(made[1])


def test_the_kernelspec_that_starts_at_once(tmp_path: Path) -> None:
    kernelspec.install(prefix=str(tmp_path))
    specs = tmp_path / "share" / "jupyter" / "kernels"
    manager = KernelSpecManager(kernel_dirs=[str(specs)])
    assert manager.get_kernel_spec(kernelspec.NAME).metadata.get("kernel_provisioner") is None
    assert manager.get_kernel_spec(kernelspec.FORKED).display_name == "Vårddialog (snabbstart)"

    mark = tmp_path / "mark"
    parent = "import os\nfrom pathlib import Path\nprint(Path(f'/proc/{os.getppid()}/cmdline').read_text())"
    cells = [nbformat.v4.new_code_cell(cell) for cell in (sleeper(mark), parent)]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), tmp_path / "in.ipynb")
    env = {"JUPYTER_PATH": str(specs.parent)}
    made = _papermill(tmp_path / "in.ipynb", tmp_path / "ut.ipynb", env, "-k", kernelspec.FORKED)
    assert "varddialog.batch.kernels.parent" in text(made)
    assert left_of(told(mark)) == []
