"""The key of a figure: the marks of the classes that it shows, each with its word."""

from __future__ import annotations

from collections.abc import Iterable

from varddialog.assessment.answer import Class
from varddialog.figures.measure import width
from varddialog.figures.sheet import Sheet
from varddialog.figures.style import MUTED
from varddialog.prose.across import LEGEND

MARK = 8.0


def key(sheet: Sheet, x: float, y: float, classes: Iterable[Class]) -> None:
    """Marks and words in a row from x, in the order of `LEGEND`."""
    met = set(classes)
    for klass, words in LEGEND.items():
        if klass in met:
            sheet.mark(x + MARK / 2, y, klass, MARK)
            sheet.text(x + MARK + 4, y, words, color=MUTED)
            x += MARK + 18 + width(words, sheet.size)
