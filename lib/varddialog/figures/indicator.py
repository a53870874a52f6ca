"""One indicator for one unit: its history among all regions and Riket, or the regions on a line when there is no history."""

from __future__ import annotations

import math
from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from varddialog.assessment.results import Result
from varddialog.figures.style import ACCENT, INK, MUTED, REGIONS, RULE, TARGET, Drawing, blank, finish, style
from varddialog.swedish import number

WIDTH, HEIGHT = 640.0, 170.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 46.0, 118.0, 14.0, 24.0


def history(result: Result, alt: str) -> Drawing:
    """The unit's series, bold, with the regions grey and Riket dashed. Straight lines between measured points only."""
    moments = sorted({*result.regions, *result.nation, *(p.when for p in result.points)})
    columns = {moment: i for i, moment in enumerate(moments)} if "-" in moments[0] else _by_year(moments)
    first, last = min(columns.values()), max(columns.values())
    mine = [(columns[p.when], p.value) for p in result.points]
    nation = [] if result.unit.is_nation else [(columns[w], p.value) for w, p in sorted(result.nation.items())]
    codes = sorted({code for values in result.regions.values() for code in values} - {result.unit.code})
    regions = [[(columns[w], v[c]) for w, v in sorted(result.regions.items()) if c in v] for c in codes]
    levels = [t.target.level for t in result.targets if t.target.level is not None and t.target.match != "annat"]
    heights = [y for line in [mine, nation, *regions] for _, y in line] + levels
    low, high = _padded(min(heights), max(heights))
    with style():
        figure, axes = blank(WIDTH, HEIGHT)

        def place(x: float, y: float) -> tuple[float, float]:
            across = (x - first) / (last - first) if last > first else 0.5
            return (
                _LEFT + across * (WIDTH - _LEFT - _RIGHT),
                _BOTTOM + (y - low) / (high - low) * (HEIGHT - _TOP - _BOTTOM),
            )

        _scale(axes, low, high, place(last, low)[0], lambda y: place(first, y)[1])
        for moment in _shown(moments, columns):
            x, _ = place(columns[moment], low)
            axes.text(x, _BOTTOM - 6, moment, ha="center", va="top", color=MUTED)
        _lines(axes, [[place(*p) for p in line] for line in regions if len(line) > 1], REGIONS, 0.6)
        for level in levels:
            y = place(first, level)[1]
            axes.plot([place(first, level)[0], place(last, level)[0]], [y, y], color=TARGET, lw=1, ls=(0, (1, 2)))
        breaks = [b.year for b in result.indicator.breaks if first < b.year <= last]
        for year in breaks:
            x = place(year - 0.5, low)[0]
            axes.plot([x, x], [_BOTTOM, HEIGHT - _TOP], color=INK, lw=0.8, ls=(0, (4, 3)))
            axes.text(x + 3, HEIGHT - _TOP, "tidsseriebrott", va="top", color=MUTED)
        if nation:
            axes.plot(*_columns([place(*p) for p in nation]), color=INK, lw=1.3, ls=(0, (4, 2)))
        axes.plot(*_columns([place(*p) for p in mine]), color=ACCENT, lw=2)
        axes.scatter(*_columns([place(*p) for p in mine]), s=12, color=ACCENT, zorder=3)
        labels = [(place(*mine[-1])[1], result.unit.name, ACCENT, "bold")]
        if nation:
            labels.append((place(*nation[-1])[1], "Riket", INK, "normal"))
        labels += [(place(first, level)[1], f"mål {number(level, _level_decimals(level))}", TARGET, "normal") for level in levels]
        for y, text, colour, weight in _apart(labels):
            axes.text(WIDTH - _RIGHT + 8, y, text, va="center", color=colour, weight=weight)
        return finish(figure, result.anchor, alt)


