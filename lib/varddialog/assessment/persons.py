"""A gap in persons: how many more would have had it, at the target level or with another's value.

Gap × denominator, rounded to two significant digits, from the counts behind the value and nothing else (methods 6.4);
counts so small that they point out persons are hidden, with all that could give them away (methods 6.6).
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from varddialog.assessment.peers import best_region
from varddialog.assessment.points import Point
from varddialog.assessment.results import Result
from varddialog.assessment.targets import TargetResult
from varddialog.assessment.uncertainty import PER, SMALL_DENOMINATOR
from varddialog.model.indicator import Indicator
from varddialog.statistics.disclosure import is_small

# fewer persons than this are not shown
FEWEST = 5
_SCALES: dict[str, float] = {"procent": 100, **PER}

HIDDEN = "Visas inte: för få personer bakom värdet."
FEW = f"Färre än {FEWEST} personer."
NO_COUNTS = "Antal personer bakom värdet saknas."
NOT_TODAY = "Värdet gäller inte dagens läge eller är ifrågasatt."


@dataclass(frozen=True)
class Persons:
    """A number of persons, 0 where there is no gap; None with the reason where it is not known or not shown."""

    count: float | None
    reason: str | None = None


def to_target(result: Result, target: TargetResult) -> Persons:
    """Persons missing to the target level (to the lower one of two)."""
    if target.gap is None:
        return Persons(None, "Målnivån kan inte jämföras med värdet.")
    return _today(result) or in_persons(target.gap, result.indicator, result.latest)


def to_nation(result: Result) -> Persons:
    """Persons missing to Riket's value at the same time; 0 where the unit is as good or better."""
    if result.difference is None or result.nation_now is None:
        return Persons(None, "Uppgift för riket saknas för samma tid.")
    return _today(result) or _behind(result, result.nation_now)


def to_best(result: Result) -> Persons:
    """Persons missing to the best region's value at the same time."""
    best = best_region(result)
    if best is None:
        return Persons(None, "Ingen bästa region kan utses.")
    points = [result.field.points[code] for code in best.codes]
    if any(is_hidden(point) for point in points):
        return Persons(None, HIDDEN)
    return _today(result) or _behind(result, points[0])


def in_persons(gap: float, indicator: Indicator, point: Point, *beside: Point) -> Persons:
    """A gap of 0 or more, in the indicator's unit, as persons among those in the point's denominator.

    beside: what the point is compared with. Nothing is told when it, or the point, has a count that must be hidden
    (numerator or complement 1-4), and the same is said whatever that count: neither the number nor its absence gives
    it away. None too for samples, whose counts are answers; for what is counted otherwise than person by person; for
    values that are not their numerator over their denominator (standardised ones); and under 5 persons.
    Raises ValueError for a gap below 0.
    """
    if not gap >= 0:
        raise ValueError(f"the gap is {gap}; allowed: 0 or more")
    scale = _SCALES.get(indicator.measure)
    if scale is None or indicator.derived is not None:
        return Persons(None, "Måttet är ingen andel av personer.")
    if indicator.sample:
        return Persons(None, "Måttet bygger på ett urval; antalet svar säger inget om antalet personer.")
    if any(is_hidden(p) for p in (point, *beside)):
        return Persons(None, HIDDEN)
    if point.numerator is None or not point.denominator:
        return Persons(None, NO_COUNTS)
    if point.denominator < SMALL_DENOMINATOR:
        return Persons(None, f"Litet underlag: färre än {SMALL_DENOMINATOR} i nämnaren.")
    # what rounding of the published value may account for
    rounding = 0.51 * 10**-indicator.decimals
    if abs(point.numerator / point.denominator * scale - point.value) > rounding:
        return Persons(None, "Värdet är justerat och kan inte räknas om till personer.")
    count = gap / scale * point.denominator
    if count == 0:
        return Persons(0.0)
    return Persons(None, FEW) if count < FEWEST else Persons(two_digits(count))


def is_hidden(point: Point) -> bool:
    """Whether a count behind the point, or what is left of its denominator, is 1-4."""
    if point.numerator is None:
        return point.denominator is not None and is_small(point.denominator)
    return is_small(point.numerator, point.denominator)


def two_digits(count: float) -> float:
    """Rounded to two significant digits, and to whole persons."""
    if count == 0:
        return 0.0
    return round(count, min(0, 1 - math.floor(math.log10(abs(count)))))


def _behind(result: Result, other: Point) -> Persons:
    """Persons by which the unit lies behind the other."""
    if result.indicator.turn == 0:
        return Persons(None, "Måttet har ingen riktning som är bättre.")
    if other.is_questioned:
        return Persons(None, NOT_TODAY)
    gap = result.indicator.turn * (other.value - result.latest.value)
    return in_persons(max(gap, 0.0), result.indicator, result.latest, other)


def _today(result: Result) -> Persons | None:
    """The reason why a value is not counted in persons at all."""
    if result.state != "aktuell" or result.latest.is_questioned:
        return Persons(None, NOT_TODAY)
    return None
