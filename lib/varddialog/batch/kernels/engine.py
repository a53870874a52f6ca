"""Engines: where the kernels of a run come from, and how they are ended."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # slow to import, and only a build needs them
    from traitlets.config import Config

    from varddialog.batch.kernels.manager import Process

EngineName = Literal["fork", "stock"]

# the kernel of this environment, so that a build does not depend on an installed kernelspec
KERNEL = "python3"
# a socket's path takes at most 107 bytes; the number of the socket is added to it
LONGEST = 100

open_engines: dict[str, Engine] = {}


class Engine:
    """Gives kernels to papermill, one for each scratch folder, and can end them.

    memory_mb: the most private memory that a kernel may have; Linux only.
    """

    kernel_name = KERNEL

    def __init__(self, memory_mb: int | None = None) -> None:
        self.id = secrets.token_hex(8)
        self.memory_mb = memory_mb
        self.started: dict[str, Process] = {}
        self._folder = Path(tempfile.mkdtemp(prefix="vd-", dir="/tmp" if Path("/tmp").is_dir() else None))

    @property
    def name(self) -> EngineName:
        """What is really used."""
        return "stock"

    @property
    def why_not(self) -> str | None:
        """Why kernels are not forked although that was asked for, in Swedish; None when nothing is to be told."""
        return None

    @property
    def extra_arguments(self) -> list[str]:
        """Arguments of every kernel: what goes wrong in a cell comes back as its output, and no history is kept."""
        return ["--IPKernelApp.log_level=50", "--HistoryManager.enabled=False"]

    def config(self, scratch: Path) -> Config:
        """Configuration for papermill: a kernel of this engine, with its sockets and connection file in `scratch`."""
        from traitlets.config import Config

        from varddialog.batch.kernels.manager import EngineKernelManager

        config = Config(
            {
                "NotebookClient": {"kernel_manager_class": EngineKernelManager},
                "EngineKernelManager": {"engine": self.id},
            }
        )
        if os.name != "nt":
            # sockets as files have no race for free ports and need no encryption
            sockets = self._sockets(scratch)
            sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
            connection = {"transport": "ipc", "ip": str(sockets / "s"), "connection_file": str(sockets / "kernel.json")}
            config.merge({"KernelManager": connection})
        return config

    def log(self, scratch: Path) -> Path:
        """Where the kernel of `scratch` writes what it prints outside of any cell."""
        return self._sockets(scratch) / "kernel.log"

    def kill(self, scratch: Path) -> None:
        """Kill the kernel of `scratch` at once, with every process of its group; nothing if there is none."""
        process = self.started.get(str(self._sockets(scratch)))
        if process is not None:
            process.kill_group()

    def close(self) -> None:
        """End every kernel."""
        open_engines.pop(self.id, None)
        for process in list(self.started.values()):
            process.kill_group()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _sockets(self, scratch: Path) -> Path:
        """The private folder of a kernel's sockets: below `scratch`, unless that is too deep for a socket."""
        inside = scratch.resolve() / "k"
        if len(os.fsencode(inside / "s-5")) <= LONGEST:
            return inside
        return self._folder / hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]


@contextmanager
def open_engine(wanted: EngineName = "fork", memory_mb: int | None = None) -> Iterator[Engine]:
    """An engine; whatever happens, no kernel of it is left at the end."""
    engine = Engine(memory_mb)
    open_engines[engine.id] = engine
    try:
        yield engine
    finally:
        engine.close()
