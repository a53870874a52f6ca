"""What one notebook shows about one unit: every cell of a notebook is one sentence to a `Pack`."""

from varddialog.pack.focus import FocusPack, open_focus
from varddialog.pack.opening import open_pack
from varddialog.pack.pack import Pack
from varddialog.pack.questions import open_questions

__all__ = ["FocusPack", "Pack", "open_focus", "open_pack", "open_questions"]
