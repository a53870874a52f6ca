"""JupyterLab and Voilà as a person starts them, on a port and in folders of their own."""

from __future__ import annotations

import contextlib
import os
import shutil
import socket
import subprocess
import sysconfig
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from varddialog import kernelspec
from varddialog.config import ROOT_VARIABLE, Project

TOKEN = "prov"
PATIENCE = 60.0  # seconds; a loaded machine is slow, not wrong
SERVED = (".jupyter", "data", "docs", "notebooks", "params", "requirements.lock", "voila.json")


@dataclass(frozen=True)
class Served:
    """A server that answers, and the project that it shows."""

    address: str
    project: Project


def copied(real: Project, root: Path) -> Project:
    """A project to write in: what the screen saves stays there."""
    root.mkdir()
    for name in SERVED:
        source = real.root / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        copy(source, root / name)
    return Project(root.resolve())


def surroundings(here: Project, folder: Path) -> dict[str, str]:
    """An environment where Jupyter writes nothing but in `folder`, and finds the kernel that the notebooks name."""
    kernelspec.install(prefix=str(folder))
    places = {
        "JUPYTER_PATH": folder / "share" / "jupyter",
        "JUPYTER_CONFIG_PATH": here.root / ".jupyter",
        "JUPYTER_CONFIG_DIR": folder / "config",
        "JUPYTER_DATA_DIR": folder / "data",
        "JUPYTER_RUNTIME_DIR": folder / "runtime",
        "IPYTHONDIR": folder / "ipython",
        ROOT_VARIABLE: here.root,
    }
    return {**os.environ, **{name: str(place) for name, place in places.items()}}


@contextlib.contextmanager
def served(here: Project, folder: Path, *command: str) -> Iterator[Served]:
    """The program serving the project, until the block ends. `{port}` in the command becomes a free port."""
    port = _free_port()
    program = str(Path(sysconfig.get_path("scripts"), command[0]))
    arguments = [part.format(port=port) for part in command[1:]]
    log = folder / f"{command[0]}.log"
    with log.open("wb") as told:
        running = subprocess.Popen(
            [program, *arguments], cwd=here.root, env=surroundings(here, folder), stdout=told, stderr=told
        )
        try:
            _wait(running, port, log)
            yield Served(f"http://127.0.0.1:{port}", here)
        finally:
            running.terminate()
            try:
                running.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


def _wait(running: subprocess.Popen[bytes], port: int, log: Path) -> None:
    """Until the server listens. Fails with its log when it stops, or takes too long."""
    until = time.monotonic() + PATIENCE
    while running.poll() is None and time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise AssertionError(f"nothing listens:\n{log.read_text(encoding='utf-8', errors='replace')}")
