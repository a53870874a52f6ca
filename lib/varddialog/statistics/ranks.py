"""Where a unit stands among the others: quantiles, ranks with intervals, and who cannot be told from the best."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from varddialog.statistics.checks import finite_array
from varddialog.statistics.intervals import normal_quantile


def quantile_categories(values: Sequence[float | None], number: int, *, highest_first: bool) -> list[int | None]:
    """Quantile 1 … `number` of each value, by rank; ties share the lowest rank (OHID, "assigning deprivation
    categories"). Quantile 1 holds the highest values when `highest_first`, else the lowest.

    None for a missing value, and for all when there are fewer values than quantiles. Other definitions in use
    (bounds by interpolation, SQL NTILE) place units differently where there are ties.
    Raises ValueError when `number` is under 2.
    """
    if number < 2:
        raise ValueError(f"{number} quantiles; allowed: 2 or more")
    present = [i for i, value in enumerate(values) if value is not None]
    categories: list[int | None] = [None] * len(values)
    if len(present) < number:
        return categories
    array = np.array([values[i] for i in present], dtype=float)
    ranks = rankdata(-array if highest_first else array, method="min").astype(int)
    for i, rank in zip(present, ranks, strict=True):
        # (number + 1) − ⌈(n + 1 − rank) ÷ (n ÷ number)⌉, in whole numbers
        categories[i] = number + 1 + (-(len(present) + 1 - int(rank)) * number) // len(present)
    return categories


@dataclass(frozen=True)
class RankInterval:
    """A rank, 1 the best, and the limits between which it may well lie."""

    rank: int
    lower: int
    upper: int


def rank_intervals(
    values: Sequence[float],
    standard_errors: Sequence[float],
    *,
    high_is_good: bool,
    confidence: float = 0.95,
    draws: int = 10_000,
    seed: int = 1,
) -> list[RankInterval]:
    """The rank of each value with an interval, from `draws` sets of normally distributed values with the given
    standard errors (Goldstein and Spiegelhalter 1996). Ties share the best rank.

    Drawn values spread more than the true ones, so the extremes drift towards the middle; the interval is widened
    to hold the rank itself. The same seed and values give the same answer whatever their order.
    Raises ValueError when the lengths differ, or a standard error is negative.
    """
    tail = (1 - confidence) / 2
    normal_quantile(confidence)
    points, errors = _values_and_errors(values, standard_errors)
    if len(points) == 0:
        return []
    worth = points if high_is_good else -points
    ranks = rankdata(-worth, method="min").astype(int)
    order = np.lexsort((errors, worth))
    noise = np.random.default_rng(seed).standard_normal((draws, len(points)))
    drawn = rankdata(-(worth[order] + noise * errors[order]), method="min", axis=1)
    limits = np.empty((2, len(points)), dtype=int)
    limits[0, order] = np.quantile(drawn, tail, axis=0, method="inverted_cdf")
    limits[1, order] = np.quantile(drawn, 1 - tail, axis=0, method="inverted_cdf")
    return [
        RankInterval(int(rank), min(int(rank), int(low)), max(int(rank), int(high)))
        for rank, low, high in zip(ranks, *limits, strict=True)
    ]


def not_told_from_best(
    values: Sequence[float], standard_errors: Sequence[float], *, high_is_good: bool, confidence: float = 0.95
) -> list[bool]:
    """For each value whether the interval of its difference from the best covers 0; true for the best itself.

    The values are taken as independent. Raises ValueError when the lengths differ, or a standard error is negative.
    """
    z = normal_quantile(confidence)
    points, errors = _values_and_errors(values, standard_errors)
    if len(points) == 0:
        return []
    best = int(np.argmax(points if high_is_good else -points))
    return [
        abs(point - points[best]) <= z * math.hypot(error, errors[best])
        for point, error in zip(points.tolist(), errors.tolist(), strict=True)
    ]


def _values_and_errors(
    values: Sequence[float], standard_errors: Sequence[float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    points, errors = finite_array("values", values), finite_array("standard errors", standard_errors)
    if len(points) != len(errors):
        raise ValueError(f"{len(points)} values and {len(errors)} standard errors; one of each a unit")
    if not (errors >= 0).all():
        raise ValueError("a standard error is negative; allowed: 0 or more")
    return points, errors
