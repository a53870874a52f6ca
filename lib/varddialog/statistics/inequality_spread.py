"""How far subgroups without order lie from a common point: variance, mean differences, disparity, entropy.

Source as in `inequality`. Every function takes subgroups; those without a standard error formula give the value only.
"""

from __future__ import annotations

import math

import numpy as np

from varddialog.statistics.inequality_groups import Array, Measure, Subgroups

# stands for a value of 0 in a logarithm
TINY = 1e-6


def between_group_variance(groups: Subgroups, confidence: float = 0.95) -> Measure:
    """Weighted mean squared distance from the mean (BGV), in the squared unit of the values."""
    _enough(groups)
    shares, away = groups.shares, groups.values - groups.mean
    error = None
    if groups.errors is not None:
        spread = shares**2 * groups.errors**2
        own = shares**2 * (1 - shares) ** 2 * groups.errors**4
        error = math.sqrt(4 * float(spread @ away**2) + 2 * float(spread.sum() ** 2 - (spread**2).sum() + own.sum()))
    return Measure.symmetric(float(shares @ away**2), error, confidence)


def between_group_deviation(groups: Subgroups) -> Measure:
    """Square root of the between-group variance (BGSD), in the unit of the values."""
    return Measure(math.sqrt(between_group_variance(groups).value))


def coefficient_of_variation(groups: Subgroups) -> Measure:
    """Between-group standard deviation in per cent of the mean (COV). ValueError: the mean is 0."""
    return Measure(100 * between_group_deviation(groups).value / _mean(groups))


def mean_difference(groups: Subgroups, point: float, *, weighted: bool) -> Measure:
    """Mean absolute distance of the subgroups from `point`, in the unit of the values; weighted with population or not.

    The point may be the best value (MDB), the weighted mean (MDM) or the value of a reference subgroup (MDR).
    """
    _enough(groups)
    return Measure(float(np.average(np.abs(groups.values - point), weights=groups.populations if weighted else None)))


def index_of_disparity(groups: Subgroups, *, weighted: bool) -> Measure:
    """Mean absolute distance from the mean in per cent of the mean (IDIS). ValueError: the mean is 0."""
    return Measure(100 * mean_difference(groups, groups.mean, weighted=weighted).value / _mean(groups))


def mean_log_deviation(groups: Subgroups, confidence: float = 0.95) -> Measure:
    """Mean of −ln(value ÷ mean), × 1000 (MLD). ValueError: a negative value."""
    relative, mean = _relative(groups)
    error = None
    if groups.errors is not None:
        error = 1000 * float(np.linalg.norm(groups.errors * groups.shares / mean * (1 - 1 / relative)))
    return Measure.symmetric(-1000 * float(groups.shares @ np.log(relative)), error, confidence)


def theil_index(groups: Subgroups, confidence: float = 0.95) -> Measure:
    """Mean of (value ÷ mean)·ln(value ÷ mean), × 1000 (TI). ValueError: a negative value."""
    relative, mean = _relative(groups)
    logs = np.log(relative)
    error = None
    if groups.errors is not None:
        slope = 1 + logs - float(groups.shares @ (relative * (1 + logs)))
        error = 1000 * float(np.linalg.norm(slope * groups.shares * groups.errors / mean))
    return Measure.symmetric(1000 * float(groups.shares @ (relative * logs)), error, confidence)


def _relative(groups: Subgroups) -> tuple[Array, float]:
    """Values ÷ mean with 0 lifted to a tiny value, and that mean."""
    _enough(groups)
    if np.any(groups.values < 0):
        raise ValueError("values: none below 0 for a measure that takes logarithms")
    lifted = np.where(groups.values == 0, TINY, groups.values)
    mean = float(groups.shares @ lifted)
    return lifted / mean, mean


def _mean(groups: Subgroups) -> float:
    if groups.mean == 0:
        raise ValueError("mean: a measure relative to the mean needs one other than 0")
    return groups.mean


def _enough(groups: Subgroups) -> None:
    if len(groups.values) < 3:
        raise ValueError("subgroups: at least three with a value")
