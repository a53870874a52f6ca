"""The kernels that JupyterLab shows: «Vårddialog», which notebooks name, and one like it that starts at once."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path
from typing import Any

NAME = "varddialog"
# also the name of the kernel provisioner that forks kernels
FORKED = "varddialog-fork"


def install(prefix: str = sys.prefix) -> Path:
    """Install both kernelspecs under `prefix`, run by this interpreter; the folder of the one that notebooks name.

    The interpreter is written out, so that a JupyterLab started from another environment, with
    this prefix on its path, still runs the kernel where the package is installed.
    """
    spec = json.loads(Path(__file__).with_name("kernel.json").read_text(encoding="utf-8"))
    spec["argv"][0] = sys.executable
    provisioner = {"kernel_provisioner": {"provisioner_name": FORKED}}
    forked = {
        **spec,
        "display_name": f"{spec['display_name']} (snabbstart)",
        "metadata": {**spec["metadata"], **provisioner},
    }
    _write(FORKED, forked, prefix)
    return _write(NAME, spec, prefix)


def _write(name: str, spec: dict[str, Any], prefix: str) -> Path:
    from jupyter_client.kernelspec import KernelSpecManager  # importing the package must stay cheap

    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "kernel.json").write_text(json.dumps(spec, ensure_ascii=False, indent=1), encoding="utf-8")
        return Path(KernelSpecManager().install_kernel_spec(folder, name, prefix=prefix))
