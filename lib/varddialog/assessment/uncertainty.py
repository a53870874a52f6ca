"""How uncertain a value is, decided by what the data are, before anything is compared.

A: counts, or the publisher's interval. A*: a sample survey with the publisher's interval. B: a value
alone, with at least eight comparable years, whose year-to-year noise is the uncertainty. C: a value
alone with fewer years: description only.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from varddialog.assessment.results import Point, Result
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
_PER = {"per_1000": 1_000, "per_10000": 10_000, "per_100000": 100_000}


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


def uncertainty(result: Result) -> Uncertainty:
    """The uncertainty of the result's latest value."""
    if (error := standard_error(result, result.latest)) is not None:
        return Uncertainty("A*" if result.indicator.sample else "A", error)
    noise = series_error(result)
    return Uncertainty("C", None) if noise is None else Uncertainty("B", noise)


def standard_error(result: Result, point: Point) -> float | None:
    """Half the width of the point's 95 % interval over 1.96: the publisher's, otherwise from its counts."""
    z = normal_quantile(0.95)
    if point.low is not None and point.high is not None:
        return (point.high - point.low) / (2 * z) or None
    counted = point.numerator is not None and point.denominator is not None
    if not counted or result.indicator.sample or result.indicator.derived is not None:
        return None
    assert point.numerator is not None
    assert point.denominator is not None
    if result.indicator.measure == "procent" and 0 <= point.numerator <= point.denominator > 0:
        found = wilson_interval(point.numerator, point.denominator, multiplier=100)
    elif result.indicator.measure in _PER and point.denominator > 0:
        found = rate_interval(point.numerator, point.denominator, multiplier=_PER[result.indicator.measure])
    else:
        return None
    return (found.upper - found.lower) / (2 * z)


def series_error(result: Result) -> float | None:
    """The noise of the series; None for fewer than eight comparable years, overlapping periods or no variation."""
    points = comparable(result)
    if len(points) < COMPARABLE_YEARS or result.indicator.period.kind not in ("år", "lägesbild"):
        return None
    return series_noise([p.year for p in points], [p.value for p in points]) or None


def comparable(result: Result) -> list[Point]:
    """The points since the last break, without questioned values."""
    since = max((b.year for b in result.indicator.breaks), default=0)
    return [p for p in result.points if p.year >= since and not p.is_questioned]
