"""The evaluation: a row for each statement, five bars for the scores, a mark at the median."""

from __future__ import annotations

from collections.abc import Sequence

from varddialog.dialogue.evaluation import SCORES, Evaluated
from varddialog.figures.measure import wrapped
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import ACCENT, HALF, INK, MUTED, SIZE
from varddialog.prose.evaluation import median_of
from varddialog.swedish import number

WIDTH = 516.0
_TEXT, _FIRST, _STEP, _BAR, _LINE = 290.0, 306.0, 32.0, 24.0, 12.0
_ROW, _HEAD = 38.0, 18.0
_MEDIAN = WIDTH - 4


def scores(found: Sequence[Evaluated], alt: str, key: str) -> Drawing:
    """The statements that may be shown; bars share one scale, as parts of each statement's answers."""
    shown = [(one, one.whole) for one in found if one.whole]
    sheet = Sheet(WIDTH, _HEAD + _ROW * max(len(shown), 1))
    y = sheet.height - _HEAD / 2
    for i, score in enumerate(SCORES):
        sheet.text(_FIRST + _STEP * i + _BAR / 2, y, number(score), ha="center", color=MUTED)
    sheet.text(_MEDIAN, y, "Median", ha="right", color=MUTED)
    most = max((count / d.total for _, d in shown for count in d.counts), default=1.0)
    for i, (one, d) in enumerate(shown):
        bottom = sheet.height - _HEAD - _ROW * (i + 1) + 6
        lines = wrapped(one.scale.text, _TEXT, SIZE)[:3]
        for j, words in enumerate(lines):
            sheet.text(0, bottom + _ROW / 2 - 3 + _LINE * ((len(lines) - 1) / 2 - j), words, room=_TEXT)
        for j, count in enumerate(d.counts):
            left, top = _FIRST + _STEP * j, bottom + count / d.total / most * (_ROW - 18)
            corners = [(left, bottom), (left + _BAR, bottom), (left + _BAR, top), (left, top)]
            if count:
                sheet.area(corners, ACCENT if SCORES[j] == d.median else HALF)
                sheet.text(left + _BAR / 2, top + 5, number(count), ha="center", color=INK, fontsize=7.5)
            sheet.line([(left, bottom), (left + _BAR, bottom)], MUTED, 0.6)
        sheet.text(_MEDIAN, bottom + _ROW / 2 - 3, median_of(d), ha="right", weight="bold")
    return sheet.finish(key, alt)
