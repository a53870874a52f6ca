"""One indicator for one unit: its history among all regions and Riket, or the regions on a line without one."""

from __future__ import annotations

from varddialog.assessment.results import PANDEMIC, Result
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
)
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import ACCENT, BAND, INK, MUTED, REGIONS, RULE, TARGET
from varddialog.swedish import number


def history(result: Result, alt: str) -> Drawing:
    """The unit's series, bold, with the regions grey and Riket dashed. Straight lines between measured points only.

    Questioned values of the unit are drawn as open dots.
    """
    moments = sorted({*result.regions, *result.nation, *(p.when for p in result.points)})
    across = columns(moments)
    mine = [(across[p.when], p.value) for p in result.points]
    nation = [] if result.unit.is_nation else [(across[w], p.value) for w, p in sorted(result.nation.items())]
    codes = sorted({code for values in result.regions.values() for code in values} - {result.unit.code})
    regions = [[(across[w], v[c]) for w, v in sorted(result.regions.items()) if c in v] for c in codes]
    levels = [t.target.level for t in result.targets if t.target.level is not None and t.target.match != "annat"]
    heights = [y for line in [mine, nation, *regions] for _, y in line] + levels
    scale = Scale(min(across.values()), max(across.values()), *padded(min(heights), max(heights)))

    sheet = Sheet(WIDTH, HEIGHT)
    if result.meets_pandemic:
        first, last = scale.x(PANDEMIC[0] - 0.5), scale.x(PANDEMIC[-1] + 0.5)
        sheet.line([((first + last) / 2, BOTTOM), ((first + last) / 2, HEIGHT - TOP)], BAND, last - first)
    grid(sheet, scale, moments, across)
    for line in regions:
        if len(line) > 1:
            # half a point is no difference to the eye, and a tenth of a report's size
            sheet.line([(round(x), round(y)) for x, y in map(scale.place, line)], REGIONS, 0.6)
    for level in levels:
        sheet.line([(LEFT, scale.y(level)), (END, scale.y(level))], TARGET, 1.0, dash=(1, 2))
    for broken in result.indicator.breaks:
        if scale.first < broken.year <= scale.last:
            x = scale.x(broken.year - 0.5)
            sheet.line([(x, BOTTOM), (x, HEIGHT - TOP)], INK, 0.8, dash=(4, 3))
            sheet.text(x + 3, HEIGHT - TOP, "tidsseriebrott", va="top", color=MUTED)
    if nation:
        sheet.line([scale.place(p) for p in nation], INK, 1.3, dash=(4, 2))
    sheet.line([scale.place(p) for p in mine], ACCENT, 2.0)
    for place, point in zip(mine, result.points, strict=True):
        sheet.dots([scale.place(place)], 3.4, "white" if point.is_questioned else ACCENT, ACCENT)

    labels = [Label(scale.y(mine[-1][1]), result.unit.name, ACCENT, "bold")]
    if nation:
        labels.append(Label(scale.y(nation[-1][1]), "Riket"))
    labels += [Label(scale.y(level), f"mål {number(level, decimals(level))}", TARGET) for level in levels]
    label(sheet, labels)
    return sheet.finish(result.anchor, alt)


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
