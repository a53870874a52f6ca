"""The strip: all regions as dots on one line, better to the right, with the unit's class, Riket and targets on it."""

from __future__ import annotations

from dataclasses import dataclass

from varddialog.assessment.assess import Assessment
from varddialog.assessment.results import Result
from varddialog.figures.marks import Place
from varddialog.figures.sheet import Sheet
from varddialog.figures.style import ACCENT, BAND, INK, MUTED, REGIONS, RULE, TARGET, UNJUDGED

# how far outside the regions, as a share of their range, a target level or another country still is shown
_BEYOND = 0.4
MARK = 6.4


@dataclass(frozen=True)
class Strip:
    """From values to places between two edges; turned where lower is better, so that better is to the right."""

    low: float
    high: float
    left: float
    right: float
    turned: bool

    def x(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.left + (1 - share if self.turned else share) * (self.right - self.left)


def strip(sheet: Sheet, assessment: Assessment, left: float, right: float, y: float, height: float) -> None:
    """The strip on one row, `height` points high; a word instead where there is nothing to compare."""
    result = assessment.result
    assert result is not None
    nation = result.nation_now
    values = result.regions_now
    everything = [*values.values(), result.latest.value, *([nation.value] if nation else [])]
    low, high = min(everything), max(everything)
    if high == low or len(values) < 3:
        why = "antal, jämförs inte" if result.indicator.is_count else "få regioner"
        sheet.text((left + right) / 2, y, why, ha="center", color=MUTED)
        return
    span = high - low
    others = [v for v in (*_levels(result), *_abroad(result)) if low - _BEYOND * span <= v <= high + _BEYOND * span]
    on = Strip(min([low, *others]), max([high, *others]), left, right, result.indicator.turn == -1)
    klass = assessment.vs_nation.klass if assessment.vs_nation else None
    track(sheet, left, right, y, hatched=klass == "kan ej bedömas", neutral=not result.indicator.turn)
    sheet.dots([(on.x(v), y) for code, v in values.items() if code != result.unit.code], 3.0, REGIONS)
    tick = height / 2 - 0.6
    for level in _levels(result):
        if level in others:
            target_tick(sheet, on.x(level), y, tick)
    for value in _abroad(result):
        if value in others:
            sheet.area([(on.x(value) + dx, y - tick + dy) for dx, dy in ((-2.4, 0), (2.4, 0), (0, 4))], MUTED)
    if nation:
        bar = (ACCENT, 2.2) if result.unit.is_nation else (INK, 1.4)
        sheet.line([(on.x(nation.value), y - tick), (on.x(nation.value), y + tick)], *bar)
    if not result.unit.is_nation:
        sheet.mark(on.x(result.latest.value), y, klass or "kan ej bedömas", MARK)


def target_tick(sheet: Sheet, x: float, y: float, tick: float) -> None:
    """Where a target level lies."""
    sheet.line([(x, y - tick), (x, y + tick)], TARGET, 1.3, dash=(1.3, 1.3))


def track(sheet: Sheet, left: float, right: float, y: float, hatched: bool = False, neutral: bool = False) -> None:
    """A line where better lies to the right, a ground where neither way is better, hatched where nothing is judged."""
    if hatched or neutral:
        ground: list[Place] = [(left, y - 2.6), (right, y - 2.6), (right, y + 2.6), (left, y + 2.6)]
        sheet.area(ground, BAND if neutral else UNJUDGED, hatch=hatched)
    else:
        sheet.line([(left, y), (right, y)], RULE, 1.0)


def _levels(result: Result) -> list[float]:
    return [t.target.level for t in result.targets if t.reached is not None and t.target.level is not None]


def _abroad(result: Result) -> list[float]:
    """Other countries' value, when it measures the same in the same year."""
    found = result.foreign
    return [found.reference] if found and found.match == "samma" and found.year == result.latest.year else []
