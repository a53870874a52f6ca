"""The kernel provisioner: kernels are forked where they can be, and started in the usual way where not."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import Unicode

from varddialog.batch.kernels.engine import LOG, Engine, open_engines
from varddialog.batch.kernels.nursery import own_nursery
from varddialog.batch.kernels.owner import SETTINGS

_told: set[str] = set()


class StockProcess:
    """A kernel that is a child of this process."""

    def __init__(self, process: subprocess.Popen[bytes]) -> None:
        self._process = process

    def poll(self) -> int | None:
        return self._process.poll()

    def kill_group(self) -> None:
        if self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel, and leaves everything else to jupyter_client.

    Without an engine, as from papermill's command line or JupyterLab, kernels are forked from a parent that this
    process starts with its first kernel.
    """

    engine = Unicode(help="id of an open engine").tag(config=True)
    folder = Unicode(help="where the kernel's log lies").tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel."""
        engine = open_engines[self.engine] if self.engine else None
        argv = kernel_arguments(cmd)
        if argv is not None and (engine is None or engine.forks):
            nursery = engine.nursery if engine else own_nursery()
            log = Path(self.folder, LOG) if engine else nursery.new_log()
            cwd = str(kwargs.get("cwd") or Path.cwd())
            memory_mb = engine.memory_mb if engine else None
            # the first kernel waits for the parent, and JupyterLab has others to serve meanwhile
            forked = await asyncio.to_thread(nursery.fork, argv, kwargs["env"], cwd, log, memory_mb)
            if forked is not None:
                # the group is signalled by the parent, which knows whether the kernel still is the one it was
                self.process, self.pid, self.pgid, self.cwd = forked, forked.pid, None, cwd  # type: ignore[assignment]
                if engine is not None:
                    engine.started(Path(self.folder), forked)
                return self.connection_info
            if engine is None:
                _tell(nursery.why_not)
        if engine is None:
            return await super().launch_kernel(cmd, **kwargs)
        return await self._launch_stock(engine, cmd, kwargs)

    async def _launch_stock(self, engine: Engine, cmd: list[str], kwargs: dict[str, Any]) -> KernelConnectionInfo:
        """A Python of its own, with the log and the limits that a forked kernel has."""
        kwargs["env"] = {**kwargs["env"], **SETTINGS}
        with Path(self.folder, LOG).open("wb") as log:
            info = await super().launch_kernel(cmd, **kwargs, stdout=log, stderr=log)
        assert self.process is not None
        engine.started(Path(self.folder), StockProcess(self.process))
        if engine.memory_mb is not None and sys.platform == "linux":
            import resource  # not on every system

            limit = engine.memory_mb * 2**20
            with suppress(ProcessLookupError):
                resource.prlimit(self.process.pid, resource.RLIMIT_DATA, (limit, limit))
        return info


def kernel_arguments(cmd: list[str]) -> list[str] | None:
    """The arguments of an IPython kernel that this interpreter would run; None for any other command."""
    program = shutil.which(cmd[0])
    if (
        program is None
        or Path(program).parent != Path(sys.executable).parent
        or not Path(program).samefile(sys.executable)
    ):
        return None
    options = list(itertools.takewhile(lambda part: part.startswith("-X"), cmd[1:]))
    match cmd[1 + len(options) :]:
        case ["-m", "ipykernel_launcher" | "ipykernel", *arguments]:
            return arguments
    return None


def _tell(why: str | None) -> None:
    if why is not None and why not in _told:
        _told.add(why)
        logging.getLogger("varddialog").warning(why)
