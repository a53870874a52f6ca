"""Location and spread that a few odd values cannot move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median, quantiles

# makes the median absolute deviation equal the standard deviation for normally distributed values
NORMAL = 1.4826


def robust_spread(values: Sequence[float]) -> float:
    """1.4826 × median absolute deviation, in the unit of `values`; 0 for fewer than two values."""
    if len(values) < 2:
        return 0.0
    middle = median(values)
    return NORMAL * median(abs(value - middle) for value in values)


@dataclass(frozen=True)
class Spread:
    """How a set of units lies: how many, lowest, quartiles (linear interpolation), highest."""

    count: int
    low: float
    lower_quartile: float
    median: float
    upper_quartile: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> Spread:
        """The spread of at least one value."""
        if len(values) == 1:
            return cls(1, *[float(values[0])] * 5)
        lower, middle, upper = quantiles(values, n=4, method="inclusive")
        return cls(len(values), float(min(values)), lower, middle, upper, float(max(values)))
