"""What one notebook shows about one unit: every cell of a notebook is one sentence to a `Pack`."""

from varddialog.pack.arena import ArenaPack, open_arena
from varddialog.pack.final import FinalPack, open_final
from varddialog.pack.focus import FocusPack
from varddialog.pack.national import NationPack, open_nation
from varddialog.pack.opening import open_pack
from varddialog.pack.opening_focus import open_focus
from varddialog.pack.pack import Pack
from varddialog.pack.questions import open_questions

__all__ = [
    "ArenaPack",
    "FinalPack",
    "FocusPack",
    "NationPack",
    "Pack",
    "open_arena",
    "open_final",
    "open_focus",
    "open_nation",
    "open_pack",
    "open_questions",
]
