"""The funnel: the regions' values by size, between limits round Riket that allow for their ordinary variation."""

from __future__ import annotations

import math
from collections.abc import Callable
from itertools import product

from varddialog.assessment.across import Across
from varddialog.assessment.funnel import Funnel
from varddialog.figures.frame import Scale, padded
from varddialog.figures.key import MARK, key
from varddialog.figures.marks import Place
from varddialog.figures.measure import width
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import INK, MUTED, RULE
from varddialog.swedish import NBSP, number

WIDTH, HEIGHT = 400.0, 260.0
_LEFT, _END, _BOTTOM, _TOP = 40.0, 340.0, 30.0, 36.0
_HIGH = 11.0  # of a line of words
# where a name may lie beside its mark, the best first: which side, and how many lines up
_BESIDE = [*product((1, -1), (0, 1, -1)), *product((0,), (1, -1, 2, -2)), *product((1, -1), (2, -2))]


def funnel_plot(x: Across, found: Funnel, alt: str) -> Drawing:
    """Value against size on a logarithmic scale: the denominator, or the precision where only that is known.

    The regions outside the outer limits are named and have the mark of their class against Riket.
    """
    sheet = Sheet(WIDTH, HEIGHT)
    values = [*found.values.values(), *(end for pair in found.outer[len(found.outer) // 4 :] for end in pair)]
    low, high = padded(*_possible(x, min(values), max(values)))
    first, last = math.log(found.line[0]), math.log(found.line[-1])
    top = HEIGHT - _TOP

    def place(size: float, value: float) -> Place:
        across = 0.02 + 0.96 * (math.log(size) - first) / (last - first)
        up = (min(max(value, low), high) - low) / (high - low)
        return _LEFT + across * (_END - _LEFT), _BOTTOM + up * (top - _BOTTOM)

    for value, words in Scale(0, 1, low, high).ticks():
        y = place(found.line[0], value)[1]
        sheet.line([(_LEFT, y), (_END, y)], RULE, 0.5)
        sheet.text(_LEFT - 6, y, words, ha="right", color=MUTED)
    _sizes(sheet, found, place)
    for pairs, thick, dash in ((found.inner, 0.8, (4.0, 3.0)), (found.outer, 1.0, ())):
        for side in (0, 1):
            ends = zip(found.line, (pair[side] for pair in pairs), strict=True)
            edge = [(size, end) for size, end in ends if low <= end <= high and (end, end) == _possible(x, end, end)]
            if len(edge) > 1:
                sheet.line([place(*point) for point in edge], MUTED, thick, dash=dash)
    for words, pairs in ((f"95{NBSP}%", found.inner), (f"99,8{NBSP}%", found.outer)):
        if pairs[-1] == _possible(x, *pairs[-1]):
            sheet.text(_END + 4, place(found.line[-1], pairs[-1][1])[1], words, color=MUTED)
    y = place(found.line[0], found.centre)[1]
    sheet.line([(_LEFT, y), (_END, y)], INK, 1.2)
    sheet.text(_END + 4, y, f"Riket {number(found.centre, x.indicator.decimals)}", weight="bold")
    places = {code: place(found.sizes[code], value) for code, value in found.values.items()}
    sheet.dots([at for code, at in places.items() if code not in found.outside], 5.0, MUTED, "#ffffff")
    for code in sorted(found.outside):
        sheet.mark(*places[code], x.klass(code), MARK)
    _names(sheet, x, found, places)
    sheet.text(0, HEIGHT - _TOP + 12, x.indicator.unit.label, color=MUTED)
    key(sheet, [x.klass(code) for code in found.outside], HEIGHT)
    return sheet.finish(f"{x.example.anchor}-tratt", alt)


def _possible(x: Across, low: float, high: float) -> tuple[float, float]:
    """The two values, kept within what the unit of measure allows."""
    least, most = x.indicator.unit.low, x.indicator.unit.high
    return low if least is None else max(low, least), high if most is None else min(high, most)


def _sizes(sheet: Sheet, found: Funnel, place: Callable[[float, float], Place]) -> None:
    """Round denominators below the axis; a precision is no number for readers, so only its direction is told."""
    floor = _BOTTOM - 10
    if found.counted:
        powers = range(math.floor(math.log10(found.line[0])), math.ceil(math.log10(found.line[-1])) + 1)
        for size in (m * 10**power for power in powers for m in (1, 2, 5)):
            if found.line[0] <= size <= found.line[-1]:
                sheet.text(place(size, found.centre)[0], floor, number(size), ha="center", color=MUTED)
        sheet.text(_END, floor - 12, "antal i nämnaren →", ha="right", color=MUTED)
    else:
        sheet.text(_LEFT, floor, "← osäkrare värden", color=MUTED)
        sheet.text(_END, floor, "säkrare värden →", ha="right", color=MUTED)


def _names(sheet: Sheet, x: Across, found: Funnel, places: dict[str, Place]) -> None:
    """A name beside each mark outside the limits, where it lies on no other name and on no mark."""
    taken = [(px - 4, py - 4, px + 4, py + 4) for px, py in places.values()]
    for code in sorted(found.outside, key=lambda c: places[c]):
        wide = width(x.name(code), sheet.size)
        boxes = []
        for side, up in _BESIDE:
            left = places[code][0] + (7 if side > 0 else -7 - wide if side < 0 else -wide / 2)
            middle = places[code][1] + up * (_HIGH if not side else 0.7 * _HIGH)
            boxes.append((left, middle - _HIGH / 2, left + wide, middle + _HIGH / 2))
        high = HEIGHT - _TOP + 6
        inside = [box for box in boxes if box[0] >= _LEFT and box[2] <= WIDTH and box[1] >= _BOTTOM and box[3] <= high]
        free = [box for box in inside if not any(_meet(box, other) for other in taken)]
        box = (free or inside or boxes)[0]
        taken.append(box)
        sheet.text(box[0], (box[1] + box[3]) / 2, x.name(code))


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
