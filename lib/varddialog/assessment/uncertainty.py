"""How uncertain a value is, decided by what the data are, before anything is compared.

A: counts, or the publisher's interval. A*: a sample survey with the publisher's interval. B: a value
alone, with at least eight comparable years, whose year-to-year noise is the uncertainty. C: a value
alone with fewer years: description only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from varddialog.assessment.points import Point
from varddialog.model.indicator import Indicator
from varddialog.statistics.intervals import Interval, normal_quantile, rate_interval, wilson_interval
from varddialog.statistics.mann_kendall import series_noise

Level = Literal["A", "A*", "B", "C"]

LABELS: dict[Level, str] = {
    "A": "95 % konfidensintervall",
    "A*": "urval, intervall enligt källan",
    "B": "osäkerhet skattad ur tidsserien",
    "C": "beskrivande, osäkerheten är okänd",
}
ORDINARY, STRONG = 0.95, 0.998
COMPARABLE_YEARS = 8
SMALL_DENOMINATOR = 30
PER = {"per_1000": 1_000, "per_10000": 10_000, "per_100000": 100_000}


Arms = tuple[float, float]  # how far down and up the limits reach from the value, in the indicator's unit


@dataclass(frozen=True)
class Uncertainty:
    """The level, and the standard error in the indicator's unit; None at level C.

    ordinary, strong: the arms of the 95 and 99.8 % intervals where they are known by themselves: intervals of shares
    and rates reach farther towards the middle of the scale. Otherwise they are z standard errors both ways.
    """

    level: Level
    error: float | None
    ordinary: Arms | None = None
    strong: Arms | None = None

    @property
    def label(self) -> str:
        return LABELS[self.level]

    def limits(self, value: float, *, strong: bool = False) -> tuple[float, float] | None:
        """The 95 % limits of the value, or the 99.8 % limits; None at level C."""
        if self.error is None:
            return None
        known = self.strong if strong else self.ordinary
        reach = normal_quantile(STRONG if strong else ORDINARY) * self.error
        down, up = known or (reach, reach)
        return value - down, value + up


def uncertainty(indicator: Indicator, points: Sequence[Point]) -> Uncertainty:
    """The uncertainty of the latest of the points, which are in time order."""
    now = points[-1]
    if (error := standard_error(indicator, now)) is not None:
        level: Level = "A*" if indicator.sample else "A"
        return Uncertainty(level, error, _arms(indicator, now, ORDINARY), _arms(indicator, now, STRONG))
    noise = series_error(indicator, points)
    return Uncertainty("C", None) if noise is None else Uncertainty("B", noise)


def standard_error(indicator: Indicator, point: Point) -> float | None:
    """Half the width of the point's 95 % interval over 1.96: the publisher's, otherwise from its counts."""
    arms = _arms(indicator, point, ORDINARY)
    return None if arms is None else sum(arms) / (2 * normal_quantile(ORDINARY)) or None


def _arms(indicator: Indicator, point: Point, confidence: float) -> Arms | None:
    """The publisher's interval, widened in proportion for another confidence than 95 %; otherwise from the counts."""
    if point.low is not None and point.high is not None:
        wider = normal_quantile(confidence) / normal_quantile(ORDINARY)
        return wider * (point.value - point.low), wider * (point.high - point.value)
    found = _counted(indicator, point, confidence)
    # rounded values may lie a little outside the interval of their counts
    return None if found is None else (max(0.0, point.value - found.lower), max(0.0, found.upper - point.value))


def _counted(indicator: Indicator, point: Point, confidence: float) -> Interval | None:
    """The interval that the counts behind a value give: of a share (Wilson) or a rate (exact, Byar from ten events)."""
    if point.numerator is None or point.denominator is None or indicator.sample or indicator.derived is not None:
        return None
    if indicator.measure == "procent" and 0 <= point.numerator <= point.denominator > 0:
        return wilson_interval(point.numerator, point.denominator, confidence, multiplier=100)
    if indicator.measure in PER and point.denominator > 0:
        return rate_interval(point.numerator, point.denominator, confidence, multiplier=PER[indicator.measure])
    return None


def series_error(indicator: Indicator, points: Sequence[Point]) -> float | None:
    """The noise of the series; None for fewer than eight comparable years, overlapping periods or no variation."""
    known = comparable(indicator, points)
    if len(known) < COMPARABLE_YEARS or indicator.period.kind not in ("år", "lägesbild"):
        return None
    return series_noise([p.year for p in known], [p.value for p in known]) or None


def comparable(indicator: Indicator, points: Sequence[Point]) -> list[Point]:
    """The points since the last break, without questioned values."""
    since = max((b.year for b in indicator.breaks), default=0)
    return [p for p in points if p.year >= since and not p.is_questioned]
