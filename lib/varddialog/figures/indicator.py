"""One indicator for one unit: its history among the regions and beside Riket, or the regions on a line."""

from __future__ import annotations

from varddialog.assessment.results import PANDEMIC as PANDEMIC_YEARS
from varddialog.assessment.results import Result
from varddialog.figures.frame import (
    BOTTOM,
    END,
    HEIGHT,
    LEFT,
    TOP,
    WIDTH,
    Label,
    Scale,
    columns,
    decimals,
    grid,
    label,
    padded,
    runs,
)
from varddialog.figures.marks import Place
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import ACCENT, BAND, HALF, INK, MUTED, PANDEMIC, REGIONS, RULE, TARGET
from varddialog.statistics.robust import Spread
from varddialog.swedish import number


def history(result: Result, alt: str) -> Drawing:
    """The unit's series, bold, over the span of the regions and its middle half, with Riket dashed.

    Straight lines between measured points only, none across a missing year or a break in the series. Questioned
    values of the unit are drawn as open dots.
    """
    spreads = {when: Spread.of(list(found.values())) for when, found in result.regions.items() if len(found) >= 3}
    moments = sorted({*spreads, *result.nation, *(p.when for p in result.points)})
    across = columns(moments)
    nation = [] if result.unit.is_nation else [result.nation[when] for when in sorted(result.nation)]
    levels = [t.target.level for t in result.targets if t.target.level is not None and t.target.match != "annat"]
    heights = [p.value for p in (*result.points, *nation)] + levels
    heights += [end for spread in spreads.values() for end in (spread.low, spread.high)]
    scale = Scale(min(across.values()), max(across.values()), *padded(min(heights), max(heights)))
    breaks = [b.year for b in result.indicator.breaks if scale.first < b.year <= scale.last]

    def joined(times: list[str]) -> list[list[str]]:
        """The times in the parts that lines may join."""
        return [[times[i] for i in run] for run in runs([across[when] for when in times], breaks)]

    sheet = Sheet(WIDTH, HEIGHT)
    if result.meets_pandemic:
        first, last = scale.x(PANDEMIC_YEARS[0] - 0.5), scale.x(PANDEMIC_YEARS[-1] + 0.5)
        sheet.area([(first, BOTTOM), (last, BOTTOM), (last, HEIGHT - TOP), (first, HEIGHT - TOP)], PANDEMIC)
        sheet.text((first + last) / 2, BOTTOM + 6, "pandemin", ha="center", color=MUTED)
    for times in joined(sorted(spreads)):
        for low, high, face in (("low", "high", BAND), ("lower_quartile", "upper_quartile", HALF)):
            edges = [[scale.place((across[w], getattr(spreads[w], end))) for w in times] for end in (low, high)]
            _band(sheet, edges[0], edges[1], face)
    grid(sheet, scale, moments, across)
    for level in levels:
        sheet.line([(LEFT, scale.y(level)), (END, scale.y(level))], TARGET, 1.0, dash=(1, 2))
    for year in breaks:
        x = scale.x(year - 0.5)
        sheet.line([(x, BOTTOM), (x, HEIGHT - TOP)], MUTED, 0.8, dash=(4, 3))
        sheet.text(x + 3, HEIGHT - TOP + 5, "tidsseriebrott", color=MUTED)
    for points, colour, wide, dash in ((nation, INK, 1.3, (4.0, 2.0)), (result.points, ACCENT, 2.2, ())):
        places = {p.when: scale.place((across[p.when], p.value)) for p in points}
        for times in joined(list(places)):
            if len(times) > 1:
                sheet.line([places[when] for when in times], colour, wide, dash)
            else:
                sheet.dots([places[times[0]]], 2.6, colour)
    for point in result.points:
        place = scale.place((across[point.when], point.value))
        sheet.dots([place], 3.6, "white" if point.is_questioned else ACCENT, ACCENT)

    shown = number(result.latest.value, result.indicator.decimals)
    labels = [Label(scale.y(result.latest.value), f"{result.unit.name} {shown}", ACCENT, "bold")]
    if nation:
        shown = number(nation[-1].value, result.indicator.decimals)
        labels.append(Label(scale.y(nation[-1].value), f"Riket {shown}"))
    labels += [Label(scale.y(level), f"mål {number(level, decimals(level))}", TARGET) for level in levels]
    label(sheet, labels)
    return sheet.finish(result.anchor, alt)


def _band(sheet: Sheet, low: list[Place], high: list[Place], face: str) -> None:
    """The room between two lines; a pillar where one time stands alone."""
    side = 2.5 if len(low) == 1 else 0.0
    edge = [[(x + dx, y) for x, y in ends for dx in ((-side, side) if side else (0.0,))] for ends in (low, high)]
    sheet.area([*edge[0], *reversed(edge[1])], face)


def line_of_regions(result: Result, alt: str) -> Drawing:
    """The regions as dots on one line, better to the right, with the unit and Riket marked."""
    sheet = Sheet(WIDTH, 74.0)
    middle, places = sheet.height / 2, result.indicator.decimals
    nation = None if result.nation_now is None else result.nation_now.value
    everything = [*result.regions_now.values(), result.latest.value, *([] if nation is None else [nation])]
    low, high = min(everything), max(everything)
    turned = result.indicator.turn == -1

    def across(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return LEFT + (1 - share if turned else share) * (WIDTH - 2 * LEFT)

    sheet.line([(LEFT, middle), (WIDTH - LEFT, middle)], RULE, 1.0)
    sheet.dots([(across(v), middle) for v in result.regions_now.values()], 4.6, REGIONS)
    if nation is not None and not result.unit.is_nation:
        x = across(nation)
        sheet.line([(x, middle - 11), (x, middle + 11)], INK, 1.3)
        sheet.text(x, middle - 14, f"Riket {number(nation, places)}", ha="center", va="top")
    x = across(result.latest.value)
    sheet.dots([(x, middle)], 7.5, "white" if result.is_flagged else ACCENT, ACCENT)
    mine = f"{result.unit.name} {number(result.latest.value, places)}"
    sheet.text(x, middle + 12, mine, ha="center", va="bottom", color=ACCENT, weight="bold")
    for value, at_left in ((low, not turned), (high, turned)):
        side = "left" if at_left else "right"
        sheet.text(0 if at_left else WIDTH, middle, number(value, places), ha=side, color=MUTED)
    return sheet.finish(result.anchor, alt)
