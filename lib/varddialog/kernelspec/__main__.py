"""`python -m varddialog.kernelspec`: install the kernelspec into the running environment."""

from __future__ import annotations

from varddialog.kernelspec import NAME, install

install()
print(f"Kernel «{NAME}» installed")
