"""A blank sheet: areas, lines, dots, marks and words are laid on it in points, and drawn together when it is finished.

Everything of one style is drawn as one path, which makes a sheet of sixty rows some ten times faster to
draw than one artist for each line, and its SVG a fraction of the size.
"""

from __future__ import annotations

import io
import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

import numpy as np
from markupsafe import Markup, escape
from matplotlib.backend_bases import GraphicsContextBase
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.colors import to_rgba
from matplotlib.path import Path
from matplotlib.transforms import Affine2D, IdentityTransform

from varddialog.assessment.answer import Class
from varddialog.figures.marks import DISCS, OUTLINES, Place
from varddialog.figures.measure import width
from varddialog.figures.style import COLOURS, DPI, HATCH, INK, SIZE, style
from varddialog.figures.svg import Words, compact
from varddialog.prose.answers import SHAPES

_EDGE = 1.2  # points
_HATCH_STEP, _HATCH_WIDTH = 5.0, 0.8

# what matplotlib would write of itself and the clock
_UNTOLD = dict.fromkeys(("Date", "Creator", "Format", "Type"))

CapStyle = Literal["butt", "round"]


@dataclass(frozen=True)
class Drawing:
    """A finished figure: the SVG for a page, and what it shows in words (its text alternative)."""

    svg: str
    alt: str

    def __html__(self) -> str:
        return Markup(self.svg.replace("<svg ", f'<svg role="img" aria-label="{escape(self.alt)}" ', 1))


class _Area(NamedTuple):
    face: str
    edge: str
    width: float


class _Line(NamedTuple):
    colour: str
    width: float
    dash: tuple[float, ...]
    round: bool


class _Dot(NamedTuple):
    size: float
    face: str
    edge: str


def _draw(
    renderer: Any,
    segments: list[list[Place]],
    edge: str,
    width: float,
    face: str | None = None,
    dash: tuple[float, ...] = (),
    cap: CapStyle = "butt",
) -> None:
    """Lines of one look, or outlines where they have a face, drawn as one path."""
    places: list[Place] = []
    steps: list[Any] = []
    for segment in segments:
        places += segment
        steps += [Path.MOVETO, *[Path.LINETO] * (len(segment) - 1)]
        if face is not None:
            places.append(segment[0])
            steps.append(Path.CLOSEPOLY)
    path = Path(np.round(places, 1), steps)
    path.should_simplify = False
    pen = _pen(renderer, edge, width)
    pen.set_joinstyle("miter")
    pen.set_capstyle(cap)
    if dash:
        pen.set_dashes(0, dash)
    renderer.draw_path(pen, path, IdentityTransform(), None if face is None else to_rgba(face))


def _pen(renderer: Any, edge: str, width: float) -> GraphicsContextBase:
    pen: GraphicsContextBase = renderer.new_gc()
    pen.set_foreground(edge)
    pen.set_linewidth(0 if edge == "none" else width)
    return pen


def _hatching(outline: Sequence[Place]) -> Iterator[list[Place]]:
    """Strokes at 45 degrees, as long as they lie inside the outline."""
    corners = list(zip(outline, [*outline[1:], outline[0]], strict=True))
    offsets = [y - x for x, y in outline]
    for step in range(math.ceil(min(offsets) / _HATCH_STEP), math.floor(max(offsets) / _HATCH_STEP) + 1):
        offset, met = step * _HATCH_STEP, []
        for (x1, y1), (x2, y2) in corners:
            before, after = y1 - x1 - offset, y2 - x2 - offset
            if (before < 0) != (after < 0):
                met.append(x1 + (x2 - x1) * before / (before - after))
        met.sort()
        for start, end in zip(met[::2], met[1::2], strict=True):
            if end - start > 1.5:  # not the corners
                yield [(start, start + offset), (end, end + offset)]


