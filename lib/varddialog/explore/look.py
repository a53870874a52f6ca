"""How the explorer looks: the reports' style sheet, and what the screen needs besides."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from varddialog.pack.fragment import stylesheet


@cache
def look() -> str:
    """The style sheet."""
    return stylesheet() + files("varddialog.explore").joinpath("explore.css").read_text(encoding="utf-8")
