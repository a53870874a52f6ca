"""Confidence intervals of shares, counts and rates.

A share has a Wilson score interval. A count has Poisson limits: exact ones under 10 events and Byar's from 10,
and the name of the method goes with the numbers. Counts need not be whole (events may be weighted).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from scipy.special import gammaincinv, ndtri

# under this number of events the limits of a count are exact, from it they are Byar's (the OHID definition)
BYAR_FROM = 10

Method = Literal["Wilson", "Exact", "Byars", "Dobson"]


@dataclass(frozen=True)
class Interval:
    """A value with its lower and upper confidence limit, all in one unit, and how the limits were made."""

    value: float
    lower: float
    upper: float
    method: Method

    def scaled(self, factor: float) -> Interval:
        """The same interval in another unit: everything times `factor`, which is above 0."""
        return Interval(self.value * factor, self.lower * factor, self.upper * factor, self.method)


def normal_quantile(confidence: float) -> float:
    """z for a two-sided interval: 1.96 at 0.95, 3.09 at 0.998.

    Raises ValueError when `confidence` is not a share from 0.9 up to, not including, 1.
    """
    if not 0.9 <= confidence < 1:
        raise ValueError(f"confidence is {confidence}; allowed: a share from 0.9 to below 1, as 0.95 or 0.998")
    return float(ndtri(0.5 + confidence / 2))


def wilson_interval(numerator: float, denominator: float, confidence: float = 0.95, multiplier: float = 1) -> Interval:
    """A share with its Wilson score interval (Wilson 1927), times `multiplier` (100 for per cent).

    Raises ValueError unless 0 ≤ numerator ≤ denominator and denominator > 0.
    """
    from statsmodels.stats.proportion import proportion_confint

    normal_quantile(confidence)
    _check_rate(numerator, denominator)
    if numerator > denominator:
        raise ValueError(f"numerator {numerator} is above its denominator {denominator}; a share is at most 1")
    lower, upper = proportion_confint(numerator, denominator, alpha=1 - confidence, method="wilson")
    # at the ends of the scale the formula gives the end itself, but for rounding
    lower = 0.0 if numerator == 0 else float(lower)
    upper = 1.0 if numerator == denominator else float(upper)
    return Interval(numerator / denominator, lower, upper, "Wilson").scaled(multiplier)


def byar_limits(count: float, confidence: float = 0.95) -> tuple[float | None, float]:
    """Byar's approximate Poisson limits of a count, at any count (Breslow and Day 1987).

    The lower limit is None where the approximation breaks down: at 0 events, and where it would be negative.
    Raises ValueError for a negative count.
    """
    z = normal_quantile(confidence)
    _check_count(count)
    above = count + 1
    upper = above * (1 - 1 / (9 * above) + z / (3 * math.sqrt(above))) ** 3
    if count == 0:
        return None, upper
    lower = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    return (None if lower < 0 else lower), upper


def exact_poisson_limits(count: float, confidence: float = 0.95) -> tuple[float, float]:
    """Exact Poisson limits of a count (Garwood 1936): ½χ²(α/2; 2O) and ½χ²(1−α/2; 2O+2), the lower 0 at 0 events.

    Raises ValueError for a negative count.
    """
    normal_quantile(confidence)
    _check_count(count)
    tail = (1 - confidence) / 2
    # half a chi-square quantile with 2a degrees of freedom is a gamma quantile with shape a
    lower = 0.0 if count == 0 else float(gammaincinv(count, tail))
    return lower, float(gammaincinv(count + 1, 1 - tail))


def count_method(count: float) -> Literal["Exact", "Byars"]:
    """Which limits `count_interval` takes for this count."""
    return "Exact" if count < BYAR_FROM else "Byars"


def count_interval(count: float, confidence: float = 0.95) -> Interval:
    """A count with its Poisson interval: exact under 10 events, Byar's from 10 (OHID, Fingertips technical guidance).

    Raises ValueError for a negative count.
    """
    method = count_method(count)
    lower, upper = (exact_poisson_limits if method == "Exact" else byar_limits)(count, confidence)
    # from 10 events Byar's lower limit is negative only at a confidence that no one asks for
    return Interval(float(count), lower or 0.0, upper, method)


def rate_interval(
    numerator: float, denominator: float, confidence: float = 0.95, multiplier: float = 100_000
) -> Interval:
    """A crude rate per `multiplier` with the limits of `count_interval`. It may exceed `multiplier`: events recur.

    Raises ValueError unless numerator ≥ 0 and denominator > 0.
    """
    _check_rate(numerator, denominator)
    return count_interval(numerator, confidence).scaled(multiplier / denominator)


def _check_count(count: float) -> None:
    if not count >= 0:
        raise ValueError(f"count is {count}; allowed: 0 or more")


def _check_rate(numerator: float, denominator: float) -> None:
    if not numerator >= 0:
        raise ValueError(f"numerator is {numerator}; allowed: 0 or more")
    if not denominator > 0:
        raise ValueError(f"denominator is {denominator}; allowed: above 0")
