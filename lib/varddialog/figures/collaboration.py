"""How far apart the members of a collaboration region lie over time: one small panel an indicator, from nought up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from varddialog.assessment.collaboration import Among
from varddialog.figures.frame import columns, runs
from varddialog.figures.marks import Place
from varddialog.figures.measure import wrapped
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import ACCENT, FAINT, INK, MUTED, SIZE, ZEBRA
from varddialog.prose.evidence import name_of
from varddialog.prose.words import short_moment
from varddialog.swedish import number

COLUMNS, WIDTH = 5, 785.0
_CELL, _GAP = WIDTH / COLUMNS, 12.0
_LINE, _CURVE, _FOOT = 11.0, 34.0, 13.0
_WORDS = 2 * _LINE + 3
_ROW = _WORDS + _CURVE + _FOOT + 6
_YEARS, _MONTHS = 10, 12


def apart_over_time(rows: Sequence[Among], alt: str, key: str) -> Drawing:
    """A panel for each indicator that can be followed; the country's regions as a dashed line."""
    shown = [row for row in rows if len(row.moments) > 1]
    lines = -(-len(shown) // COLUMNS)
    sheet = Sheet(WIDTH, max(lines, 1) * _ROW)
    for i, row in enumerate(shown):
        _panel(sheet, row, i % COLUMNS * _CELL, (lines - i // COLUMNS) * _ROW)
    return sheet.finish(key, alt)


def _panel(sheet: Sheet, row: Among, left: float, top: float) -> None:
    right, bottom = left + _CELL - _GAP, top - _WORDS - _CURVE
    for i, words in enumerate(wrapped(name_of(row.across.example), _CELL - _GAP, SIZE)[:2]):
        sheet.text(left, top - _LINE * (i + 0.5), words, room=_CELL - _GAP)
    mine = {m.when: m.apart for m in row.moments[-_MONTHS if "-" in row.across.when else -_YEARS :]}
    first, last = next(iter(mine)), row.moments[-1].when
    country = {when: apart for when, apart in sorted(row.country.items()) if first <= when <= last}
    high = max([*mine.values(), *country.values()]) or 1.0
    across = columns(sorted({*mine, *country}))
    begin, end = across[first], across[last]

    def place(when: str, apart: float) -> Place:
        return left + 3 + (across[when] - begin) / (end - begin) * (right - left - 6), bottom + apart / high * _CURVE

    ground = [(left, bottom), (right, bottom), (right, bottom + _CURVE + 2), (left, bottom + _CURVE + 2)]
    sheet.area(ground, ZEBRA)
    _line(sheet, across, {w: place(w, v) for w, v in country.items()}, FAINT, 0.9, (3, 2))
    _line(sheet, across, places := {w: place(w, v) for w, v in mine.items()}, ACCENT, 1.7)
    sheet.dots([places[first], places[last]], 4.0, ACCENT)
    y, decimals = bottom - _FOOT / 2 - 1, row.indicator.decimals
    sheet.text(left, y, f"{number(mine[first], decimals)} ({short_moment(first)})", color=MUTED)
    sheet.text(right, y, f"{number(mine[last], decimals)} ({short_moment(last)})", ha="right", color=INK)


def _line(
    sheet: Sheet,
    across: Mapping[str, int],
    places: Mapping[str, Place],
    colour: str,
    width: float,
    dash: tuple[float, ...] = (),
) -> None:
    whens = list(places)
    for run in runs([across[w] for w in whens]):
        part = [places[w] for w in whens[run.start : run.stop]]
        if len(part) > 1:
            sheet.line(part, colour, width, dash)
        else:
            sheet.dots(part, 2.2, colour)
