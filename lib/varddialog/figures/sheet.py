"""A blank sheet: lines, dots and words are laid on it in points, and drawn together when it is finished.

Everything of one style is drawn as one path, which makes a sheet of sixty rows some ten times faster to
draw than one artist for each line, and its SVG a fraction of the size.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from markupsafe import Markup, escape
from matplotlib.collections import CircleCollection
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.transforms import IdentityTransform

from varddialog.figures.style import DPI, INK, SIZE, style
from varddialog.figures.svg import compact

Place = tuple[float, float]
_EDGE = 1.2  # points


@dataclass(frozen=True)
class Drawing:
    """A finished figure: the SVG for a page, and what it shows in words (its text alternative)."""

    svg: str
    alt: str

    def __html__(self) -> str:
        return Markup(self.svg.replace("<svg ", f'<svg role="img" aria-label="{escape(self.alt)}" ', 1))


class _Line(NamedTuple):
    colour: str
    width: float
    dash: tuple[float, ...]
    round: bool


class _Dot(NamedTuple):
    size: float
    face: str
    edge: str


# from the place of a word down to its baseline, as a share of the size
_BASELINE = {"center": 0.33, "top": 0.76, "bottom": -0.24}


class _Words(Text):
    """Words on a known baseline: nothing is measured, since the page sets them in a typeface of its own."""

    def draw(self, renderer: Any) -> None:
        look = renderer.new_gc()
        look.set_foreground(self.get_color())
        look.set_url(self.get_url())
        x, y = self.get_position()
        baseline = float(y) - _BASELINE[self.get_verticalalignment()] * float(self.get_fontsize())
        renderer.draw_text(
            look, x, renderer.height - baseline, self.get_text(), self.get_fontproperties(), 0, mtext=self
        )
        look.restore()


def _path(segments: list[list[Place]], colour: str, width: float, **look: Any) -> PathPatch:
    """Lines of one look as one path."""
    places = [place for segment in segments for place in segment]
    steps = [Path.LINETO if i else Path.MOVETO for segment in segments for i in range(len(segment))]
    return PathPatch(Path(places, steps), fill=False, edgecolor=colour, linewidth=width, **look)


@dataclass
class Sheet:
    """`width` × `height` points, origin in the lower left. Later marks lie on top of earlier styles."""

    width: float
    height: float
    size: float = SIZE
    _lines: dict[_Line, list[list[Place]]] = field(default_factory=dict)
    _dots: dict[_Dot, list[Place]] = field(default_factory=dict)
    _texts: list[dict[str, Any]] = field(default_factory=list)

    def line(
        self, points: Iterable[Place], colour: str, width: float, dash: tuple[float, ...] = (), rounded: bool = False
    ) -> None:
        """Straight lines between the points, in order. dash: lengths of strokes and spaces."""
        self._lines.setdefault(_Line(colour, width, dash, rounded), []).append(list(points))

    def dots(self, points: Iterable[Place], size: float, face: str, edge: str = "none") -> None:
        """Round dots `size` points across."""
        self._dots.setdefault(_Dot(size, face, edge), []).extend(points)

    def text(self, x: float, y: float, words: str, **look: Any) -> None:
        """Words at a place, vertically centred unless `va` says otherwise. look: as matplotlib's text."""
        self._texts.append({"x": x, "y": y, "text": words, "va": "center", "color": INK, **look})

    def finish(self, key: str, alt: str) -> Drawing:
        """The sheet as SVG. key: unique in the page, so that what the SVG refers to stays apart from its neighbours."""
        with style(self.size):
            # no axes: at 72 dots an inch a point is a dot, and an axes would cost as much as all that is drawn
            figure = Figure(figsize=(self.width / DPI, self.height / DPI), dpi=DPI)
            figure.patch.set_visible(False)
            points = IdentityTransform()
            # wide lines are grounds: they lie below the others
            for line, segments in sorted(self._lines.items(), key=lambda item: item[0].width < 5):
                dash: Any = (0, [d / line.width for d in line.dash]) if line.dash else "solid"
                cap = "round" if line.round else "butt"
                drawn = _path(segments, line.colour, line.width, linestyle=dash, capstyle=cap, transform=points)
                figure.add_artist(drawn, clip=False)
            for dot, places in self._dots.items():
                if dot.edge in ("none", dot.face):
                    # a line of no length with round ends is a dot, in a fifth of the space that a circle takes
                    width = dot.size + (0 if dot.edge == "none" else _EDGE)
                    ends = [[place, place] for place in places]
                    drawn = _path(ends, dot.face, width, capstyle="round", transform=points, zorder=3)
                    figure.add_artist(drawn, clip=False)
                    continue
                look: dict[str, Any] = {"facecolors": dot.face, "edgecolors": dot.edge, "linewidths": _EDGE}
                area = [math.pi * (dot.size / 2) ** 2]
                circles = CircleCollection(area, offsets=places, offset_transform=points, zorder=3, **look)
                figure.add_artist(circles, clip=False)
            for words in self._texts:
                figure.add_artist(_Words(transform=points, **words), clip=False)
            buffer = io.StringIO()
            nothing = {"Date": None, "Creator": None, "Format": None, "Type": None}
            figure.savefig(buffer, format="svg", metadata=nothing)
        return Drawing(compact(buffer.getvalue(), key), alt)
