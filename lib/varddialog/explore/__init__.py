"""What analysts do at the screen: choose, look, find, and collect indicators into a focus area."""

from varddialog.explore.view import View, open_view

__all__ = ["View", "open_view"]
