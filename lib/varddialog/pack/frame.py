"""What every pack has: its look inside JupyterLab."""

from __future__ import annotations

from varddialog.pack.fragment import Fragment, stylesheet


class Styled:
    """A pack whose first cell shows the style sheet."""

    def style(self) -> Fragment:
        """The report's look, for reading inside JupyterLab."""
        return Fragment(f"<style>{stylesheet()}</style>", repr(self))
