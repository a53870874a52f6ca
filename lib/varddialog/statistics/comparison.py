"""A value against a benchmark, and against a target, in the words of Fingertips (OHID).

The benchmark's and the target's value are taken as fixed; touching a limit is no difference. Every answer is a word,
and "none" means that no comparison can be made: a missing value or interval, or no direction where one is needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from varddialog.statistics.intervals import exact_poisson_limits, wilson_interval

Polarity = Literal["high_is_good", "low_is_good", "no_judgement"]
Outcome = Literal["best", "better", "same", "worse", "worst", "higher", "lower", "none"]

# a lower and an upper limit; either may be missing
Limits = tuple[float | None, float | None]


def interval_against_value(value: float | None, limits: Limits, benchmark: float | None, polarity: Polarity) -> Outcome:
    """The unit's 95 % interval against the benchmark's value."""
    lower, upper = limits
    if value is None or benchmark is None or lower is None or upper is None:
        return "none"
    return _word(_side(lower, upper, benchmark), polarity)


def two_intervals_against_value(
    value: float | None, limits_95: Limits, limits_99_8: Limits, benchmark: float | None, polarity: Polarity
) -> Outcome:
    """The unit's 95 % and 99.8 % intervals against the benchmark's value; outside both is "best" or "worst".

    Without a judgement there is one word for both levels, "higher" or "lower".
    """
    if None in (value, benchmark, *limits_95, *limits_99_8):
        return "none"
    inner = interval_against_value(value, limits_95, benchmark, polarity)
    outer = interval_against_value(value, limits_99_8, benchmark, polarity)
    if outer == "better":
        return "best"
    if outer == "worse":
        return "worst"
    return inner


def interval_against_interval(
    value: float | None, limits: Limits, benchmark: float | None, benchmark_limits: Limits, polarity: Polarity
) -> Outcome:
    """Whether two 95 % intervals are apart. Stricter than 5 per cent: 0.6 at equal precision; not for verdicts."""
    lower, upper = limits
    below, above = benchmark_limits
    if value is None or benchmark is None or lower is None or upper is None or below is None or above is None:
        return "none"
    return _word(1 if lower > above else -1 if upper < below else 0, polarity)


def share_against_wilson_limits(
    value: float | None,
    denominator: float | None,
    benchmark: float | None,
    polarity: Polarity,
    confidence: float = 0.95,
    unit: float = 100,
) -> Outcome:
    """A share (per `unit`) against control limits drawn as a Wilson interval round the benchmark.

    "none" without a denominator above 0. Raises ValueError when the benchmark is not within 0 and `unit`.
    """
    if value is None or benchmark is None or denominator is None or denominator <= 0:
        return "none"
    limits = wilson_interval(benchmark / unit * denominator, denominator, confidence, unit)
    return _word(-_side(limits.lower, limits.upper, value), polarity)


def rate_against_poisson_limits(
    value: float | None,
    denominator: float | None,
    benchmark: float | None,
    polarity: Polarity,
    confidence: float = 0.95,
    unit: float = 100_000,
) -> Outcome:
    """A rate per `unit` against exact Poisson control limits round the number of events that the benchmark gives.

    "none" without a denominator above 0. Raises ValueError for a negative benchmark.
    """
    if value is None or benchmark is None or denominator is None or denominator <= 0:
        return "none"
    per_event = unit / denominator
    lower, upper = exact_poisson_limits(benchmark / per_event, confidence)
    return _word(-_side(lower * per_event, upper * per_event, value), polarity)


def value_against_target(value: float | None, target: float | None, polarity: Polarity) -> Outcome:
    """ "better" when the target is reached, its own value included, else "worse"."""
    if value is None or target is None or polarity == "no_judgement":
        return "none"
    reached = value >= target if polarity == "high_is_good" else value <= target
    return "better" if reached else "worse"


def interval_against_target(limits: Limits, target: float | None, polarity: Polarity) -> Outcome:
    """The 95 % interval against a target: above it when the lower limit is at least the target, below it when the
    upper limit is under, else "same" (cannot tell)."""
    lower, upper = limits
    if lower is None or upper is None or target is None or polarity == "no_judgement":
        return "none"
    return _word(1 if lower >= target else -1 if upper < target else 0, polarity)


def value_against_range(
    value: float | None, target_lower: float | None, target_upper: float | None, polarity: Polarity
) -> Outcome:
    """A value against a range of targets: below, within (the lower target included), or from the upper target on.

    Raises ValueError when the lower target is above the upper.
    """
    if target_lower is not None and target_upper is not None and target_lower > target_upper:
        raise ValueError(f"lower target {target_lower} is above the upper, {target_upper}")
    if value is None or target_lower is None or target_upper is None or polarity == "no_judgement":
        return "none"
    return _word(-1 if value < target_lower else 1 if value >= target_upper else 0, polarity)


def percentile_targets(values: Sequence[float], lower: float = 50, upper: float = 90) -> tuple[float, float]:
    """Two targets for `value_against_range`: percentiles of the units' values (linear interpolation).

    Raises ValueError without values, or unless 0 ≤ lower ≤ upper ≤ 100.
    """
    if not values or not 0 <= lower <= upper <= 100:
        raise ValueError(f"{len(values)} values, percentiles {lower} and {upper}; allowed: some, and 0–100 ascending")
    below, above = np.percentile(np.asarray(values, dtype=float), [lower, upper])
    return float(below), float(above)


def _side(lower: float, upper: float, point: float) -> int:
    """1 when the interval lies above the point, −1 below, 0 when it holds or touches it."""
    return 1 if lower > point else -1 if upper < point else 0


def _word(side: int, polarity: Polarity) -> Outcome:
    if side == 0:
        return "same"
    if polarity == "no_judgement":
        return "higher" if side > 0 else "lower"
    return "better" if (side > 0) == (polarity == "high_is_good") else "worse"
