"""`python -m varddialog.kernelspec`: install the kernelspecs into the running environment."""

from __future__ import annotations

from varddialog.kernelspec import FORKED, NAME, install

install()
print(f"Kernels «{NAME}» and «{FORKED}» installed")
