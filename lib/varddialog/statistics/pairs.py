"""How far units lie apart: the mean absolute difference of all pairs (Gini's mean difference).

Source: C. Gini, Variabilità e mutabilità (1912); S. Yitzhaki, «Gini's mean difference: a superior measure of
variability for non-normal distributions», Metron 2003;61:285-316. Unlike the range it does not grow with the number of
units, so groups of different size can be compared; with two units it is the difference between them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from varddialog.statistics.checks import finite_array


def mean_difference(values: Sequence[float]) -> float:
    """Mean of |a − b| over all pairs, in the unit of the values. ValueError: fewer than two values."""
    found: list[float] = finite_array("values", values).tolist()
    if len(found) < 2:
        raise ValueError("values: at least two")
    apart = [abs(a - b) for a, b in combinations(found, 2)]
    return sum(apart) / len(apart)


def weighted_mean(values: Sequence[float], weights: Sequence[float]) -> float:
    """Mean weighted with `weights`. ValueError: lists of different length, a weight below 0, or none above 0."""
    found, sizes = finite_array("values", values), finite_array("weights", weights)
    if len(found) != len(sizes) or any(sizes < 0) or not sizes.sum() > 0:
        raise ValueError("weights: one for each of the values, none below 0, not all 0")
    return float(found @ sizes / sizes.sum())
