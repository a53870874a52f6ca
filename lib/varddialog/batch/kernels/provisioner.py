"""The kernel provisioner: kernels of an engine, or of this process when no engine is named."""

from __future__ import annotations

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from typing import Any

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import LocalProvisioner
from traitlets import Unicode

from varddialog.batch.kernels.engine import Engine, open_engines


class StockProcess:
    """A kernel that is a child of this process."""

    def __init__(self, process: Popen[bytes]) -> None:
        self._process = process

    def kill_group(self) -> None:
        if self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)


class ForkProvisioner(LocalProvisioner):
    """Starts a kernel, and leaves everything else to the provisioner of jupyter_client."""

    engine = Unicode(help="id of an open engine").tag(config=True)

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel."""
        engine = open_engines.get(self.engine)
        if engine is None:
            return await super().launch_kernel(cmd, **kwargs)
        return await self._launch_stock(engine, cmd, **kwargs)

    async def _launch_stock(self, engine: Engine, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        folder = Path(self.connection_info["ip"]).parent
        with (folder / "kernel.log").open("wb") as log:
            info = await super().launch_kernel(cmd, **{**kwargs, "stdout": log, "stderr": log})
        engine.started[str(folder)] = StockProcess(self.process)
        if engine.memory_mb is not None and sys.platform == "linux":
            import resource

            limit = engine.memory_mb * 2**20
            with suppress(ProcessLookupError):
                resource.prlimit(self.process.pid, resource.RLIMIT_DATA, (limit, limit))
        return info
