"""The overview (översikten): every indicator of a dimension on one sheet, after figure 13 of the framework's report."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.collections import LineCollection

from varddialog.assessment.results import Result
from varddialog.figures.style import ACCENT, BAND, INK, MUTED, REGIONS, RULE, TARGET, Drawing, blank, finish, style
from varddialog.swedish import number

WIDTH = 760.0
_TEXT = 11.5
_ROW, _AREA_ROW, _HEAD = 20.0, 28.0, 26.0
# left edges (texts) and right edges (figures) of the columns
_NAME, _VALUE, _NATION, _YEAR = 0.0, 384.0, 436.0, 448.0
_STRIP, _STRIP_END, _SERIES, _SERIES_END = 508.0, 656.0, 684.0, 756.0

Rows = Sequence[tuple[str, Sequence[Result]]]


def overview(areas: Rows, alt: str) -> Drawing:
    """Rows grouped by area: name, value, Riket, year, all regions on a line (better to the right), history.

    Everything is drawn neutral except the unit's own mark: position tells, colour does not judge.
    """
    height = _HEAD + sum(_AREA_ROW + _ROW * len(results) for _, results in areas) + 8
    with style(_TEXT):
        figure, axes = blank(WIDTH, height)
        _head(axes, height, areas)
        y = height - _HEAD
        lines: list[list[tuple[float, float]]] = []
        for name, results in areas:
            y -= _AREA_ROW
            axes.text(_NAME, y + 7, name, weight="bold", va="baseline")
            axes.plot([0, WIDTH], [y + 2, y + 2], color=INK, lw=0.8)
            for index, result in enumerate(results):
                y -= _ROW
                if index:
                    lines.append([(0, y + _ROW), (WIDTH, y + _ROW)])
                _row(axes, result, y + _ROW / 2)
        axes.add_collection(LineCollection(lines, colors=RULE, linewidths=0.5, clip_on=False))
        return finish(figure, "oversikt", alt)


def _head(axes: Axes, height: float, areas: Rows) -> None:
    first = next((r for _, results in areas for r in results), None)
    name = first.unit.name if first else ""
    y = height - 18
    if first and not first.unit.is_nation:
        axes.text(_VALUE, y, name, ha="right", color=ACCENT, weight="bold")
        axes.text(_NATION, y, "Riket", ha="right", color=INK)
    else:
        axes.text(_NATION, y, "Riket", ha="right", color=ACCENT, weight="bold")
    axes.text(_YEAR, y, "År", ha="left", color=MUTED)
    axes.text((_STRIP + _STRIP_END) / 2, y, "Regionerna, bättre →", ha="center", color=MUTED)
    axes.text((_SERIES + _SERIES_END) / 2, y, "Över tid", ha="center", color=MUTED)


def _row(axes: Axes, result: Result, y: float) -> None:
    indicator = result.indicator
    name = row_name(result)
    quiet = MUTED if result.state != "aktuell" or result.is_flagged else INK
    axes.text(_NAME, y, name, va="center", color=quiet, url=f"#{result.anchor}")
    value = number(result.latest.value, indicator.decimals)
    nation = result.nation_now
    if result.unit.is_nation:
        axes.text(_NATION, y, value, ha="right", va="center", color=quiet, weight="bold")
    else:
        axes.text(_VALUE, y, value, ha="right", va="center", color=quiet, weight="bold")
        axes.text(_NATION, y, number(nation.value if nation else None, indicator.decimals), ha="right", va="center", color=quiet)
    axes.text(_YEAR, y, _short(result.latest.when), va="center", color=MUTED)
    _strip(axes, result, y)
    _series(axes, result, y)


def row_name(result: Result, longest: int = 62) -> str:
    """The indicator's name with its unit, and the sex where there is no total; the name is cut to what the row holds."""
    ending = {"K": ", kvinnor", "M": ", män"}.get(result.sex, "") if result.only_sex else ""
    about = [part for part in (result.indicator.unit.short, result.state if result.state != "aktuell" else "") if part]
    ending += f" ({', '.join(about)})" if about else ""
    name = result.indicator.name
    room = longest - len(ending)
    return (name if len(name) <= room else name[: room - 1].rstrip() + "…") + ending


def _short(when: str) -> str:
    """`2026-06` → `6/2026`, so that the column stays narrow."""
    year, _, month = when.partition("-")
    return f"{int(month)}/{year}" if month else year


def _strip(axes: Axes, result: Result, y: float) -> None:
    values = result.regions_now
    nation = result.nation_now
    everything = [*values.values(), result.latest.value, *([nation.value] if nation else [])]
    low, high = min(everything), max(everything)
    if high == low or len(values) < 3:
        axes.text((_STRIP + _STRIP_END) / 2, y, "få regioner har uppgift", ha="center", va="center", color=MUTED)
        return
    turned = result.indicator.turn == -1

    def place(value: float) -> float:
        share = (value - low) / (high - low)
        return _STRIP + (1 - share if turned else share) * (_STRIP_END - _STRIP)

    neutral = result.indicator.turn == 0
    axes.plot([_STRIP, _STRIP_END], [y, y], color=BAND if neutral else RULE, lw=6 if neutral else 1, solid_capstyle="round")
    others = [place(v) for code, v in values.items() if code != result.unit.code]
    axes.scatter(others, [y] * len(others), s=13, color=REGIONS, linewidths=0)
    for found in result.targets:
        level = found.target.level
        if found.reached is not None and level is not None and low <= level <= high:
            x = place(level)
            axes.plot([x, x], [y - 7, y + 7], color=TARGET, lw=1.2, ls=(0, (1, 1)))
    if nation:
        x = place(nation.value)
        axes.plot([x, x], [y - 6, y + 6], color=ACCENT if result.unit.is_nation else INK, lw=1.6)
    if not result.unit.is_nation:
        open_mark = result.is_flagged or result.state != "aktuell"
        face = "white" if open_mark else ACCENT
        axes.scatter([place(result.latest.value)], [y], s=44, facecolor=face, edgecolor=ACCENT, linewidths=1.2, zorder=3)


def _series(axes: Axes, result: Result, y: float) -> None:
    points = result.points[-10:] if "-" not in result.latest.when else result.points[-12:]
    if len(points) < 3:
        return
    values = [p.value for p in points]
    low, high = min(values), max(values)
    span = points[-1].year - points[0].year
    across = [(p.year - points[0].year) / span if span >= len(points) - 1 else i / (len(points) - 1) for i, p in enumerate(points)]
    xs = [_SERIES + a * (_SERIES_END - _SERIES) for a in across]
    ys = [y - 6 + 12 * ((v - low) / (high - low) if high > low else 0.5) for v in values]
    axes.plot(xs, ys, color=ACCENT, lw=1.2)
    axes.scatter(xs[-1:], ys[-1:], s=10, color=ACCENT, linewidths=0)
