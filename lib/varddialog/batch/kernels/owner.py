"""The owner's side of a warm parent: starting it, asking it for kernels, and what it tells of them."""

from __future__ import annotations

import itertools
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread

from varddialog.batch.kernels import wire

START_SECONDS = 60.0
# a kernel that was killed is gone within this, and whoever waits for it need not look twice
_GONE_SECONDS = 0.2

# of every kernel of an engine, for the libraries to read when they are imported
SETTINGS = {
    # a pool of threads does not survive a fork, several kernels share the cores, and how a sum is split
    # between threads shows in its last digits
    "OPENBLAS_NUM_THREADS": "1",
    "JE_ARROW_MALLOC_CONF": "background_thread:false",
    # takes a gigabyte beforehand otherwise, which counts against a limit on memory
    "MIMALLOC_ARENA_EAGER_COMMIT": "0",
}
INLINE = "module://matplotlib_inline.backend_inline"


class ForkedProcess:
    """A forked kernel, as much like subprocess.Popen as a kernel provisioner needs."""

    stdin = stdout = stderr = None

    def __init__(self, parent: WarmParent, kernel_id: int) -> None:
        self.pid = 0
        self.returncode: int | None = None
        self.born, self.ended = Event(), Event()
        self.id = kernel_id  # never used again, unlike a process's
        self._parent = parent

    def poll(self) -> int | None:
        """The exit code, negative after a signal; None while the kernel runs."""
        return self.returncode

    def wait(self, timeout: float | None = None) -> int | None:
        """The exit code, after waiting for it."""
        self.ended.wait(timeout)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Signal the kernel and its children; nothing when it has ended."""
        self._parent.signal(self.id, number)
        if number == signal.SIGKILL:
            self.ended.wait(_GONE_SECONDS)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    kill_group = kill

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class WarmParent:
    """A warm parent process that was started here, and dies with this process. It forks once `preload` is called."""

    def __init__(self, key: str, env: Mapping[str, str], folder: Path) -> None:
        self.key = key
        self.missed: str | None = None
        self._refusal: str | None = None
        self._told, self._lock, self._ids = Event(), Lock(), itertools.count(1)
        self._kernels: dict[int, ForkedProcess] = {}
        self._gone = False
        self._log = folder / f"parent-{key[:8]}.log"
        self._end, theirs = socket.socketpair()
        surroundings = {**env, **SETTINGS, "MPLBACKEND": env.get("MPLBACKEND", INLINE)}
        with theirs, self._log.open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "varddialog.batch.kernels.parent", str(theirs.fileno()), str(folder)],
                env=surroundings,
                cwd="/",  # where nothing can be imported by mistake
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[theirs.fileno()],
                start_new_session=True,  # Ctrl-C reaches the owner, who ends the parent in order
            )
        self._listener = Thread(target=self._listen, name=f"warm parent {self.process.pid}", daemon=True)
        self._listener.start()

    @property
    def is_gone(self) -> bool:
        """Whether it died after it had been ready."""
        return self._gone and self._refusal is None

    def preload(self, function: str, argument: str) -> None:
        """Have a function called in it, by its dotted name and with its argument, first of all; "" for none."""
        self._send(do="preload", function=function, argument=argument)

    def wait_ready(self) -> str | None:
        """Wait until it can fork; why it will not, in Swedish, if so."""
        if not self._told.wait(START_SECONDS):
            self._refusal = "den gemensamma processen blir inte klar"
        return self._refusal

    def fork(
        self, argv: list[str], env: Mapping[str, str], cwd: str, log: Path, memory_mb: int | None
    ) -> ForkedProcess | None:
        """A new kernel; None when the parent has died."""
        kernel = ForkedProcess(self, next(self._ids))
        with self._lock:
            if self._gone:
                return None
            self._kernels[kernel.id] = kernel
        self._send(do="fork", id=kernel.id, argv=argv, env=dict(env), cwd=cwd, log=str(log), memory_mb=memory_mb)
        kernel.born.wait()  # the parent answers, or is lost
        return kernel if kernel.pid else None

    def signal(self, kernel_id: int, number: int) -> None:
        self._send(do="signal", id=kernel_id, signal=int(number))

    def retire(self) -> None:
        """Fork no more, and end when the last kernel has ended."""
        self._send(do="retire")

    def close(self) -> None:
        """End it, and every kernel with it."""
        with suppress(OSError):
            self._end.shutdown(socket.SHUT_RDWR)
        try:
            self.process.wait(timeout=5)
        except subprocess.TimeoutExpired:  # it is still importing
            self.process.kill()
            self.process.wait()
        self._listener.join()
        self._end.close()

    def _send(self, **message: object) -> None:
        with self._lock, suppress(OSError):  # a parent that has died is told of by _listen
            wire.send(self._end, **message)

    def _listen(self) -> None:
        for message in wire.Lines(self._end):
            match message["event"]:
                case "ready":
                    self.missed = message["missed"]
                    if message["threads"] != 1:
                        self._refusal = f"den gemensamma processen har {message['threads']} trådar"
                    self._told.set()
                case "forked":
                    self._kernels[message["id"]].pid = message["pid"]
                    self._kernels[message["id"]].born.set()
                case "ended":
                    self._ended(self._kernels.pop(message["id"]), message["code"])
        self._lost()

    def _lost(self) -> None:
        """The parent has died, and its kernels with it, but not the children of kernels."""
        with self._lock:
            self._gone = True
            left, self._kernels = list(self._kernels.values()), {}
        if not self._told.is_set():
            self._refusal = "den gemensamma processen kom inte igång"
            self._told.set()
        for kernel in left:
            if kernel.pid:
                with suppress(ProcessLookupError, PermissionError):
                    os.killpg(kernel.pid, signal.SIGKILL)
            self._ended(kernel, -signal.SIGKILL)

    @staticmethod
    def _ended(kernel: ForkedProcess, code: int) -> None:
        kernel.returncode = code
        kernel.ended.set()
        kernel.born.set()
