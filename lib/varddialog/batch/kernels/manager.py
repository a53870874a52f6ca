"""The kernel manager that takes its kernels from an engine."""

from __future__ import annotations

from typing import Protocol

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Unicode

PROVISIONER = "varddialog-fork"


class Process(Protocol):
    """A kernel that can be ended, however it was started."""

    def kill_group(self) -> None: ...


class EngineKernelManager(AsyncKernelManager):
    """Starts kernels through the provisioner of the engine that its configuration names."""

    engine = Unicode(help="id of an open engine").tag(config=True)

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The spec, with the provisioner that serves the engine."""
        spec = super().kernel_spec
        if spec is not None:
            spec.metadata["kernel_provisioner"] = {"provisioner_name": PROVISIONER, "config": {"engine": self.engine}}
        return spec
