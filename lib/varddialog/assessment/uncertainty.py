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
from varddialog.statistics.intervals import normal_quantile, rate_interval, wilson_interval
from varddialog.statistics.mann_kendall import series_noise

Level = Literal["A", "A*", "B", "C"]

LABELS: dict[Level, str] = {
    "A": "95 % konfidensintervall",
    "A*": "urval, intervall enligt källan",
    "B": "osäkerhet skattad ur tidsserien",
    "C": "beskrivande, osäkerheten är okänd",
}
COMPARABLE_YEARS = 8
SMALL_DENOMINATOR = 30
PER = {"per_1000": 1_000, "per_10000": 10_000, "per_100000": 100_000}


@dataclass(frozen=True)
class Uncertainty:
    """The level, and the standard error in the indicator's unit; None at level C."""

    level: Level
    error: float | None

    @property
    def label(self) -> str:
        return LABELS[self.level]

    def limits(self, value: float, confidence: float = 0.95) -> tuple[float, float] | None:
        """Limits round `value`; None at level C."""
        if self.error is None:
            return None
        reach = normal_quantile(confidence) * self.error
        return value - reach, value + reach


def uncertainty(indicator: Indicator, points: Sequence[Point]) -> Uncertainty:
    """The uncertainty of the latest of the points, which are in time order."""
    if (error := standard_error(indicator, points[-1])) is not None:
        return Uncertainty("A*" if indicator.sample else "A", error)
    noise = series_error(indicator, points)
    return Uncertainty("C", None) if noise is None else Uncertainty("B", noise)


def standard_error(indicator: Indicator, point: Point) -> float | None:
    """Half the width of the point's 95 % interval over 1.96: the publisher's, otherwise from its counts."""
    z = normal_quantile(0.95)
    if point.low is not None and point.high is not None:
        return (point.high - point.low) / (2 * z) or None
    if point.numerator is None or point.denominator is None or indicator.sample or indicator.derived is not None:
        return None
    if indicator.measure == "procent" and 0 <= point.numerator <= point.denominator > 0:
        found = wilson_interval(point.numerator, point.denominator, multiplier=100)
    elif indicator.measure in PER and point.denominator > 0:
        found = rate_interval(point.numerator, point.denominator, multiplier=PER[indicator.measure])
    else:
        return None
    return (found.upper - found.lower) / (2 * z)


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
