"""The kernel manager that takes its kernels from an engine."""

from __future__ import annotations

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from traitlets import Unicode

from varddialog.kernelspec import FORKED


class EngineKernelManager(AsyncKernelManager):
    """Starts kernels through the provisioner, for the engine that its configuration names."""

    engine = Unicode(help="id of an open engine").tag(config=True)
    folder = Unicode(help="where the kernel's log lies").tag(config=True)

    @property
    def kernel_spec(self) -> KernelSpec | None:
        """The spec, with the provisioner that serves engines."""
        spec = super().kernel_spec
        if spec is not None:
            chosen = {"engine": self.engine, "folder": self.folder}
            spec.metadata["kernel_provisioner"] = {"provisioner_name": FORKED, "config": chosen}
        return spec
