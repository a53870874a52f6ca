"""Typefaces as wide as those of most readers, which the number of printed pages hangs on."""

from __future__ import annotations

import shutil
import subprocess

import pytest

# as wide as each other; what stands in for them elsewhere may be a fifth wider
_ORDINARY = ("Arial", "Liberation Sans", "Helvetica", "Arimo")


def need_ordinary_typefaces() -> None:
    """Skip the test where the typeface that stands in for Arial is a wide one."""
    if (tool := shutil.which("fc-match")) is None:
        return  # not a system where fontconfig decides
    found = subprocess.run([tool, "-f", "%{family}", "Arial"], capture_output=True, text=True).stdout
    if not found.startswith(_ORDINARY):
        pytest.skip(f"THE NUMBER OF PAGES IS NOT CHECKED: {found} stands in for Arial; install fonts-liberation")
