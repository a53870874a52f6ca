"""Differences between groups: one line a group, its interval where the publisher gives one."""

from __future__ import annotations

from varddialog.assessment.groups import Comparison
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import ACCENT, INTERVAL, RULE
from varddialog.swedish import number

WIDTH, _ROW, _LABEL, _RIGHT = 640.0, 22.0, 160.0, 60.0


def groups(comparison: Comparison, alt: str) -> Drawing:
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
        sheet.text(0, y, value.group)
        sheet.line([(_LABEL, y), (WIDTH - _RIGHT, y)], RULE, 0.6)
        if value.low is not None and value.high is not None:
            sheet.line([(across(value.low), y), (across(value.high), y)], INTERVAL, 6.0)
        sheet.dots([(across(value.value), y)], 6.0, ACCENT)
        sheet.text(WIDTH, y, number(value.value, comparison.indicator.decimals), ha="right", weight="bold")
    return sheet.finish(comparison.anchor, alt)
