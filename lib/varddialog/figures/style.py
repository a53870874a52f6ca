"""One style, one palette, one way from a figure to the SVG that stands in a page."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import matplotlib as mpl
import seaborn as sns
from markupsafe import Markup, escape
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from varddialog.figures.svg import compact

INK = "#1c1f23"
MUTED = "#595e66"  # contrast 6.6:1 on white
RULE = "#d9dbde"
REGIONS = "#b4b9c0"
ACCENT = "#0b5394"  # the unit that the page is about
BAND = "#eef0f2"
TARGET = "#7a4b00"

SIZE = 9.0  # points; text is set by the page in the same size
DPI = 72  # one point is one SVG unit

_STYLE: dict[str, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be searched, read aloud and set in the page's own typeface
    "svg.hashsalt": "varddialog",  # the same figure gives the same bytes
    "axes.edgecolor": RULE,
    "axes.labelcolor": MUTED,
    "text.color": INK,
    "xtick.color": MUTED,
    "ytick.color": MUTED,
    "path.simplify": False,
}


@dataclass(frozen=True)
class Drawing:
    """A finished figure: the SVG for a page, and what it shows in words (its text alternative)."""

    svg: str
    alt: str

    def __html__(self) -> str:
        label = escape(self.alt)
        return Markup(self.svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1))


def style(size: float = SIZE) -> Any:
    """Context in which every figure is drawn: seaborn's plain white ground with our colours, text in `size` points."""
    return mpl.rc_context({**sns.axes_style("white"), **_STYLE, "font.size": size})


def blank(width: float, height: float) -> tuple[Figure, Axes]:
    """A figure of `width` × `height` points with one axes over all of it, in points from the lower left, no frame."""
    figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_axis_off()
    figure.patch.set_visible(False)
    axes.set_xlim(0, width)
    axes.set_ylim(0, height)
    return figure, axes


def finish(figure: Figure, key: str, alt: str) -> Drawing:
    """The figure as SVG fit to stand in a page among others.

    key: unique in the page; it keeps what the SVG defines and refers to apart from its neighbours.
    """
    for artist in figure.findobj():
        artist.set_clip_on(False)
    buffer = io.StringIO()
    figure.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    return Drawing(compact(buffer.getvalue(), key), alt)
