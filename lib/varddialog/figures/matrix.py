"""The matrix: regions by dimensions, each cell with its numbers on either side of Riket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from varddialog.assessment.across import Counts
from varddialog.figures.key import MARK
from varddialog.figures.measure import wrapped
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import BETTER, MUTED, RULE, SIZE, WORSE
from varddialog.model.framework import Dimension
from varddialog.model.units import NATION, Units
from varddialog.swedish import number

WIDTH = 760.0
_NAME, _ROW, _HEAD, _BAR = 104.0, 17.0, 48.0, 9.0
_LEVEL, _UNJUDGED = 36.0, 8.0  # right edges of the numbers at the end of a cell, from its own right edge
_FIGURE = 12.0  # room for a number beside a bar


def matrix(
    found: Mapping[str, Mapping[int, Counts]],
    dimensions: Sequence[Dimension],
    units: Units,
    links: Mapping[str, str],
    alt: str,
) -> Drawing:
    """One row a unit in code order, one column a dimension: bars to the right for better, to the left for worse.

    found: unit code → dimension number → counts. All bars of the sheet have one scale. At the end of each cell stand
    the numbers that are level with Riket and that cannot be judged. Riket, which nothing is compared with, has a row
    that leads to it. links: unit code → address.
    """
    codes = [unit.code for unit in units.all if unit.code in found or unit.is_nation]
    sheet = Sheet(WIDTH, _HEAD + _ROW * len(codes) + 2)
    wide = (WIDTH - _NAME) / len(dimensions)
    most = max((max(c.better, c.worse) for cells in found.values() for c in cells.values()), default=0) or 1
    half = (wide - _LEVEL - 24) / 2  # from the middle of a cell to where its bars' numbers end
    middles = [_NAME + i * wide + half + 4 for i in range(len(dimensions))]
    for dimension, middle in zip(dimensions, middles, strict=True):
        _head(sheet, dimension, middle, half, wide)
    for index, code in enumerate(codes):
        y = sheet.height - _HEAD - _ROW * (index + 0.5)
        sheet.line([(0, y + _ROW / 2), (WIDTH, y + _ROW / 2)], RULE, 0.5)
        weight = "bold" if code == NATION else ""
        sheet.text(0, y, units.by_code[code].name, weight=weight, url=links.get(code, ""))
        if code not in found:
            sheet.text(_NAME + 4, y, "det som regionerna jämförs med", color=MUTED)
            continue
        for dimension, middle in zip(dimensions, middles, strict=True):
            if dimension.number in found[code]:
                _cell(sheet, found[code][dimension.number], middle, y, (half - _FIGURE) / most, wide - half)
    for middle in middles:
        bottom = sheet.height - _HEAD - _ROW * len(codes)
        sheet.line([(middle, bottom), (middle, sheet.height - _HEAD - _ROW * (NATION in codes))], MUTED, 0.8)
    return sheet.finish("matris", alt)


def _head(sheet: Sheet, dimension: Dimension, middle: float, half: float, wide: float) -> None:
    """The dimension's name, and the marks of what is counted."""
    for index, line in enumerate(wrapped(dimension.name, wide - 16, SIZE, bold=True)):
        sheet.text(middle - half, sheet.height - 8 - 11 * index, line, weight="bold")
    y, right = sheet.height - _HEAD + 9, middle - half - 4 + wide
    sheet.mark(middle - 9, y, "sämre", MARK)
    sheet.text(middle - 16, y, "sämre", ha="right", color=MUTED)
    sheet.mark(middle + 9, y, "bättre", MARK)
    sheet.text(middle + 16, y, "bättre", color=MUTED)
    sheet.mark(right - _LEVEL - 4, y, "i nivå", MARK)
    sheet.mark(right - _UNJUDGED - 5, y, "kan ej bedömas", MARK)


def _cell(sheet: Sheet, counts: Counts, middle: float, y: float, scale: float, right: float) -> None:
    for side, count, colour in ((1, counts.better, BETTER), (-1, counts.worse, WORSE)):
        end = middle + side * count * scale
        if count:
            low, high = y - _BAR / 2, y + _BAR / 2
            sheet.area([(middle, low), (end, low), (end, high), (middle, high)], colour)
            sheet.text(end + 3 * side, y, number(count), ha="left" if side > 0 else "right")
    edge = middle + right - 4
    sheet.text(edge - _LEVEL, y, number(counts.level), ha="right", color=MUTED)
    sheet.text(edge - _UNJUDGED, y, number(counts.unjudged), ha="right", color=MUTED)
