"""The control chart (styrdiagram) of a monthly series: what varies as usual, and what does not."""

from __future__ import annotations

from varddialog.assessment.months import Monthly
from varddialog.assessment.results import Result
from varddialog.figures.frame import END, HEIGHT, LEFT, WIDTH, Label, Scale, columns, grid, label, padded
from varddialog.figures.sheet import Drawing, Sheet
from varddialog.figures.style import ACCENT, BAND, INK, MUTED, TARGET


def control_chart(result: Result, found: Monthly, alt: str) -> Drawing:
    """The unit's months between their control limits, their mean, and Riket dashed.

    A month with a special cause is a large dot with a ring; a level of a target is dotted.
    """
    moments = sorted({*(p.when for p in found.points), *result.nation})
    across = columns(moments)
    mine = [(across[p.when], p.value) for p in found.points]
    nation = [] if result.unit.is_nation else [(across[w], p.value) for w, p in sorted(result.nation.items())]
    mean, (low, high) = found.chart.points[-1].mean, found.limits
    levels = [t.target.level for t in result.targets if t.target.level is not None and t.target.match != "annat"]
    heights = [*(y for _, y in [*mine, *nation]), *levels, low, high]
    scale = Scale(min(across.values()), max(across.values()), *padded(min(heights), max(heights)))

    sheet = Sheet(WIDTH, HEIGHT)
    # one line as wide as the room between the limits
    middle = (scale.y(low) + scale.y(high)) / 2
    sheet.line([(LEFT, middle), (END, middle)], BAND, max(5.0, scale.y(high) - scale.y(low)))
    grid(sheet, scale, moments, across)
    for edge in (low, high):
        sheet.line([(LEFT, scale.y(edge)), (END, scale.y(edge))], MUTED, 0.8, dash=(4, 3))
    sheet.line([(LEFT, scale.y(mean)), (END, scale.y(mean))], MUTED, 0.8)
    for level in levels:
        sheet.line([(LEFT, scale.y(level)), (END, scale.y(level))], TARGET, 1.0, dash=(1, 2))
    if nation:
        sheet.line([scale.place(p) for p in nation], INK, 1.3, dash=(4, 2))
    sheet.line([scale.place(p) for p in mine], ACCENT, 2.0)
    for at, point in zip(mine, found.chart.points, strict=True):
        special = point.special != "Common Cause"
        sheet.dots([scale.place(at)], 7.5 if special else 3.4, "white" if special else ACCENT, ACCENT)

    labels = [Label(scale.y(mine[-1][1]), result.unit.name, ACCENT, "bold")]
    for height, name in ((high, "övre styrgräns"), (mean, "medelvärde"), (low, "nedre styrgräns")):
        labels.append(Label(scale.y(height), name, MUTED))
    if nation:
        labels.append(Label(scale.y(nation[-1][1]), "Riket"))
    label(sheet, labels)
    return sheet.finish(result.anchor, alt)
