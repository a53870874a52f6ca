"""The values within a region as dots on one line, better to the right, with the region's own and Riket's marked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from varddialog.assessment.inside import Inside
from varddialog.figures.frame import LEFT, WIDTH
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.strip import Strip
from varddialog.figures.style import ACCENT, INK, MUTED, REGIONS, RULE
from varddialog.swedish import number

SIZE = 4.6
# between dots that lie on each other; what a mark with its words needs beyond them, and what is needed without
_STEP, _MARKED, _BARE = 4.0, 26.0, 8.0
_FEWEST = 3


def line_of_places(inside: Inside, alt: str) -> Drawing | None:
    """One dot for each place; None where there are too few to see anything, or they are counts."""
    values = [point.value for _, point in inside.now]
    if len(values) < _FEWEST or inside.indicator.is_count or values[0] == values[-1]:
        return None
    marked = [point.value for point in (inside.region, inside.nation) if point]
    low, high = min([*values, *marked]), max([*values, *marked])
    on = Strip(low, high, LEFT, WIDTH - LEFT, inside.indicator.turn == -1)
    stacked = _stacked([on.x(value) for value in values])
    tallest = max(abs(level) for _, level in stacked) * _STEP
    above, below = (tallest + (_MARKED if mark else _BARE) for mark in (inside.region, inside.nation))
    sheet = Sheet(WIDTH, above + below)
    middle, places, reach = below, inside.indicator.decimals, tallest + 7
    sheet.line([(LEFT, middle), (WIDTH - LEFT, middle)], RULE, 1.0)
    sheet.dots([(x, middle + level * _STEP) for x, level in stacked], SIZE, REGIONS)
    if inside.nation is not None:
        x = on.x(inside.nation.value)
        sheet.line([(x, middle - reach), (x, middle + reach)], INK, 1.3)
        sheet.text(x, middle - reach - 3, f"Riket {number(inside.nation.value, places)}", ha="center", va="top")
    if inside.region is not None:
        x = on.x(inside.region.value)
        sheet.line([(x, middle - reach), (x, middle + reach)], ACCENT, 2.2)
        mine = f"{inside.unit.name} {number(inside.region.value, places)}"
        sheet.text(x, middle + reach + 3, mine, ha="center", va="bottom", color=ACCENT, weight="bold")
    for value, at_left in ((low, not on.turned), (high, on.turned)):
        side = "left" if at_left else "right"
        sheet.text(0 if at_left else WIDTH, middle, number(value, places), ha=side, color=MUTED)
    return sheet.finish(inside.anchor, alt)


def _stacked(across: Sequence[float]) -> list[tuple[float, int]]:
    """Each place with the level that its dot is lifted or lowered to, so that none covers another.

    across: in order, from either side.
    """
    ends: dict[int, float] = {}
    found = []
    for x in across:
        levels = (side * level for level in count() for side in (1, -1))
        level = next(n for n in levels if n not in ends or abs(x - ends[n]) >= SIZE)
        ends[level] = x
        found.append((x, level))
    return found
