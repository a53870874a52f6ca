"""Where forked kernels come from: one warm parent at a time, replaced when what it has imported has changed."""

from __future__ import annotations

import atexit
import itertools
import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock

from varddialog.batch.kernels.owner import ForkedProcess, WarmParent
from varddialog.batch.kernels.state import state

# the package that kernels import
LIBRARY = Path(__file__).resolve().parents[2]
INSTEAD = "Varje notebook startar därför en egen Python, vilket ger samma resultat men tar längre tid."

# a parent may die just before it is asked
_TRIES = 3


class Nursery:
    """Forks kernels, or says why not.

    env: the environment variables that parents are started with, which libraries may read when they are imported;
    those of each kernel when not given. preload: dotted name of a function and its argument, for the parent to call
    once before the first fork; None when that is told later, with `preload`.
    """

    def __init__(self, env: Mapping[str, str] | None = None, preload: tuple[str, str] | None = ("", "")) -> None:
        self.folder = private_folder()
        self.why_not: str | None = None
        self._env = env
        self._preload = preload
        self._lock = Lock()
        self._parent: WarmParent | None = None
        self._retired: list[WarmParent] = []
        self._logs = itertools.count(1)
        self._refused = ""  # the state that no parent could be made of

    @property
    def missed(self) -> str | None:
        """What went wrong in the preloading function."""
        return self._parent.missed if self._parent else None

    def prepare(self, env: Mapping[str, str]) -> None:
        """Begin to warm a parent, without waiting for it."""
        with self._lock:
            self._current(env)

    def preload(self, function: str, argument: str) -> None:
        """Tell what every parent shall call before its first fork; without it, none forks."""
        with self._lock:
            self._preload = function, argument
            if self._parent is not None:
                self._parent.preload(function, argument)

    def warm(self, env: Mapping[str, str]) -> WarmParent | None:
        """A parent that can fork; None when there will be none."""
        with self._lock:
            parent = self._current(env)
        if parent is None:
            return None
        refusal = parent.wait_ready()
        if refusal is None:
            return parent
        with self._lock:
            self._refuse(parent.key, refusal)
        return None

    def fork(
        self, argv: list[str], env: Mapping[str, str], cwd: str, log: Path, memory_mb: int | None = None
    ) -> ForkedProcess | None:
        """A new kernel; None when it must be started in the usual way."""
        for _ in range(_TRIES):
            parent = self.warm(env)
            if parent is None:
                return None
            kernel = parent.fork(argv, env, cwd, log, memory_mb)
            if kernel is not None:
                return kernel
        return None

    def new_log(self) -> Path:
        """A file for what a kernel writes from no cell."""
        return self.folder / f"kernel-{next(self._logs)}.log"

    def close(self) -> None:
        """End every parent and every kernel."""
        with self._lock:
            for parent in [*self._retired, *([self._parent] if self._parent else [])]:
                parent.close()
            self._parent, self._retired = None, []
        shutil.rmtree(self.folder, ignore_errors=True)

    def _current(self, env: Mapping[str, str]) -> WarmParent | None:
        """The parent for today's library and this environment; a new one when there is none."""
        if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
            self.why_not = f"Snabbstart av notebookar finns bara för Linux. {INSTEAD}"
            return None
        env = env if self._env is None else self._env
        key = state(LIBRARY, env)
        if key == self._refused:
            return None
        if self._parent is not None and (self._parent.key != key or self._parent.is_gone):
            self._parent.retire()
            self._retired.append(self._parent)
            self._parent = None
        for ended in [p for p in self._retired if p.process.poll() is not None]:
            ended.close()
            self._retired.remove(ended)
        if self._parent is None:
            self._parent = WarmParent(key, env, self.folder)
            if self._preload is not None:
                self._parent.preload(*self._preload)
        return self._parent

    def _refuse(self, key: str, why: str) -> None:
        """Start no more parents of the state `key`."""
        self._refused = key
        self.why_not = f"Snabbstart av notebookar går inte: {why}. {INSTEAD}"
        if self._parent is not None and self._parent.key == key:
            self._parent.close()
            self._parent = None


def private_folder() -> Path:
    """A new folder that only this user may enter, with a path short enough for sockets."""
    return Path(tempfile.mkdtemp(prefix="vd-", dir="/tmp" if Path("/tmp").is_dir() else None))


@cache
def own_nursery() -> Nursery:
    """The nursery of this process, for kernels that no engine has asked for."""
    nursery = Nursery()
    atexit.register(nursery.close)
    return nursery
