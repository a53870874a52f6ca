"""What analysts do at the screen: choose, look, find, and collect indicators into a focus area."""

from varddialog.explore.basket import Basket, save_focus_area
from varddialog.explore.explorer import Explorer, open_explorer
from varddialog.explore.view import View, open_view

__all__ = ["Basket", "Explorer", "View", "open_explorer", "open_view", "save_focus_area"]
