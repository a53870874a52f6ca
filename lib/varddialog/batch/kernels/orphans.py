"""Processes that outlived the kernel that started them: they come to the warm parent, which ends them.

A process in a session of its own is in no group of its kernel's. Each kernel takes up what its own children leave
(`child.run`), so that nothing of a kernel that runs comes to the parent, and all of one that has ended does.
Should the parent itself be killed, such processes stay, as they do after a kernel that was not forked.
"""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Iterable
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36


def take_up() -> None:
    """From now on, processes below this one whose parent ends become its children. Linux only."""
    ctypes.CDLL(None).prctl(_PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)


def end(kernels: Iterable[int]) -> None:
    """Kill this process's children but for `kernels`, then those that come up from below them, and see them gone.

    What another user's program runs (sudo) cannot be killed. This process must have one thread.
    """
    spared = set(kernels)
    while found := _children() - spared:
        for pid in found:  # a child's id is not reused while it has not been reaped
            try:
                os.kill(pid, signal.SIGKILL)
            except PermissionError:
                spared.add(pid)
            else:
                os.waitpid(pid, 0)


def _children() -> set[int]:
    """Exact, since children leave the list only when this process reaps them."""
    pid = os.getpid()
    return {int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()}
