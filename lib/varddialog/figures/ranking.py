"""The regions in order: one row each, the best at the top, with what is known of each value's uncertainty."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from varddialog.assessment.across import Across
from varddialog.assessment.answer import Class
from varddialog.figures.frame import Scale, decimals, padded
from varddialog.figures.key import MARK, key, key_height
from varddialog.figures.marks import Place
from varddialog.figures.measure import width, wrapped
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import COLOURS, INK, MUTED, REGIONS, RULE, SIZE, TARGET, ZEBRA
from varddialog.prose.across import left_out
from varddialog.swedish import number

WIDTH = 400.0  # narrow, so that a telephone shows it whole
_ROW, _HEAD, _FOOT, _LINE = 15.0, 20.0, 20.0, 12.0
_NAME, _FIRST, _LAST, _VALUE = 88.0, 96.0, 340.0, 384.0
_UNCLASSED: tuple[Class, ...] = ("kan ej bedömas", "beskrivande")


def ranking(x: Across, alt: str, unit: str = "", links: Mapping[str, str] = MappingProxyType({})) -> Drawing:
    """The regions from best to worst (neutral indicators: from high to low), Riket a line through all rows.

    Each value is a dot on its 95 % interval, where one is known, with its class against Riket as colour and mark.
    unit: the code of the region that the page is about. links: region code → address. Regions without a value to
    compare stand below in words.
    """
    without = left_out(x)
    foot = wrapped(without, WIDTH, SIZE) if without else []
    codes, bottom = x.ordered, _FOOT + _LINE * len(foot)
    classes = [x.klass(code) for code in codes]
    top = bottom + _ROW * len(codes)
    sheet = Sheet(WIDTH, top + _HEAD + key_height(classes, WIDTH))
    levels = [t.target.level for t in x.example.targets if t.target.level is not None and t.target.match != "annat"]
    arms = [arm for code in codes if (arm := x.limits(code))]
    ends = [*x.values.values(), *levels, *(end for arm in arms for end in arm)]
    ends += [x.nation.value] if x.nation else []
    low, high = padded(min(ends), max(ends))

    def across(value: float) -> float:
        return _FIRST + (value - low) / (high - low) * (_LAST - _FIRST)

    for value, words in Scale(0, 1, low, high).ticks():
        sheet.line([(across(value), bottom), (across(value), top)], RULE, 0.5)
        sheet.text(across(value), bottom - 9, words, ha="center", color=MUTED)
    _levels(sheet, x, levels, across, (bottom, top))
    sheet.text(_NAME, top + 9, "bäst överst" if x.indicator.turn else "högst överst", ha="right", color=MUTED)
    for index, code in enumerate(codes):
        y = top - _ROW * (index + 0.5)
        if code == unit:
            low_y, high_y = y - _ROW / 2, y + _ROW / 2
            sheet.area([(0, low_y), (WIDTH, low_y), (WIDTH, high_y), (0, high_y)], ZEBRA)
        sheet.text(_NAME, y, x.name(code), ha="right", weight="bold" if code == unit else "", url=links.get(code, ""))
        _value(sheet, x, code, y, across, "bold" if code == unit else "")
    for index, line in enumerate(foot):
        sheet.text(0, bottom - _FOOT - _LINE * (index + 0.5) + 3, line, color=MUTED)
    key(sheet, classes, sheet.height)
    return sheet.finish(f"{x.example.anchor}-ordning", alt)


def _levels(sheet: Sheet, x: Across, levels: list[float], across: Callable[[float], float], ends: Place) -> None:
    """Riket and the target levels as lines through all rows; words on a level give way to Riket's. ends: in height."""
    bottom, top = ends
    taken = None
    if x.nation is not None:
        at, words = across(x.nation.value), f"Riket {number(x.nation.value, x.indicator.decimals)}"
        sheet.line([(at, bottom), (at, top + 2)], INK, 1.2)
        sheet.text(at, top + 9, words, ha="center", weight="bold")
        half = width(words, SIZE, bold=True) / 2 + 5
        taken = at - half, at + half
    for level in levels:
        at, words = across(level), f"mål {number(level, decimals(level))}"
        sheet.line([(at, bottom), (at, top + 2)], TARGET, 1.0, dash=(1, 2))
        half = width(words, SIZE) / 2
        if taken is None or at + half < taken[0] or at - half > taken[1]:
            sheet.text(at, top + 9, words, ha="center", color=MUTED)
        elif x.nation is not None and level >= x.nation.value:
            sheet.text(taken[1], top + 9, words, color=MUTED)
        else:
            sheet.text(taken[0], top + 9, words, ha="right", color=MUTED)


def _value(sheet: Sheet, x: Across, code: str, y: float, across: Callable[[float], float], weight: str) -> None:
    """The interval, the value as a dot and in figures, and the mark of the class."""
    klass, value = x.klass(code), x.values[code]
    told = klass not in _UNCLASSED
    if (arm := x.limits(code)) is not None:
        sheet.line([(across(end), y) for end in arm], COLOURS[klass] if told else REGIONS, 1.4)
    if told:
        sheet.dots([(across(value), y)], 6.5, COLOURS[klass])
    else:
        sheet.dots([(across(value), y)], 5.5, "#ffffff", MUTED)
    sheet.text(_VALUE, y, number(value, x.indicator.decimals), ha="right", weight=weight)
    sheet.mark(WIDTH - MARK / 2, y, klass, MARK)
