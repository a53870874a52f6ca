"""`python -m varddialog.batch.kernels.parent`: a process that has imported everything, and forks kernels on request.

It has one thread, starts no event loop and creates no context of zmq, since none of them survives a fork. It ends, and
every kernel with it, when its owner closes the socket or dies.
"""

from __future__ import annotations

import gc
import importlib
import os
import selectors
import shutil
import signal
import socket
import sys
import traceback
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from varddialog.batch.kernels import child, orphans
from varddialog.batch.kernels.wire import Lines, Message, send

# what a notebook imports, a kernel imports, and either of them imports late
PRELOADED = (
    "ipykernel.kernelapp",
    "ipykernel.debugger",
    "ipykernel_launcher",
    "IPython.core.completerlib",
    "IPython.core.debugger",
    "IPython.core.logger",
    "IPython.core.magics.ast_mod",
    "IPython.core.magics.execution",
    "IPython.core.oinspect",
    "IPython.extensions.storemagic",
    "tornado.platform.asyncio",
    "matplotlib.backends.backend_agg",
    "matplotlib.backends.backend_svg",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "PIL.PngImagePlugin",
    "psutil",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "pymannkendall",
    "scipy.special",
    "seaborn",
    "statsmodels.stats.proportion",
    "varddialog.pack",
)

# how often to look whether the owner is still there, should its end of the socket have been inherited by another
LOOK_SECONDS = 1.0


@dataclass
class Kernel:
    """A forked kernel. Its process id is not reused while it has not been reaped."""

    pid: int
    pidfd: int

    def signal(self, number: int) -> None:
        """Send a signal to the kernel and its children."""
        try:
            os.killpg(self.pid, number)
        except ProcessLookupError:  # it has not got as far as to be the leader of its group
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)


class Parent:
    """Serves its owner, one message at a time."""

    def __init__(self, owner: socket.socket, before: Mapping[str, str]) -> None:
        self._owner = owner
        self._before = before
        self._imported: dict[str, str] = {}  # what libraries set in the environment when they were imported
        self.owner_pid = os.getppid()
        self._lines = Lines(owner)
        self._kernels: dict[int, Kernel] = {}
        self._retired = False
        self._selector = selectors.DefaultSelector()
        self._selector.register(owner, selectors.EVENT_READ)

    def serve(self) -> None:
        """Until the owner is gone, or has retired this parent and the last kernel has ended."""
        while not self._retired or self._kernels:
            for key, _ in self._selector.select(LOOK_SECONDS):
                if key.data is not None:
                    self._reap(key.data)
                elif not self._obey():
                    return
            if os.getppid() != self.owner_pid:
                return

    def end(self) -> None:
        """Kill what is left, and see it gone."""
        for kernel in self._kernels.values():
            kernel.signal(signal.SIGKILL)
            os.waitpid(kernel.pid, 0)
        orphans.end(())

    def _obey(self) -> bool:
        messages = self._lines.read()
        for message in messages or ():
            match message["do"]:
                case "preload":
                    if not self._get_ready(message["function"], message["argument"]):
                        return False
                case "fork":
                    self._fork(message)
                case "signal":
                    if kernel := self._kernels.get(message["id"]):
                        kernel.signal(message["signal"])
                case "retire":
                    self._retired = True
        return messages is not None

    def _get_ready(self, function: str, argument: str) -> bool:
        """Do the last that is done once for all kernels, and tell the owner; whether this process can fork."""
        missed = call(function, argument) if function else None
        self._imported = {name: value for name, value in os.environ.items() if self._before.get(name) != value}
        # what is there now is never looked at by the collector, so that its pages stay shared
        gc.freeze()
        threads = len(list(Path("/proc/self/task").iterdir()))
        send(self._owner, event="ready", threads=threads, missed=missed)
        return threads == 1

    def _fork(self, order: Message) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        parent = os.getpid()
        pid = os.fork()
        if pid == 0:
            child.run(child.Order.model_validate(order), parent, self._imported, self._leave)
        kernel = Kernel(pid, os.pidfd_open(pid))
        self._kernels[order["id"]] = kernel
        self._selector.register(kernel.pidfd, selectors.EVENT_READ, order["id"])
        send(self._owner, event="forked", id=order["id"], pid=pid)

    def _leave(self) -> None:
        """Close, in a child, what belongs to the parent."""
        self._selector.close()
        self._owner.close()
        for kernel in self._kernels.values():
            os.close(kernel.pidfd)

    def _reap(self, kernel_id: int) -> None:
        kernel = self._kernels.pop(kernel_id)
        # its id still names its group as long as it is not waited for
        kernel.signal(signal.SIGKILL)
        _, status = os.waitpid(kernel.pid, 0)
        self._selector.unregister(kernel.pidfd)
        os.close(kernel.pidfd)
        orphans.end(other.pid for other in self._kernels.values())
        send(self._owner, event="ended", id=kernel_id, code=os.waitstatus_to_exitcode(status))


def call(function: str, argument: str) -> str | None:
    """Call the function of that dotted name; in a few words what went wrong with it."""
    module, _, name = function.rpartition(".")
    try:
        getattr(importlib.import_module(module), name)(argument)
    except Exception as error:  # a kernel can do without, only slower
        return f"{type(error).__name__}: {error}"
    return None


def main(fd: int, folder: Path) -> None:
    """Import everything, then serve the owner."""
    orphans.take_up()
    gc.disable()
    parent = Parent(socket.socket(fileno=fd), dict(os.environ))
    for name in PRELOADED:
        importlib.import_module(name)
    try:
        parent.serve()
    except ConnectionError:  # the owner is gone
        pass
    except Exception:
        traceback.print_exc()
    finally:
        parent.end()
        if os.getppid() != parent.owner_pid:
            shutil.rmtree(folder, ignore_errors=True)  # nobody else will
        sys.stderr.flush()
        os._exit(0)  # nothing of this process is worth a tidy end


if __name__ == "__main__":
    del sys.path[0]  # the folder that this was started in, which a kernel replaces with its own
    main(int(sys.argv[1]), Path(sys.argv[2]))
