"""The slopes: each region's first and last comparable value, joined by a straight line."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from varddialog.assessment.across import Across
from varddialog.assessment.points import Point
from varddialog.figures.frame import padded
from varddialog.figures.key import MARK, key
from varddialog.figures.marks import Place
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.spread import spread
from varddialog.figures.style import COLOURS, INK, MUTED, REGIONS, RULE
from varddialog.swedish import number

WIDTH, HEIGHT = 400.0, 350.0
_FIRST, _LAST, _BOTTOM, _TOP = 132.0, 260.0, 10.0, 40.0
_REACH, _ROOM = 14.0, 11.6  # of the thin line from an end to its name; between names
_NATION = "00"


def slope(x: Across, alt: str, unit: str = "", links: Mapping[str, str] = MappingProxyType({})) -> Drawing:
    """A line for each region of `x.courses`, in the colour of its trend's class, and Riket bold.

    The scale of time is true: a region that begins later than the others begins within the figure, and is named to
    the right only. unit: the code of the region that the page is about. links: region code → address.
    """
    sheet = Sheet(WIDTH, HEIGHT)
    courses: dict[str, tuple[Point, Point]] = dict(x.courses)
    if x.nation_course is not None:
        courses[_NATION] = x.nation_course
    began, ended = min(first.year for first, _ in courses.values()), max(last.year for _, last in courses.values())
    low, high = padded(*_ends([p.value for pair in courses.values() for p in pair]))
    top = HEIGHT - _TOP

    def place(point: Point) -> Place:
        across = (point.year - began) / (ended - began)
        return _FIRST + across * (_LAST - _FIRST), _BOTTOM + (point.value - low) / (high - low) * (top - _BOTTOM)

    for edge, year in ((_FIRST, began), (_LAST, ended)):
        sheet.line([(edge, _BOTTOM), (edge, top)], RULE, 0.8)
        sheet.text(edge, top + 13, str(year), ha="center", color=MUTED)
    for code, pair in courses.items():
        if code == _NATION:
            sheet.line([place(p) for p in pair], INK, 2.2, dash=(5, 2))
        else:
            sheet.line([place(p) for p in pair], _colour(x, code), 2.6 if code == unit else 1.3)
        sheet.dots([place(p) for p in pair], 4.0, INK if code == _NATION else _colour(x, code))
    _names(
        sheet,
        x,
        {code: (pair[0], place(pair[0])) for code, pair in courses.items() if pair[0].year == began},
        -1,
        unit,
        links,
    )
    _names(sheet, x, {code: (pair[1], place(pair[1])) for code, pair in courses.items()}, 1, unit, links)
    key(sheet, [x.trend(code) for code in x.courses if _is_told(x, code)], HEIGHT)
    return sheet.finish(f"{x.example.anchor}-lutning", alt)


def _is_told(x: Across, code: str) -> bool:
    """Whether the assessment says anything of the region's development."""
    return x.trend(code) not in ("kan ej bedömas", "beskrivande")


def _colour(x: Across, code: str) -> str:
    return COLOURS[x.trend(code)] if _is_told(x, code) else REGIONS


def _names(
    sheet: Sheet, x: Across, ends: dict[str, tuple[Point, Place]], side: int, unit: str, links: Mapping[str, str]
) -> None:
    """Value and name beside each end, kept apart, with a thin line to the end where they had to move."""
    heights = spread([at[1] for _, at in ends.values()], _ROOM, _BOTTOM - 4, HEIGHT - _TOP + 2)
    edge = _LAST if side > 0 else _FIRST
    for (code, (point, at)), y in zip(ends.items(), heights, strict=True):
        sheet.line([(edge + 3 * side, at[1]), (edge + _REACH * side, y)], REGIONS, 0.5)
        name, value = "Riket" if code == _NATION else x.name(code), number(point.value, x.indicator.decimals)
        weight = "bold" if code in (_NATION, unit) else ""
        begin = edge + (_REACH + 3) * side
        if side < 0:
            sheet.text(begin, y, f"{name} {value}", ha="right", weight=weight, url=links.get(code, ""))
            continue
        if code != _NATION and _is_told(x, code):
            sheet.mark(begin + MARK / 2, y, x.trend(code), MARK - 1)
        sheet.text(begin + MARK + 4, y, f"{value} {name}", weight=weight, url=links.get(code, ""))


def _ends(values: list[float]) -> tuple[float, float]:
    return min(values), max(values)
