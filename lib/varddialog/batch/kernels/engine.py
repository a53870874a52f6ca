"""Engines: where the kernels of a run come from, and how they are ended."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Literal, Protocol

from varddialog.batch.kernels.nursery import Nursery

if TYPE_CHECKING:  # slow to import, and only a build needs it
    from traitlets.config import Config

EngineName = Literal["fork", "stock"]

# the kernel of this environment, so that a build does not depend on an installed kernelspec
KERNEL = "python3"
# what the path of a socket may take of its 107 bytes, with something to spare
LONGEST = 100
LOG = "kernel.log"

open_engines: dict[str, Engine] = {}


class Process(Protocol):
    """A kernel, however it was started."""

    def poll(self) -> int | None: ...

    def kill_group(self) -> None: ...


class Engine:
    """Gives kernels to papermill, one for each scratch folder, and can end them. `open_engine` makes one.

    memory_mb: the most private memory that a kernel may have; Linux only.
    """

    kernel_name = KERNEL

    def __init__(self, wanted: EngineName, memory_mb: int | None, preload: tuple[str, str] | None) -> None:
        self.id = secrets.token_hex(8)
        self.memory_mb = memory_mb
        self.nursery = Nursery(dict(os.environ), preload)
        self._wanted = wanted
        self._started: dict[Path, Process] = {}
        if wanted == "fork":
            self.nursery.prepare(os.environ)

    @property
    def forks(self) -> bool:
        """Whether forked kernels are asked for."""
        return self._wanted == "fork"

    @property
    def extra_arguments(self) -> list[str]:
        """Arguments of every kernel: what goes wrong in a cell comes back as its output, and no history is kept."""
        return ["--IPKernelApp.log_level=50", "--HistoryManager.enabled=False"]

    @property
    def name(self) -> EngineName:
        """What is really used, after waiting for the parent of forked kernels."""
        return "fork" if self.forks and self.nursery.warm(os.environ) else "stock"

    @property
    def why_not(self) -> str | None:
        """Why kernels are not forked although that was asked for, in Swedish."""
        return self.nursery.why_not if self.name != self._wanted else None

    @property
    def missed(self) -> str | None:
        """What went wrong when the parent was preloaded: nothing fatal, kernels only work longer."""
        return self.nursery.missed if self.name == "fork" else None

    def config(self, scratch: Path) -> Config:
        """Configuration for papermill: a kernel of this engine, with its sockets and connection file in `scratch`."""
        from traitlets.config import Config

        from varddialog.batch.kernels.manager import EngineKernelManager

        folder = self.folder(scratch)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        manager = {"connection_file": str(folder / "kernel.json")}
        if os.name != "nt":  # sockets as files have no race for free ports and need no encryption
            manager |= {"transport": "ipc", "ip": str(folder / "s")}
        return Config(
            {
                "NotebookClient": {"kernel_manager_class": EngineKernelManager},
                "KernelManager": manager,
                "EngineKernelManager": {"engine": self.id, "folder": str(folder)},
            }
        )

    def folder(self, scratch: Path) -> Path:
        """The private folder of a kernel's sockets and log: below `scratch`, unless that is too deep for a socket."""
        inside = scratch.resolve() / "k"
        if len(os.fsencode(inside)) < LONGEST:
            return inside
        return self.nursery.folder / hashlib.sha256(os.fsencode(inside)).hexdigest()[:16]

    def log(self, scratch: Path) -> Path:
        """Where the kernel of `scratch` writes what comes from no cell."""
        return self.folder(scratch) / LOG

    def started(self, folder: Path, process: Process) -> None:
        """Remember a kernel by its folder, and forget those that have ended."""
        self._started = {f: p for f, p in list(self._started.items()) if p.poll() is None} | {folder: process}

    def kill(self, scratch: Path) -> None:
        """Kill the kernel of `scratch` at once, with every process of its group; nothing if there is none."""
        process = self._started.get(self.folder(scratch))
        if process is not None:
            process.kill_group()

    def close(self) -> None:
        """End every kernel."""
        for process in list(self._started.values()):
            process.kill_group()
        self.nursery.close()


@contextmanager
def open_engine(
    wanted: EngineName = "fork", memory_mb: int | None = None, preload: tuple[str, str] | None = ("", "")
) -> Iterator[Engine]:
    """An engine; whatever happens, no kernel of it is left at the end.

    wanted: `fork` falls back to `stock` where it cannot be had. preload: dotted name of a function and its argument,
    called once in the parent of forked kernels, before the first fork; it must start no thread. None when it is told
    later, with `engine.nursery.preload`, while the parent imports what it needs.
    """
    engine = Engine(wanted, memory_mb, preload)
    open_engines[engine.id] = engine
    try:
        yield engine
    finally:
        del open_engines[engine.id]
        engine.close()
