"""Location and spread that a few odd values cannot move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

# makes the median absolute deviation equal the standard deviation for normally distributed values
NORMAL = 1.4826


def robust_spread(values: Sequence[float]) -> float:
    """1.4826 × median absolute deviation, in the unit of `values`; 0 for fewer than two values."""
    if len(values) < 2:
        return 0.0
    array = np.asarray(values, dtype=float)
    return float(NORMAL * np.median(np.abs(array - np.median(array))))


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
        array = np.asarray(values, dtype=float)
        low, q1, q2, q3, high = (float(q) for q in np.quantile(array, [0, 0.25, 0.5, 0.75, 1]))
        return cls(len(array), low, q1, q2, q3, high)
