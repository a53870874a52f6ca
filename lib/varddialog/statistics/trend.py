"""Recent trend of a yearly series with known uncertainty, allowing for real variation from year to year."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
import numpy.typing as npt

from varddialog.statistics.checks import finite_array

Array = npt.NDArray[np.float64]
Direction = Literal["increasing", "decreasing", "none"]

# χ² with 1 degree of freedom at 99.8 %
CHI_SQUARE_LIMIT = 9.54953570608324
FEWEST_POINTS = 5
MOST_POINTS = 7


@dataclass(frozen=True)
class WeightedLine:
    """Least squares with known variances: slope per year, its variance, and χ² of the residuals."""

    slope: float
    variance: float
    residual: float


@dataclass(frozen=True)
class AdjustedTrend:
    """The trend over the latest years (`first` to `last`).

    `chi_square` is that of the slope before, `adjusted` after division by max(1, `dispersion`). `change` is the
    fitted change from first to last year in the unit of the values, with its 95 % interval. `steady`: leaving any
    one year out keeps the sign of the slope. `direction` is "none" unless the trend is both significant and steady.
    """

    first: float
    last: float
    points: int
    slope: float
    chi_square: float
    dispersion: float
    adjusted: float
    steady: bool
    direction: Direction
    change: float
    lower: float
    upper: float


def weighted_line(x: Array, y: Array, errors: Array) -> WeightedLine:
    """Line through points with known standard errors."""
    weights = 1 / errors**2
    centre, level = np.average(x, weights=weights), np.average(y, weights=weights)
    information = float(weights @ (x - centre) ** 2)
    slope = float(weights @ ((x - centre) * (y - level))) / information
    residuals = y - level - slope * (x - centre)
    return WeightedLine(slope, 1 / information, float(weights @ residuals**2))


def same_sign_without_any(slopes: Sequence[float]) -> bool:
    """All slopes rise, or all fall; a slope of 0 is neither."""
    return all(slope > 0 for slope in slopes) or all(slope < 0 for slope in slopes)


def adjusted_trend(years: Sequence[float], values: Sequence[float], standard_errors: Sequence[float]) -> AdjustedTrend:
    """Trend of the latest 7 points where they exist, else of 5 or 6; the years must be comparable and not overlap.

    The χ² of the slope is divided by max(1, φ̂), φ̂ = residual χ² / (n − 2), so that a large area, whose intervals are
    narrow, is not flagged for ordinary variation between years. The interval of the change is widened by the same
    factor, with Student's t where φ̂ is above 1, because the variance is then estimated.
    ValueError: fewer than 5 points, lists of different length, a gap, a year twice, a standard error not above 0.
    Source: recent trend of the English public health profiles, with the adjustment of this project.
    """
    x, y, errors = (
        finite_array(name, numbers)
        for name, numbers in (("years", years), ("values", values), ("standard_errors", standard_errors))
    )
    if not FEWEST_POINTS <= len(x) == len(y) == len(errors) or len(set(x.tolist())) != len(x):
        raise ValueError(f"years: at least {FEWEST_POINTS}, none twice, each with a value and a standard error")
    if np.any(errors <= 0):
        raise ValueError("standard_errors: all above 0")
    latest = np.argsort(x)[-MOST_POINTS:]
    x, y, errors = x[latest], y[latest], errors[latest]
    line = weighted_line(x, y, errors)
    freedom = len(x) - 2
    dispersion = line.residual / freedom
    chi_square = line.slope**2 / line.variance
    adjusted = chi_square / max(1.0, dispersion)
    without = [weighted_line(np.delete(x, i), np.delete(y, i), np.delete(errors, i)).slope for i in range(len(x))]
    steady = same_sign_without_any([line.slope, *without])
    span = float(x[-1] - x[0])
    reach = _multiple(dispersion, freedom) * math.sqrt(line.variance * max(1.0, dispersion)) * span
    change = line.slope * span
    direction: Direction = "increasing" if line.slope > 0 else "decreasing"
    return AdjustedTrend(
        first=float(x[0]),
        last=float(x[-1]),
        points=len(x),
        slope=line.slope,
        chi_square=chi_square,
        dispersion=dispersion,
        adjusted=adjusted,
        steady=steady,
        direction=direction if steady and adjusted > CHI_SQUARE_LIMIT else "none",
        change=change,
        lower=change - reach,
        upper=change + reach,
    )


def _multiple(dispersion: float, freedom: int) -> float:
    """How many standard errors a 95 % interval reaches."""
    if dispersion <= 1:
        return NormalDist().inv_cdf(0.975)
    from scipy.special import stdtrit

    return float(stdtrit(freedom, 0.975))
