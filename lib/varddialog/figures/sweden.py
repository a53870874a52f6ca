"""Sweden by region: a map, and a grid of equal tiles in which a small region weighs as much as a large one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from varddialog.assessment.across import Across
from varddialog.assessment.answer import Class
from varddialog.figures.key import MARK, key, key_height
from varddialog.figures.marks import Place
from varddialog.figures.shapes import shapes
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.spread import spread
from varddialog.figures.style import HALF, INK, MUTED, REGIONS, fill, words_on
from varddialog.swedish import MISSING, number

WIDTH = 400.0
_MAP_HEIGHT, _EDGE = 430.0, 4.0
_EAST = 510.0  # regions whose place lies farther east, in kilometres, are named to the right
_LEFT, _RIGHT, _ROOM = 108.0, 300.0, 13.0  # inner edges of the names, and how far apart they lie
# column and row of each region, from the northwest
TILES = {
    "25": (3, 0), "24": (3, 1), "23": (2, 2), "22": (3, 2), "20": (2, 3), "21": (3, 3),
    "17": (0, 4), "18": (1, 4), "19": (2, 4), "03": (3, 4), "14": (0, 5), "05": (1, 5), "04": (2, 5), "01": (3, 5),
    "13": (0, 6), "06": (1, 6), "08": (2, 6), "09": (3, 6), "12": (0, 7), "07": (1, 7), "10": (2, 7),
}  # fmt: skip
_ACROSS, _DOWN, _GAP, _CORNER = 101.0, 40.0, 4.0, 26.0
# where neither way is better, the ground is a grey and the mark tells which way
_NEUTRAL: dict[Class, str] = {"högre": REGIONS, "lägre": HALF, "ökar": REGIONS, "minskar": HALF}
# lightest and darkest of the greys that numbers are shown in, as parts of 255
_LIGHT, _DARK = (240, 243, 247), (92, 104, 120)


@dataclass(frozen=True)
class Shown:
    """What is shown of one region: a class with its colour and mark, or a number as a shade of grey.

    label: the value as printed. name: the region's short name. url: where the region leads, or empty.
    """

    what: Class | float
    label: str
    name: str
    url: str = ""


def regions_of(x: Across, links: Mapping[str, str] = MappingProxyType({})) -> dict[str, Shown]:
    """Every region with its class against Riket and its value; a dash for those without a value to compare.

    links: region code → address.
    """
    values, places = x.values, x.indicator.decimals
    return {
        unit.code: Shown(x.klass(unit.code), number(values[unit.code], places), unit.name, links.get(unit.code, ""))
        if unit.code in values
        else Shown("kan ej bedömas", MISSING, unit.name, links.get(unit.code, ""))
        for unit in x.units.regions
    }


def map_of_regions(shown: Mapping[str, Shown], anchor: str, alt: str) -> Drawing:
    """The map, with a mark in each region and a thin line to its name and value at the side.

    shown: region code → what is shown of it; a region that is not there is left white, and a unit that is no region
    has no place on the map. anchor: unique in the page.
    """
    found = shapes()
    shown = {code: one for code, one in shown.items() if code in found.places}
    head = _head(shown)
    sheet = Sheet(WIDTH, _MAP_HEIGHT + head)
    west, south, east, north = found.bounds
    scale = (_MAP_HEIGHT - 2 * _EDGE) / (north - south)
    begin = (_LEFT + _RIGHT - (east - west) * scale) / 2

    def place(point: Place) -> Place:
        return begin + (point[0] - west) * scale, _EDGE + (point[1] - south) * scale

    numbers = _numbers(shown.values())
    for code, rings in found.rings.items():
        face, hatched = _face(shown.get(code), numbers)
        for ring in rings:
            sheet.area([place(p) for p in ring], face, hatched, MUTED if hatched else "#ffffff", 0.6)
    places = {code: place(found.places[code]) for code in shown}
    by_west = sorted(shown, key=lambda code: found.places[code][0])
    left = [code for code in by_west if found.places[code][0] < _EAST]
    for codes, edge, side in ((left, _LEFT, -1), ([c for c in by_west if c not in left], _RIGHT, 1)):
        heights = spread([places[c][1] for c in codes], _ROOM, _EDGE + 6, _MAP_HEIGHT - 6)
        for code, y in zip(codes, heights, strict=True):
            _label(sheet, shown[code], places[code], (edge, y), side)
    for code, one in shown.items():
        if isinstance(one.what, str):
            sheet.mark(*places[code], one.what, MARK - 1, _ink(one, numbers))
        else:
            sheet.dots([places[code]], 3.5, INK)
    key(sheet, _classes(shown.values()), sheet.height)
    return sheet.finish(f"{anchor}-karta", alt)


def _label(sheet: Sheet, one: Shown, at: Place, end: Place, side: int) -> None:
    sheet.line([at, (end[0] - 8 * side, end[1]), (end[0] - 2 * side, end[1])], MUTED, 0.5)
    words = f"{one.name} {one.label}" if side < 0 else f"{one.label} {one.name}"
    sheet.text(end[0] + 2 * side, end[1], words, ha="right" if side < 0 else "left", url=one.url)


def tiles(shown: Mapping[str, Shown], anchor: str, alt: str) -> Drawing:
    """Equal cells roughly where the regions lie, each with name, value and mark. As `map_of_regions` otherwise."""
    rows = 1 + max(row for _, row in TILES.values())
    sheet = Sheet(WIDTH, rows * _DOWN + _head(shown))
    numbers = _numbers(shown.values())
    for code, (column, row) in TILES.items():
        one = shown.get(code)
        x, top = column * _ACROSS, (rows - row) * _DOWN
        right, bottom = x + _ACROSS - _GAP, top - _DOWN + _GAP
        face, hatched = _face(one, numbers)
        sheet.area(
            [(x, bottom), (right, bottom), (right, top), (x, top)], face, False, MUTED if hatched else "none", 0.6
        )
        if one is None:
            continue
        ink = _ink(one, numbers)
        sheet.text(x + 5, top - 10, one.name, color=ink, url=one.url)
        sheet.text(x + 5, top - 25, one.label, color=ink, weight="bold", fontsize=11.0)
        left, middle = right - _CORNER, (bottom + top) / 2 - 8
        if hatched:
            # only a corner, since words on hatching are hard to read
            sheet.area([(left, bottom), (right, bottom), (right, top - 16), (left, top - 16)], face, True)
        if isinstance(one.what, str):
            sheet.mark(right - _CORNER / 2, middle, one.what, MARK + 2, ink)
    key(sheet, _classes(shown.values()), sheet.height)
    return sheet.finish(f"{anchor}-rutor", alt)


def _head(shown: Mapping[str, Shown]) -> float:
    """The room of the key and the air below it; none where numbers are shown."""
    classes = _classes(shown.values())
    return key_height(classes, WIDTH) + 6 if classes else 0.0


def _classes(shown: Iterable[Shown]) -> list[Class]:
    return [one.what for one in shown if isinstance(one.what, str)]


def _numbers(shown: Iterable[Shown]) -> list[float]:
    return [one.what for one in shown if not isinstance(one.what, str)]


def _share(one: Shown, numbers: list[float]) -> float:
    """Where a number lies between the lowest and the highest."""
    assert not isinstance(one.what, str)
    low, high = min(numbers), max(numbers)
    return (one.what - low) / (high - low) if high > low else 0.5


def _face(one: Shown | None, numbers: list[float]) -> tuple[str, bool]:
    """The colour of a region, and whether it is hatched."""
    if one is None:
        return "#ffffff", True
    if isinstance(one.what, str):
        return (_NEUTRAL[one.what], False) if one.what in _NEUTRAL else fill(one.what)
    share = _share(one, numbers)
    return "#" + "".join(f"{round(a + share * (b - a)):02x}" for a, b in zip(_LIGHT, _DARK, strict=True)), False


def look_of(one: Shown) -> tuple[str, bool, str]:
    """The ground of a region that is shown by class, whether it is hatched, and the colour of words on it."""
    return *_face(one, []), _ink(one, [])


def _ink(one: Shown, numbers: list[float]) -> str:
    """The colour of words on the region."""
    if isinstance(one.what, str):
        return INK if one.what in _NEUTRAL else words_on(one.what)
    return "#ffffff" if _share(one, numbers) > 0.8 else INK
