"""The frame of a series: from moments and values to places on a sheet, grid lines, and labels kept apart."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from varddialog.figures.marks import Place
from varddialog.figures.sheet import Sheet
from varddialog.figures.spread import spread
from varddialog.figures.style import INK, MUTED, RULE
from varddialog.prose.words import short_moment
from varddialog.swedish import number

# as wide as the text of an A4 page, so that words keep their size on paper
WIDTH, HEIGHT = 516.0, 146.0
LEFT, TOP, BOTTOM = 40.0, 12.0, 20.0
END = WIDTH - 116.0  # where lines end and their labels begin
_LINE = 12.0  # what labels need each


class Label(NamedTuple):
    """Words at the end of a line."""

    y: float
    text: str
    color: str = INK
    weight: str = ""


class Scale:
    """From moments and values to places on the sheet."""

    def __init__(
        self, first: float, last: float, low: float, high: float, end: float = END, height: float = HEIGHT
    ) -> None:
        self.first, self.last, self.low, self.high = first, last, low, high
        self.end, self.height = end, height

    def x(self, column: float) -> float:
        across = (column - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return LEFT + across * (self.end - LEFT)

    def y(self, value: float) -> float:
        return BOTTOM + (value - self.low) / (self.high - self.low) * (self.height - TOP - BOTTOM)

    def place(self, point: Place) -> Place:
        return self.x(point[0]), self.y(point[1])

    def ticks(self) -> list[tuple[float, str]]:
        """Two to four round values inside the scale, as printed."""
        rough = (self.high - self.low) / 4
        power = 10.0 ** math.floor(math.log10(rough))
        step = next(power * m for m in (1, 2, 5, 10) if power * m >= rough)
        places = 0 if step >= 1 else 1 if step >= 0.1 else 2
        first, last = math.ceil(self.low / step), math.floor(self.high / step)
        return [(i * step, number(i * step, places)) for i in range(first, last + 1)]


def columns(moments: list[str]) -> dict[str, int]:
    """Years lie as far apart as they are, so that a missing year leaves its room; months lie side by side."""
    if "-" in moments[0]:
        return {moment: i for i, moment in enumerate(moments)}
    return {moment: int(moment) for moment in moments}


def runs(places: Sequence[int], breaks: Sequence[int] = ()) -> list[range]:
    """Positions that a line may join: as far apart as the series' shortest step, and on one side of each break.

    breaks: the first place of each new part of the series.
    """
    step = min((b - a for a, b in pairwise(places)), default=1)
    cuts = [i for i, (a, b) in enumerate(pairwise(places), 1) if b - a > step or any(a < at <= b for at in breaks)]
    return [range(start, end) for start, end in pairwise([0, *cuts, len(places)]) if end > start]


def shown(moments: list[str], places: dict[str, int]) -> list[str]:
    """The first and last moment, and as many between them as have room."""
    first, last = places[moments[0]], places[moments[-1]]
    step = max(1, (last - first) // 6)
    inner = [m for m in moments[1:-1] if (places[m] - first) % step == 0 and last - places[m] >= step]
    return [moments[0], *inner, *moments[-1:]] if len(moments) > 1 else moments


def padded(low: float, high: float) -> tuple[float, float]:
    pad = (high - low) * 0.06 or abs(high) * 0.05 or 1.0
    return low - pad, high + pad


def decimals(level: float) -> int:
    return 0 if level == int(level) else 1


def grid(sheet: Sheet, scale: Scale, moments: list[str], across: dict[str, int]) -> None:
    """Horizontal lines with their values, and the moments below."""
    for value, text in scale.ticks():
        y = scale.y(value)
        sheet.line([(LEFT, y), (scale.end, y)], RULE, 0.6)
        sheet.text(LEFT - 6, y, text, ha="right", color=MUTED)
    for moment in shown(moments, across):
        sheet.text(scale.x(across[moment]), BOTTOM - 6, short_moment(moment), ha="center", va="top", color=MUTED)


def label(sheet: Sheet, labels: list[Label], end: float = END) -> None:
    """Labels at the ends of their lines, kept apart."""
    heights = spread([one.y for one in labels], _LINE, BOTTOM, sheet.height - _LINE / 2)
    for y, (_, text, color, weight) in zip(heights, labels, strict=True):
        sheet.text(end + 8, y, text, color=color, weight=weight, room=sheet.width - end - 8)
