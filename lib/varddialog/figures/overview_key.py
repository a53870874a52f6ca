"""The key of the overview: its marks, with what they mean in words beside them."""

from __future__ import annotations

from collections.abc import Callable

from varddialog.assessment.answer import Class
from varddialog.figures.measure import width
from varddialog.figures.overview import WIDTH
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.strip import MARK, target_tick, track
from varddialog.figures.style import ACCENT, INK, MUTED, REGIONS, SIZE
from varddialog.model.units import Unit

_LINE, _ICON, _GAP = 11.5, 14.0, 11.0

_OF_REGION: tuple[tuple[Class, str], ...] = (
    ("bättre", "bättre än riket, förbättras"),
    ("sämre", "sämre, försämras"),
    ("i nivå", "i nivå, oförändrat"),
)
_OF_NATION: tuple[tuple[Class, str], ...] = (
    ("förbättras", "förbättras"),
    ("försämras", "försämras"),
    ("skillnad", "regionerna skiljer sig mer än slumpen förklarar"),
    ("ingen säker skillnad", "ingen säker skillnad"),
)
_OF_TARGET: tuple[tuple[Class, str], ...] = (
    ("uppnådd, säkert", "målnivån nådd"),
    ("ej uppnådd, säkert", "ej nådd"),
    ("uppnådd, osäkert", "enligt värdet men osäkert"),
)
_OPEN: tuple[tuple[Class, str], ...] = (
    ("ökar", "högre eller ökar, varken bättre eller sämre"),
    ("kan ej bedömas", "kan ej bedömas"),
)

Icon = Callable[[Sheet, float, float], None]  # drawn round a place


def overview_key(unit: Unit, targets: bool) -> Drawing:
    """The key in a few lines. targets: whether any row has a target level to be compared with."""
    entries = _entries(unit.is_nation, targets)
    placed: list[tuple[float, int]] = []
    x, row = 0.0, 0
    for _, words in entries:
        needed = _ICON + width(words, SIZE)
        if x + needed > WIDTH:
            x, row = 0.0, row + 1
        placed.append((x, row))
        x += needed + _GAP
    sheet = Sheet(WIDTH, _LINE * (row + 1))
    for (icon, words), (x, row) in zip(entries, placed, strict=True):
        y = sheet.height - _LINE * (row + 0.5)
        icon(sheet, x + _ICON / 2 - 1, y)
        sheet.text(x + _ICON, y, words, color=MUTED)
    return sheet.finish("nyckel", f"Teckenförklaring: {', '.join(words for _, words in entries)}.")


def _entries(nation: bool, targets: bool) -> list[tuple[Icon, str]]:
    asked = _OF_NATION if nation else _OF_REGION
    found = [(_mark(klass), words) for klass, words in (*asked, *(_OF_TARGET if targets else ()), *_OPEN)]
    if not nation:
        found.append((_mark("beskrivande"), "bara beskrivet, osäkerheten är okänd"))
    bar = (ACCENT, 2.2) if nation else (INK, 1.4)
    found.append((lambda s, x, y: s.line([(x, y - 4), (x, y + 4)], *bar), "riket"))
    found.append((lambda s, x, y: s.dots([(x, y)], 3.0, REGIONS), "region" if nation else "annan region"))
    if targets:
        found.append((lambda s, x, y: target_tick(s, x, y, 4), "målnivå"))
    if not nation:
        found.append((lambda s, x, y: track(s, x - 6, x + 5, y, hatched=True), "läget mot riket kan ej bedömas"))
    found.append((lambda s, x, y: track(s, x - 6, x + 5, y, neutral=True), "varken högt eller lågt är bättre"))
    return found


def _mark(klass: Class) -> Icon:
    return lambda sheet, x, y: sheet.mark(x, y, klass, MARK)
