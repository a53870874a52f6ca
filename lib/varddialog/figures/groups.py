"""Differences between groups: a line a group over time, or a dot each where there is only the latest value."""

from __future__ import annotations

from varddialog.assessment.groups import Comparison
from varddialog.figures.frame import HEIGHT, WIDTH, Label, Scale, columns, grid, label, padded, runs
from varddialog.figures.measure import width
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import ACCENT, BAND, INTERVAL, RULE, SIZE
from varddialog.swedish import number

_ROW, _LABEL, _RIGHT, _LINE = 22.0, 160.0, 60.0, 13.0
# strokes of the groups with the highest and the lowest latest value, and of those between them
_HIGHEST: tuple[float, ...] = ()
_LOWEST, _BETWEEN = (5.0, 2.0), (1.0, 2.0)


def groups(comparison: Comparison, alt: str) -> Drawing:
    """The groups over time where all can be followed, otherwise their latest values."""
    return _over_time(comparison, alt) if comparison.has_history else _latest(comparison, alt)


def _over_time(comparison: Comparison, alt: str) -> Drawing:
    """A line for each group with its name and latest value at its end, its interval where the publisher gives one.

    The room between the highest and the lowest group is filled, so that the gap is seen; no line crosses a missing
    year or a break in the series.
    """
    indicator, values = comparison.indicator, comparison.values
    moments = sorted({when for v in values for when in v.history if when <= comparison.when})
    across = columns(moments)
    names = {v.group: f"{v.group} {number(v.value, indicator.decimals)}" for v in values}
    end = WIDTH - 10 - min(max(width(n, SIZE, bold=True) for n in names.values()), 0.4 * WIDTH)
    height = max(HEIGHT, _LINE * (len(values) + 4))
    known = [(v, when) for v in values for when in moments if when in v.history]
    ends = [y for v, when in known for y in (v.history[when], *v.limits.get(when, ()))]
    scale = Scale(across[moments[0]], across[moments[-1]], *padded(min(ends), max(ends)), end, height)
    parts = [[moments[i] for i in run] for run in runs(list(across.values()), [b.year for b in indicator.breaks])]

    outer = (comparison.highest, comparison.lowest)
    sheet = Sheet(WIDTH, height)
    for part in parts:
        both = [when for when in part if all(when in v.history for v in outer)]
        edges = [[scale.place((across[when], v.history[when])) for when in both] for v in outer]
        if len(both) > 1:
            sheet.area([*edges[0], *reversed(edges[1])], BAND)
    grid(sheet, scale, moments, across)
    labels = []
    for v in values:
        dash = {comparison.highest.group: _HIGHEST, comparison.lowest.group: _LOWEST}.get(v.group, _BETWEEN)
        for when, limits in v.limits.items():
            if when in across:
                x = scale.x(across[when])
                sheet.line([(x, scale.y(limits[0])), (x, scale.y(limits[1]))], INTERVAL, 4.0)
        for part in parts:
            line = [scale.place((across[when], v.history[when])) for when in part if when in v.history]
            if len(line) > 1:
                sheet.line(line, ACCENT, 1.6, dash)
        sheet.dots([scale.place((across[when], v.history[when])) for when in moments if when in v.history], 3.8, ACCENT)
        labels.append(Label(scale.y(v.value), names[v.group], ACCENT, "" if dash == _BETWEEN else "bold"))
    label(sheet, labels, end)
    return sheet.finish(comparison.anchor, alt)


def _latest(comparison: Comparison, alt: str) -> Drawing:
    """Each group's latest value as a dot on a common scale: from zero for shares, otherwise round the values."""
    values = comparison.values
    sheet = Sheet(WIDTH, _ROW * len(values) + 8)
    ends = [end for v in values for end in (v.low, v.high, v.value) if end is not None]
    high = max(ends)
    low = 0.0 if comparison.indicator.measure == "procent" else min(ends) - ((high - min(ends)) * 0.1 or 1.0)

    def across(value: float) -> float:
        return _LABEL + (value - low) / ((high - low) or 1.0) * (WIDTH - _LABEL - _RIGHT)

    for index, value in enumerate(values):
        y = sheet.height - 4 - _ROW * (index + 0.5)
        sheet.text(0, y, value.group, room=_LABEL - 8)
        sheet.line([(_LABEL, y), (WIDTH - _RIGHT, y)], RULE, 0.6)
        if value.low is not None and value.high is not None:
            sheet.line([(across(value.low), y), (across(value.high), y)], INTERVAL, 6.0)
        sheet.dots([(across(value.value), y)], 6.0, ACCENT)
        sheet.text(WIDTH, y, number(value.value, comparison.indicator.decimals), ha="right", weight="bold")
    return sheet.finish(comparison.anchor, alt)
