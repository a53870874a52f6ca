"""The kernel that notebooks name, so that JupyterLab shows «Vårddialog» and not just any Python."""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

NAME = "varddialog"


def install(prefix: str = sys.prefix) -> Path:
    """Install the kernelspec under `prefix`, run by this interpreter; the folder it was written to.

    The interpreter is written out, so that a JupyterLab started from another environment, with
    this prefix on its path, still runs the kernel where the package is installed.
    """
    from jupyter_client.kernelspec import KernelSpecManager  # importing the package must stay cheap

    spec = json.loads(Path(__file__).with_name("kernel.json").read_text(encoding="utf-8"))
    spec["argv"][0] = sys.executable
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "kernel.json").write_text(json.dumps(spec, ensure_ascii=False, indent=1), encoding="utf-8")
        return Path(KernelSpecManager().install_kernel_spec(folder, NAME, prefix=prefix))
