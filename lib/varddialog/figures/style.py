"""One style and one palette."""

from __future__ import annotations

from typing import Any, cast

import matplotlib as mpl
import seaborn as sns

INK = "#1c1f23"
MUTED = "#595e66"  # contrast 6.6:1 on white
RULE = "#d9dbde"
REGIONS = "#b4b9c0"
ACCENT = "#0b5394"  # the unit that the page is about
BAND = "#eef0f2"
INTERVAL = "#b9cfe4"
TARGET = "#7a4b00"

SIZE = 9.0  # points; the page sets unmarked text in the same size
DPI = 72  # one point is one SVG unit

_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be searched, read aloud and set in the page's own typeface
    "svg.hashsalt": "varddialog",  # the same figure gives the same bytes
    "text.color": INK,
    "path.simplify": False,
}


def style(size: float) -> Any:
    """Context in which every figure is drawn: seaborn's plain white ground, our ink, text in `size` points."""
    settings: Any = {**cast("dict[str, Any]", sns.axes_style("white")), **_STYLE, "font.size": size}
    return mpl.rc_context(settings)
