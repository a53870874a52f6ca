"""How `make lab` runs JupyterLab: on this machine alone, at the start page, asking no other host for anything."""

from __future__ import annotations

from pathlib import Path

c = get_config()  # noqa: F821  given by whoever reads the file

c.ServerApp.ip = "127.0.0.1"
c.ServerApp.allow_root = True  # in a container there is often no other user
c.ServerApp.root_dir = str(Path(__file__).resolve().parents[1])
c.LabApp.default_url = "/lab/tree/notebooks/start.md"

# a new notebook has the kernel of the project, and no other Python is offered, which would lack the package
c.MultiKernelManager.default_kernel_name = "varddialog"
c.KernelSpecManager.ensure_native_kernel = False
c.KernelSpecManager.allowed_kernelspecs = {"varddialog", "varddialog-fork"}

# the list of extensions and the news come from the internet
c.LabApp.extension_manager = "readonly"
c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
