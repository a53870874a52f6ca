"""One indicator for one unit: its history among all regions and Riket, or the regions on a line without one."""

from __future__ import annotations

import math

from varddialog.assessment.results import Result
from varddialog.figures.sheet import Drawing, Place, Sheet
from varddialog.figures.style import ACCENT, INK, MUTED, REGIONS, RULE, TARGET
from varddialog.prose.words import short_moment
from varddialog.swedish import number

WIDTH, HEIGHT = 640.0, 170.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 118.0, 14.0, 24.0
_END = WIDTH - _RIGHT


def history(result: Result, alt: str) -> Drawing:
    """The unit's series, bold, with the regions grey and Riket dashed. Straight lines between measured points only.

    Questioned values of the unit are drawn as open dots.
    """
    moments = sorted({*result.regions, *result.nation, *(p.when for p in result.points)})
    columns = _columns(moments)
    mine = [(columns[p.when], p.value) for p in result.points]
    nation = [] if result.unit.is_nation else [(columns[w], p.value) for w, p in sorted(result.nation.items())]
    codes = sorted({code for values in result.regions.values() for code in values} - {result.unit.code})
    regions = [[(columns[w], v[c]) for w, v in sorted(result.regions.items()) if c in v] for c in codes]
    levels = [t.target.level for t in result.targets if t.target.level is not None and t.target.match != "annat"]
    heights = [y for line in [mine, nation, *regions] for _, y in line] + levels
    scale = _Scale(min(columns.values()), max(columns.values()), *_padded(min(heights), max(heights)))

    sheet = Sheet(WIDTH, HEIGHT)
    for value, text in scale.ticks():
        y = scale.y(value)
        sheet.line([(_LEFT, y), (_END, y)], RULE, 0.6)
        sheet.text(_LEFT - 6, y, text, ha="right", color=MUTED)
    for moment in _shown(moments, columns):
        sheet.text(scale.x(columns[moment]), _BOTTOM - 6, short_moment(moment), ha="center", va="top", color=MUTED)
    for line in regions:
        if len(line) > 1:
            # half a point is no difference to the eye, and a tenth of a report's size
            sheet.line([(round(x), round(y)) for x, y in map(scale.place, line)], REGIONS, 0.6)
    for level in levels:
        sheet.line([(_LEFT, scale.y(level)), (_END, scale.y(level))], TARGET, 1.0, dash=(1, 2))
    for broken in result.indicator.breaks:
        if scale.first < broken.year <= scale.last:
            x = scale.x(broken.year - 0.5)
            sheet.line([(x, _BOTTOM), (x, HEIGHT - _TOP)], INK, 0.8, dash=(4, 3))
            sheet.text(x + 3, HEIGHT - _TOP, "tidsseriebrott", va="top", color=MUTED)
    if nation:
        sheet.line([scale.place(p) for p in nation], INK, 1.3, dash=(4, 2))
    sheet.line([scale.place(p) for p in mine], ACCENT, 2.0)
    for place, point in zip(mine, result.points, strict=True):
        sheet.dots([scale.place(place)], 3.4, "white" if point.is_questioned else ACCENT, ACCENT)

    labels = [(scale.y(mine[-1][1]), result.unit.name, {"color": ACCENT, "weight": "bold"})]
    if nation:
        labels.append((scale.y(nation[-1][1]), "Riket", {}))
    labels += [(scale.y(level), f"mål {number(level, _places(level))}", {"color": TARGET}) for level in levels]
    for y, text, look in _apart(labels):
        sheet.text(_END + 8, y, text, **look)
    return sheet.finish(result.anchor, alt)


def line_of_regions(result: Result, alt: str) -> Drawing:
    """The regions as dots on one line, better to the right, with the unit and Riket marked."""
    sheet = Sheet(WIDTH, 74.0)
    middle, places = sheet.height / 2, result.indicator.decimals
    nation = None if result.nation_now is None else result.nation_now.value
    everything = [*result.regions_now.values(), result.latest.value, *([] if nation is None else [nation])]
    low, high = min(everything), max(everything)
    turned = result.indicator.turn == -1

    def across(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return _LEFT + (1 - share if turned else share) * (WIDTH - 2 * _LEFT)

    sheet.line([(_LEFT, middle), (WIDTH - _LEFT, middle)], RULE, 1.0)
    sheet.dots([(across(v), middle) for v in result.regions_now.values()], 4.6, REGIONS)
    if nation is not None and not result.unit.is_nation:
        x = across(nation)
        sheet.line([(x, middle - 11), (x, middle + 11)], INK, 1.3)
        sheet.text(x, middle - 14, f"Riket {number(nation, places)}", ha="center", va="top")
    x = across(result.latest.value)
    sheet.dots([(x, middle)], 7.5, "white" if result.is_flagged else ACCENT, ACCENT)
    mine = f"{result.unit.name} {number(result.latest.value, places)}"
    sheet.text(x, middle + 12, mine, ha="center", va="bottom", color=ACCENT, weight="bold")
    for value, at_left in ((low, not turned), (high, turned)):
        side = "left" if at_left else "right"
        sheet.text(0 if at_left else WIDTH, middle, number(value, places), ha=side, color=MUTED)
    return sheet.finish(result.anchor, alt)


class _Scale:
    """From moments and values to places on the sheet."""

    def __init__(self, first: float, last: float, low: float, high: float) -> None:
        self.first, self.last, self.low, self.high = first, last, low, high

    def x(self, column: float) -> float:
        across = (column - self.first) / (self.last - self.first) if self.last > self.first else 0.5
        return _LEFT + across * (_END - _LEFT)

    def y(self, value: float) -> float:
        return _BOTTOM + (value - self.low) / (self.high - self.low) * (HEIGHT - _TOP - _BOTTOM)

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


def _columns(moments: list[str]) -> dict[str, int]:
    """Years lie as far apart as they are, so that a missing year leaves its room; months lie side by side."""
    if "-" in moments[0]:
        return {moment: i for i, moment in enumerate(moments)}
    return {moment: int(moment) for moment in moments}


def _shown(moments: list[str], columns: dict[str, int]) -> list[str]:
    """The first and last moment, and as many between them as have room."""
    first, last = columns[moments[0]], columns[moments[-1]]
    step = max(1, (last - first) // 6)
    inner = [m for m in moments[1:-1] if (columns[m] - first) % step == 0 and last - columns[m] >= step]
    return [moments[0], *inner, *moments[-1:]] if len(moments) > 1 else moments


def _padded(low: float, high: float) -> tuple[float, float]:
    pad = (high - low) * 0.06 or abs(high) * 0.05 or 1.0
    return low - pad, high + pad


def _places(level: float) -> int:
    return 0 if level == int(level) else 1


_Label = tuple[float, str, dict[str, str]]


def _apart(labels: list[_Label], room: float = 12.0) -> list[_Label]:
    """Labels moved just enough upwards to keep `room` points between them."""
    moved: list[_Label] = []
    for y, text, look in sorted(labels, key=lambda label: label[0]):
        moved.append((max(y, moved[-1][0] + room) if moved else y, text, look))
    return moved
