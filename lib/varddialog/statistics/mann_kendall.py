"""Trend without intervals: exact Mann–Kendall test, Sen's slope, and the noise left around it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from statistics import median

import numpy as np

from varddialog.statistics.checks import finite_array

# mean moving range ÷ this = standard deviation of normally distributed values
RANGE_TO_DEVIATION = 1.128
NOISE_POINTS = 8


@dataclass(frozen=True)
class Line:
    """A straight line: `slope` in unit per year (or per position), `intercept` at year (position) 0."""

    slope: float
    intercept: float


@dataclass(frozen=True)
class ExactTrend:
    """Exact Mann–Kendall test: S = rising minus falling pairs, two-sided p, Sen's line over the years."""

    points: int
    s: int
    p: float
    line: Line


def sen_line(years: Sequence[float], values: Sequence[float]) -> Line:
    """Median of the slopes of all pairs of years, through the median year and the median value.

    ValueError: fewer than two points, lists of different length, a gap, a year twice. Source: Sen 1968.
    """
    x, y = _series(years, values)
    slopes = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(zip(x, y, strict=True), 2)]
    slope = median(slopes)
    return Line(slope, median(y) - slope * median(x))


def exact_mann_kendall(years: Sequence[float], values: Sequence[float]) -> ExactTrend:
    """Two-sided Mann–Kendall test from the exact distribution of S over all orders of the values, ties kept.

    p is the share of orders whose S is at least as far from 0; a constant series has p = 1. ValueError: as `sen_line`.
    Four points can never reach p < 0.05, five only when all rise or all fall.
    """
    line = sen_line(years, values)
    ordered = [value for _, value in sorted(zip(*_series(years, values), strict=True))]
    s = sum((later > earlier) - (later < earlier) for earlier, later in combinations(ordered, 2))
    distribution = s_distribution(tuple(sorted(Counter(ordered).values())))
    far = sum(orders for score, orders in distribution.items() if abs(score) >= abs(s))
    return ExactTrend(len(ordered), s, far / sum(distribution.values()), line)


@lru_cache(maxsize=256)
def s_distribution(ties: tuple[int, ...]) -> dict[int, int]:
    """How many orders of a series give each value of S; `ties` are the sizes of its groups of equal values.

    The number of falling pairs over all orders has the generating function Π(1−qⁱ, i ≤ n) / Π Π(1−qⁱ, i ≤ tie):
    the coefficients of the q-multinomial, so nothing has to be enumerated.
    """
    n = sum(ties)
    untied = math.comb(n, 2) - sum(math.comb(tie, 2) for tie in ties)
    counts = [1] + [0] * untied
    for i in range(1, n + 1):
        for power in range(untied, i - 1, -1):
            counts[power] -= counts[power - i]
    for tie in ties:
        for i in range(1, tie + 1):
            for power in range(i, untied + 1):
                counts[power] += counts[power - i]
    return {untied - 2 * falling: orders for falling, orders in enumerate(counts)}


def series_noise(years: Sequence[float], values: Sequence[float]) -> float:
    """Year-to-year standard deviation of a value-only series: mean moving range around its Sen line ÷ 1.128.

    In the unit of the values; 0 for a series that lies on a line. ValueError: fewer than 8 points, else as `sen_line`.
    """
    if len(values) < NOISE_POINTS:
        raise ValueError(f"values: at least {NOISE_POINTS} comparable years to estimate noise, not {len(values)}")
    line = sen_line(years, values)
    x, y = np.array(sorted(zip(*_series(years, values), strict=True))).T
    return float(np.abs(np.diff(y - line.slope * x)).mean() / RANGE_TO_DEVIATION)


def _series(years: Sequence[float], values: Sequence[float]) -> tuple[list[float], list[float]]:
    x, y = finite_array("years", years).tolist(), finite_array("values", values).tolist()
    if len(x) != len(y) or len(x) < 2 or len(set(x)) != len(x):
        raise ValueError("years and values: one value a year, at least two years, none twice")
    return x, y
