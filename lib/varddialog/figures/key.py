"""The key of a figure: the marks of the classes that it shows, each with its word."""

from __future__ import annotations

from collections.abc import Iterable

from varddialog.assessment.answer import Class
from varddialog.figures.measure import width
from varddialog.figures.sheet import Sheet
from varddialog.figures.style import MUTED, SIZE
from varddialog.prose.across import LEGEND

MARK = 8.0
_LINE, _BESIDE, _GAP = 13.0, 4.0, 12.0

Placed = tuple[Class, float, int]


def _placed(classes: Iterable[Class], room: float) -> list[Placed]:
    """Each class in the order of `LEGEND`, with its place in the line and its line."""
    met, found = set(classes), list[Placed]()
    x, line = 0.0, 0
    for klass, words in LEGEND.items():
        if klass in met:
            needed = MARK + _BESIDE + width(words, SIZE)
            if x and x + needed > room:
                x, line = 0.0, line + 1
            found.append((klass, x, line))
            x += needed + _GAP
    return found


def key_height(classes: Iterable[Class], room: float) -> float:
    """How high the key is where lines are `room` wide."""
    return _LINE * max((line + 1 for *_, line in _placed(classes, room)), default=0)


def key(sheet: Sheet, classes: Iterable[Class], top: float) -> None:
    """Marks and words in lines across the sheet, the first below `top`."""
    for klass, x, line in _placed(classes, sheet.width):
        y = top - _LINE * (line + 0.5)
        sheet.mark(x + MARK / 2, y, klass, MARK)
        sheet.text(x + MARK + _BESIDE, y, LEGEND[klass], color=MUTED)
