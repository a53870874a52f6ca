"""Differences between groups: one line a group, its interval where the publisher gives one."""

from __future__ import annotations

from varddialog.assessment.groups import Comparison
from varddialog.figures.style import ACCENT, RULE, Drawing, blank, finish, style
from varddialog.swedish import number

WIDTH, _ROW, _LABEL, _RIGHT = 640.0, 22.0, 150.0, 70.0


def groups(comparison: Comparison, alt: str) -> Drawing:
    """Each group's latest value as a dot on a common scale from zero for shares, otherwise from the lowest value."""
    values = comparison.values
    height = _ROW * len(values) + 8
    ends = [e for v in values for e in (v.low, v.high, v.value) if e is not None]
    low = 0.0 if comparison.indicator.measure == "procent" else min(ends) - (max(ends) - min(ends)) * 0.1
    high = max(ends) or 1.0
    with style():
        figure, axes = blank(WIDTH, height)

        def place(value: float) -> float:
            return _LABEL + (value - low) / (high - low) * (WIDTH - _LABEL - _RIGHT)

        for index, value in enumerate(values):
            y = height - 4 - _ROW * (index + 0.5)
            axes.text(0, y, value.group, va="center")
            axes.plot([_LABEL, WIDTH - _RIGHT], [y, y], color=RULE, lw=0.6)
            if value.low is not None and value.high is not None:
                axes.plot([place(value.low), place(value.high)], [y, y], color=ACCENT, lw=3, alpha=0.35)
            axes.scatter([place(value.value)], [y], s=36, color=ACCENT, zorder=3)
            text = number(value.value, comparison.indicator.decimals)
            axes.text(WIDTH, y, text, ha="right", va="center", weight="bold")
        return finish(figure, comparison.anchor, alt)
