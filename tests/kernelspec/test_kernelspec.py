"""The kernel that JupyterLab lists."""

from __future__ import annotations

import sys
from pathlib import Path

from jupyter_client.kernelspec import KernelSpecManager

from varddialog import kernelspec


def test_installed_kernel_is_listed_under_its_swedish_name(tmp_path: Path) -> None:
    folder = kernelspec.install(prefix=str(tmp_path))
    manager = KernelSpecManager(kernel_dirs=[str(tmp_path / "share" / "jupyter" / "kernels")])
    assert Path(manager.find_kernel_specs()[kernelspec.NAME]) == folder
    spec = manager.get_kernel_spec(kernelspec.NAME)
    assert spec.display_name == "Vårddialog"
    assert spec.language == "python"
    assert spec.argv[0] == sys.executable, "another Python would lack the package"


def test_installing_again_replaces(tmp_path: Path) -> None:
    assert kernelspec.install(prefix=str(tmp_path)) == kernelspec.install(prefix=str(tmp_path))
