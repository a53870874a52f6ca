"""The overview (översikten): every indicator of a dimension on one sheet, after figure 13 of the framework's report."""

from __future__ import annotations

from collections.abc import Sequence

from varddialog.assessment.results import Result
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import ACCENT, BAND, INK, MUTED, REGIONS, RULE, TARGET
from varddialog.model.units import Unit
from varddialog.prose.words import short_moment
from varddialog.swedish import number

WIDTH = 760.0
_TEXT = 11.5
_ROW, _HEAD = 20.0, 28.0
# left edges (texts) and right edges (figures) of the columns
_NAME, _VALUE, _NATION, _YEAR = 0.0, 384.0, 436.0, 448.0
_STRIP, _STRIP_END, _SERIES, _SERIES_END = 508.0, 656.0, 684.0, 756.0


def overview(results: Sequence[Result], alt: str, key: str, head: bool) -> Drawing:
    """One area's rows: name, value, Riket, year, all regions on a line (better to the right), history.

    The areas of a dimension are drawn one by one, so that paper can break between them; `head` is set
    for the first. Everything is drawn neutral except the unit's own mark: position tells, colour does
    not judge.
    """
    top = _HEAD if head else 0.0
    sheet = Sheet(WIDTH, top + _ROW * len(results) + 2, _TEXT)
    if head:
        _head(sheet, results[0].unit)
    y = sheet.height - top
    for index, result in enumerate(results):
        if index:
            sheet.line([(0, y), (WIDTH, y)], RULE, 0.5)
        _row(sheet, result, y - _ROW / 2)
        y -= _ROW
    return sheet.finish(key, alt)


def row_name(result: Result, longest: int = 62) -> str:
    """The name with its unit, and the sex where there is no total; the name is cut to what the row holds."""
    ending = {"K": ", kvinnor", "M": ", män"}.get(result.sex, "") if result.only_sex else ""
    about = [part for part in (result.indicator.unit.short, result.state if result.state != "aktuell" else "") if part]
    ending += f" ({', '.join(about)})" if about else ""
    name = result.indicator.name
    room = longest - len(ending)
    return (name if len(name) <= room else name[: room - 1].rstrip() + "…") + ending


def _head(sheet: Sheet, unit: Unit) -> None:
    y = sheet.height - 16
    if unit.is_nation:
        sheet.text(_NATION, y, unit.name, ha="right", color=ACCENT, weight="bold")
    else:
        sheet.text(_VALUE, y, unit.name, ha="right", color=ACCENT, weight="bold")
        sheet.text(_NATION, y, "Riket", ha="right")
    sheet.text(_YEAR, y, "År", color=MUTED)
    sheet.text((_STRIP + _STRIP_END) / 2, y, "Regionerna, bättre →", ha="center", color=MUTED)
    sheet.text((_SERIES + _SERIES_END) / 2, y, "Över tid", ha="center", color=MUTED)


def _row(sheet: Sheet, result: Result, y: float) -> None:
    places, nation = result.indicator.decimals, result.nation_now
    ink = MUTED if result.state != "aktuell" or result.is_flagged else INK
    sheet.text(_NAME, y, row_name(result), color=ink, url=f"#{result.anchor}")
    value = number(result.latest.value, places)
    if result.unit.is_nation:
        sheet.text(_NATION, y, value, ha="right", color=ink, weight="bold")
    else:
        sheet.text(_VALUE, y, value, ha="right", color=ink, weight="bold")
        sheet.text(_NATION, y, number(nation.value if nation else None, places), ha="right", color=ink)
    sheet.text(_YEAR, y, short_moment(result.latest.when), color=MUTED)
    _strip(sheet, result, y)
    _series(sheet, result, y)


def _strip(sheet: Sheet, result: Result, y: float) -> None:
    values, nation = result.regions_now, result.nation_now
    everything = [*values.values(), result.latest.value, *([nation.value] if nation else [])]
    low, high = min(everything), max(everything)
    if high == low or len(values) < 3:
        why = "antal, jämförs inte" if result.indicator.is_count else "få regioner att jämföra med"
        sheet.text((_STRIP + _STRIP_END) / 2, y, why, ha="center", color=MUTED)
        return
    turned = result.indicator.turn == -1

    def across(value: float) -> float:
        share = (value - low) / (high - low)
        return _STRIP + (1 - share if turned else share) * (_STRIP_END - _STRIP)

    if result.indicator.turn:
        sheet.line([(_STRIP, y), (_STRIP_END, y)], RULE, 1.0)
    else:
        sheet.line([(_STRIP, y), (_STRIP_END, y)], BAND, 6.0, rounded=True)
    sheet.dots([(across(v), y) for code, v in values.items() if code != result.unit.code], 3.6, REGIONS)
    for found in result.targets:
        level = found.target.level
        if found.reached is not None and level is not None and low <= level <= high:
            sheet.line([(across(level), y - 7), (across(level), y + 7)], TARGET, 1.2, dash=(1.2, 1.2))
    if nation:
        colour = ACCENT if result.unit.is_nation else INK
        sheet.line([(across(nation.value), y - 6), (across(nation.value), y + 6)], colour, 1.6)
    if not result.unit.is_nation:
        open_mark = result.is_flagged or result.state != "aktuell"
        sheet.dots([(across(result.latest.value), y)], 6.6, "white" if open_mark else ACCENT, ACCENT)


def _series(sheet: Sheet, result: Result, y: float) -> None:
    """The last ten years, or twelve months, from lowest to highest."""
    monthly = "-" in result.latest.when
    points = result.points[-12:] if monthly else result.points[-10:]
    if len(points) < 3:
        return
    low, high = min(p.value for p in points), max(p.value for p in points)
    columns = list(range(len(points))) if monthly else [p.year for p in points]
    line = []
    for column, point in zip(columns, points, strict=True):
        across = (column - columns[0]) / (columns[-1] - columns[0])
        up = (point.value - low) / (high - low) if high > low else 0.5
        line.append((_SERIES + across * (_SERIES_END - _SERIES), y - 6 + 12 * up))
    sheet.line(line, ACCENT, 1.2)
    sheet.dots(line[-1:], 3.2, ACCENT)