def line_of_regions(result: Result, alt: str) -> Drawing:
    """The regions as dots on one line, better to the right, with the unit and Riket marked."""
    height = 74.0
    values = result.regions_now
    nation = None if result.nation_now is None else result.nation_now.value
    everything = [*values.values(), result.latest.value, *([nation] if nation is not None else [])]
    low, high = min(everything), max(everything)
    turned = result.indicator.turn == -1
    with style():
        figure, axes = blank(WIDTH, height)

        def place(value: float) -> float:
            share = (value - low) / (high - low) if high > low else 0.5
            return _LEFT + (1 - share if turned else share) * (WIDTH - 2 * _LEFT)

        middle = height / 2
        axes.plot([_LEFT, WIDTH - _LEFT], [middle, middle], color=RULE, lw=1)
        axes.scatter([place(v) for v in values.values()], [middle] * len(values), s=22, color=REGIONS, linewidths=0)
        if nation is not None and not result.unit.is_nation:
            x = place(nation)
            axes.plot([x, x], [middle - 11, middle + 11], color=INK, lw=1.3)
            axes.text(x, middle - 14, f"Riket {number(nation, result.indicator.decimals)}", ha="center", va="top")
        x = place(result.latest.value)
        axes.scatter([x], [middle], s=60, color=ACCENT, zorder=3)
        mine = f"{result.unit.name} {number(result.latest.value, result.indicator.decimals)}"
        axes.text(x, middle + 12, mine, ha="center", va="bottom", color=ACCENT, weight="bold")
        for value, side in ((low, "right" if turned else "left"), (high, "left" if turned else "right")):
            axes.text(0 if side == "left" else WIDTH, middle, number(value, result.indicator.decimals), ha=side, va="center", color=MUTED)
        return finish(figure, result.anchor, alt)


def _by_year(moments: list[str]) -> dict[str, int]:
    """Years lie as far apart as they are: a missing year leaves its room."""
    return {moment: int(moment) for moment in moments}


def _shown(moments: list[str], columns: dict[str, int]) -> list[str]:
    """First, last and as many between as have room."""
    step = max(1, (columns[moments[-1]] - columns[moments[0]]) // 6)
    inner = [m for m in moments[1:-1] if (columns[m] - columns[moments[0]]) % step == 0]
    room = [m for m in inner if columns[moments[-1]] - columns[m] >= step]
    return [moments[0], *room, *([moments[-1]] if len(moments) > 1 else [])]


def _padded(low: float, high: float) -> tuple[float, float]:
    pad = (high - low) * 0.06 or abs(high) * 0.05 or 1.0
    return low - pad, high + pad


def _scale(axes: Axes, low: float, high: float, right: float, place: Callable[[float], float]) -> None:
    """Three quiet lines with their values."""
    step = _round_step((high - low) / 3)
    value = -(-low // step) * step
    while value <= high:
        y = place(value)
        axes.plot([_LEFT, right], [y, y], color=RULE, lw=0.6)
        axes.text(_LEFT - 6, y, number(value, 0 if step >= 1 else 1 if step >= 0.1 else 2), ha="right", va="center", color=MUTED)
        value += step


def _round_step(rough: float) -> float:
    """The nearest of 1, 2, 5 × a power of ten that is not below `rough`."""
    power = 10.0 ** math.floor(math.log10(rough))
    return next(power * m for m in (1, 2, 5, 10) if power * m >= rough)


def _level_decimals(level: float) -> int:
    return 0 if level == int(level) else 1


def _lines(axes: Axes, lines: list[list[tuple[float, float]]], colour: str, width: float) -> None:
    axes.add_collection(LineCollection(lines, colors=colour, linewidths=width, clip_on=False))


def _columns(points: list[tuple[float, float]]) -> tuple[list[float], list[float]]:
    return [x for x, _ in points], [y for _, y in points]


def _apart(labels: list[tuple[float, str, str, str]], room: float = 12.0) -> list[tuple[float, str, str, str]]:
    """Labels moved just enough to keep `room` points between them, in the same order."""
    moved: list[tuple[float, str, str, str]] = []
    for y, *rest in sorted(labels, key=lambda label: label[0]):
        floor = moved[-1][0] + room if moved else y
        moved.append((max(y, floor), rest[0], rest[1], rest[2]))
    return moved

