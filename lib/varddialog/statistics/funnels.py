"""Funnel limits that assume no variation but chance, and the flags they give (OHID, PHEindicatormethods).

With large populations nearly every unit falls outside these; see `overdispersion` for limits that allow for
ordinary variation between units.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal

from varddialog.statistics.intervals import count_interval, exact_poisson_limits, normal_quantile

# the two pairs of control limits, about two and three standard deviations
INNER, OUTER = 0.95, 0.998

Flag = Literal["low_99_8", "low_95", "not_significant", "high_95", "high_99_8"]


@dataclass(frozen=True)
class FunnelLimits:
    """Centre line and control limits at one size of unit, all in the unit of the statistic."""

    baseline: float
    lower_95: float
    upper_95: float
    lower_99_8: float
    upper_99_8: float


def proportion_limits(population: float, average: float, multiplier: float = 100) -> FunnelLimits:
    """Limits for the share of a unit with `population` persons when the average share is `average` (0–1).

    A share outside them has a Wilson interval that does not hold the average: average ± z·√(average(1−average)/n),
    kept within 0 and `multiplier`. Control limits drawn as a Wilson interval round the average are others.
    Raises ValueError when the population is not above 0 or the average not within 0–1.
    """
    if not population > 0:
        raise ValueError(f"population is {population}; allowed: above 0")
    if not 0 <= average <= 1:
        raise ValueError(f"average is {average}; allowed: a share from 0 to 1")
    deviation = math.sqrt(average * (1 - average) / population)
    limits = []
    for confidence in (INNER, OUTER):
        reach = normal_quantile(confidence) * deviation
        limits += [max(0.0, average - reach), min(1.0, average + reach)]
    return FunnelLimits(*(multiplier * limit for limit in (average, *limits)))


@dataclass(frozen=True)
class RatioLimits:
    """Control limits for units with one number of observed events.

    The four `expected_…` are numbers of expected events: between which the observed number is no surprise. The limits
    proper are observed ÷ expected; `expected_lower_95` belongs to the lower 95 % limit and is thus the higher number.
    """

    observed: float
    expected_lower_95: float
    expected_upper_95: float
    expected_lower_99_8: float
    expected_upper_99_8: float

    @property
    def ratios(self) -> FunnelLimits:
        """The limits as observed ÷ expected, with 1 as the centre line."""
        return FunnelLimits(
            1.0,
            self.observed / self.expected_lower_95,
            self.observed / self.expected_upper_95,
            self.observed / self.expected_lower_99_8,
            self.observed / self.expected_upper_99_8,
        )


def ratio_limits(observed: float) -> RatioLimits:
    """Limits for the ratio of observed to expected events, from exact Poisson limits of the observed number.

    Raises ValueError unless there is at least some event: with none the ratio is 0 whatever was expected.
    """
    if not observed > 0:
        raise ValueError(f"observed is {observed}; allowed: above 0")
    inner_low, inner_high = exact_poisson_limits(observed, INNER)
    outer_low, outer_high = exact_poisson_limits(observed, OUTER)
    return RatioLimits(observed, inner_high, inner_low, outer_high, outer_low)


def proportion_flag(numerator: float, denominator: float, average: float) -> Flag:
    """Whether a unit's share lies outside the funnel round `average` (0–1), and how far.

    Raises ValueError unless 0 ≤ numerator ≤ denominator and denominator > 0.
    """
    if not 0 <= numerator <= denominator:
        raise ValueError(f"numerator {numerator} of {denominator}; allowed: from 0 to the denominator")
    limits = proportion_limits(denominator, average, multiplier=1)
    share = numerator / denominator
    return _flag(share < limits.lower_99_8, share < limits.lower_95, share > limits.upper_95, share > limits.upper_99_8)


def ratio_flag(observed: float, expected: float) -> Flag:
    """Whether a unit's observed events differ from the expected: by its own exact or Byar interval.

    Raises ValueError unless observed ≥ 0 and expected > 0.
    """
    if not expected > 0:
        raise ValueError(f"expected is {expected}; allowed: above 0")
    inner, outer = (count_interval(observed, confidence) for confidence in (INNER, OUTER))
    return _flag(outer.upper < expected, inner.upper < expected, inner.lower > expected, outer.lower > expected)


def _flag(far_below: bool, below: bool, above: bool, far_above: bool) -> Flag:
    if far_below:
        return "low_99_8"
    if far_above:
        return "high_99_8"
    if below:
        return "low_95"
    return "high_95" if above else "not_significant"
