"""The recent trend marker of the English public health profiles (Fingertips), which many readers know.

Here "no_change" means that no change was proven. The test of this project is `trend.adjusted_trend`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from varddialog.statistics.trend import CHI_SQUARE_LIMIT, Array, same_sign_without_any, weighted_line

Marker = Literal["increasing", "decreasing", "no_change", "cannot_be_calculated"]
Polarity = Literal["high_is_good", "low_is_good", "no_judgement"]
JudgedMarker = Literal[
    "increasing",
    "decreasing",
    "no_change",
    "cannot_be_calculated",
    "increasing_and_getting_better",
    "increasing_and_getting_worse",
    "decreasing_and_getting_better",
    "decreasing_and_getting_worse",
]

POINTS = 5
# width of a 95 % interval in standard errors, rounded as in the source
WIDTH = 3.92


@dataclass(frozen=True)
class Year:
    """A year with its value and 95 % limits, and its count and denominator; None where not published."""

    year: float
    value: float | None
    lower: float | None
    upper: float | None
    count: float | None
    denominator: float | None


@dataclass(frozen=True)
class Recent:
    """The marker, and χ² of the slope; `reason` says why it cannot be calculated."""

    marker: Marker
    chi_square: float = 0.0
    reason: str = ""

    @property
    def significant(self) -> bool:
        """A rise or a fall was proven."""
        return self.marker in ("increasing", "decreasing")


def recent_trend(series: Sequence[Year], *, proportions: bool, period_years: int = 1) -> Recent:
    """Marker from the latest five years that have all their numbers, numbered 1 to 5 whatever years lie between.

    `proportions`: Cochran–Armitage test on counts, sign from unweighted log odds; else a line through the values
    weighted with 1/SE², SE = interval width / 3.92. Significant only above χ² 9.5495 and with the same sign when any
    one year is left out. Not calculable: periods of several years, fewer than five years, a count equal to its
    denominator (or 0 with `proportions`), an interval without width.
    ValueError: a year twice. Source: fingertips-open and FingertipsNext, TrendMarkerCalculator.
    """
    if len({point.year for point in series}) != len(series):
        raise ValueError("series: no year twice")
    if period_years != 1:
        return Recent("cannot_be_calculated", reason=f"periods of {period_years} years overlap")
    known = [point for point in sorted(series, key=lambda point: point.year) if None not in vars(point).values()]
    if len(known) < POINTS:
        return Recent("cannot_be_calculated", reason=f"fewer than {POINTS} years")
    columns = np.array([[getattr(point, name) for name in vars(point)] for point in known], dtype=float)
    _, value, lower, upper, count, denominator = columns.T
    if np.any(count == denominator):
        return Recent("cannot_be_calculated", reason="a count equals its denominator")
    latest = slice(-POINTS, None)
    if proportions:
        if np.any(count[latest] <= 0) or np.any(count[latest] > denominator[latest]):
            return Recent("cannot_be_calculated", reason="a count is 0 or above its denominator")
        log_odds = np.log(count[latest] / (denominator[latest] - count[latest]))
        chi_square = cochran_armitage(count[latest].tolist(), denominator[latest].tolist())
        return _marker(log_odds, np.ones(POINTS), chi_square)
    errors = (upper[latest] - lower[latest]) / WIDTH
    if np.any(errors <= 0):
        return Recent("cannot_be_calculated", reason="an interval has no width")
    return _marker(value[latest], errors, None)


def cochran_armitage(counts: Sequence[float], denominators: Sequence[float]) -> float:
    """χ² (1 df) for a linear trend of shares over equally spaced years. ValueError: no or only cases, unequal lists."""
    if len(counts) != len(denominators) or not 0 < sum(counts) < sum(denominators):
        raise ValueError("counts and denominators: of the same length, with both cases and non-cases")
    cases, persons = np.asarray(counts, dtype=float), np.asarray(denominators, dtype=float)
    share = cases.sum() / persons.sum()
    away = np.arange(len(cases)) - persons @ np.arange(len(cases)) / persons.sum()
    return float((away @ cases) ** 2 / (share * (1 - share) * (persons @ away**2)))


def judged(marker: Marker, polarity: Polarity) -> JudgedMarker:
    """The marker in words of better and worse, where the indicator has a good direction."""
    if polarity == "no_judgement" or marker not in ("increasing", "decreasing"):
        return marker
    better = (marker == "increasing") == (polarity == "high_is_good")
    if marker == "increasing":
        return "increasing_and_getting_better" if better else "increasing_and_getting_worse"
    return "decreasing_and_getting_better" if better else "decreasing_and_getting_worse"


def _marker(y: Array, errors: Array, chi_square: float | None) -> Recent:
    x = np.arange(1.0, len(y) + 1)
    line = weighted_line(x, y, errors)
    without = [weighted_line(np.delete(x, i), np.delete(y, i), np.delete(errors, i)).slope for i in range(len(x))]
    found = line.slope**2 / line.variance if chi_square is None else chi_square
    if found <= CHI_SQUARE_LIMIT or not same_sign_without_any([line.slope, *without]):
        return Recent("no_change", found)
    return Recent("increasing" if line.slope > 0 else "decreasing", found)