@dataclass
class Sheet:
    """`width` × `height` points, origin in the lower left.

    From below: areas, lines (the widest first), dots, marks, words; of each kind in the order they came.
    """

    width: float
    height: float
    size: float = SIZE
    _areas: dict[_Area, list[list[Place]]] = field(default_factory=dict)
    _lines: dict[_Line, list[list[Place]]] = field(default_factory=dict)
    _dots: dict[_Dot, list[Place]] = field(default_factory=dict)
    _marks: dict[_Area, list[list[Place]]] = field(default_factory=dict)
    _words: list[Words] = field(default_factory=list)

    def area(
        self, points: Iterable[Place], face: str, hatch: bool = False, edge: str = "none", width: float = 0.6
    ) -> None:
        """A filled outline, hatched where it says that something is unknown. edge: its colour, `width` points wide."""
        outline = list(points)
        self._areas.setdefault(_Area(face, edge, width), []).append(outline)
        if hatch:
            strokes = _Line(HATCH, _HATCH_WIDTH, (), False)
            self._lines.setdefault(strokes, []).extend(_hatching(outline))

    def line(
        self, points: Iterable[Place], colour: str, width: float, dash: tuple[float, ...] = (), rounded: bool = False
    ) -> None:
        """Straight lines between the points, in order. dash: lengths of strokes and spaces."""
        self._lines.setdefault(_Line(colour, width, dash, rounded), []).append(list(points))

    def dots(self, points: Iterable[Place], size: float, face: str, edge: str = "none") -> None:
        """Round dots `size` points across."""
        self._dots.setdefault(_Dot(size, face, edge), []).extend(points)

    def mark(self, x: float, y: float, klass: Class, size: float, colour: str = "") -> None:
        """The shape of the class, `size` points across, in the class's colour unless another is given."""
        shape, ink = SHAPES[klass], colour or COLOURS[klass]
        if shape in DISCS:
            self.dots([(x, y)], 0.9 * size - _EDGE / 2, ink if DISCS[shape] else "#ffffff", ink)
        if shape in OUTLINES:
            corners, filled = OUTLINES[shape]
            look = _Area(ink, "none", 0.0) if filled else _Area("#ffffff", ink, 0.9)
            self._marks.setdefault(look, []).append(corners(x, y, size / 2))

    def text(
        self,
        x: float,
        y: float,
        words: str,
        *,
        ha: str = "left",
        va: str = "center",
        color: str = INK,
        weight: str = "",
        fontsize: float = 0.0,
        url: str = "",
        room: float = 0.0,
    ) -> None:
        """Words at a place. ha, va: which part of them lies there. fontsize: the sheet's unless given. url: a link.

        room: points that they must keep within, whatever the typeface; they are set closer where that is needed.
        """
        size, about = fontsize or self.size, width(words, fontsize or self.size, bool(weight)) if room else 0.0
        # short words have room enough in any typeface; others are set as wide as most readers' typefaces are
        length = min(0.94 * about, room) if about > 0.8 * room else 0.0
        self._words.append(Words(x, y, words, ha, va, color, weight, size, url, length))

    def finish(self, key: str, alt: str) -> Drawing:
        """The sheet as SVG. key: unique in the page, so that what the SVG refers to stays apart from its neighbours."""
        height = round(self.height, 1)
        buffer = io.StringIO()
        with style():
            # on the renderer itself: a figure, its axes and artists would cost more than all that is drawn
            renderer: Any = RendererSVG(  # type: ignore[no-untyped-call]
                self.width, height, buffer, image_dpi=DPI, metadata=_UNTOLD
            )
            self._draw(renderer)
            renderer.finalize()
        return Drawing(compact(buffer.getvalue(), key, height, self.size, self._words), alt)

    def _draw(self, renderer: Any) -> None:
        """From the lowest layer to the highest."""
        for area, outlines in self._areas.items():
            _draw(renderer, outlines, area.edge, area.width, area.face)
        # wide lines are grounds: they lie below the others
        for line, segments in sorted(self._lines.items(), key=lambda item: item[0].width < 5):
            _draw(renderer, segments, line.colour, line.width, None, line.dash, "round" if line.round else "butt")
        for dot, places in self._dots.items():
            if dot.edge in ("none", dot.face):
                # a line of no length with round ends is a dot, in a fifth of the space that a circle takes
                width = dot.size + (0 if dot.edge == "none" else _EDGE)
                _draw(renderer, [[place, place] for place in places], dot.face, width, cap="round")
            else:
                circle = Affine2D().scale(dot.size / 2)
                pen, face = _pen(renderer, dot.edge, _EDGE), to_rgba(dot.face)
                renderer.draw_markers(pen, Path.unit_circle(), circle, Path(places), IdentityTransform(), face)
        for mark, outlines in self._marks.items():
            _draw(renderer, outlines, mark.edge, mark.width, mark.face)
