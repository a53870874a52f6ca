"""Development against a reference: whether a series approaches it, follows it or falls behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from varddialog.statistics.checks import finite_array
from varddialog.statistics.mann_kendall import exact_mann_kendall
from varddialog.statistics.trend import adjusted_trend

Relation = Literal["approaching", "pulling_ahead", "falling_behind", "losing_lead", "following", "undecided"]

# two-sided, for the test without intervals
EXACT_LEVEL = 0.05


@dataclass(frozen=True)
class RelativeTrend:
    """Development against a reference: slope (per year) and change over the window of values minus reference."""

    relation: Relation
    slope: float
    change: float


def relative_trend(
    years: Sequence[float],
    values: Sequence[float],
    reference: Sequence[float],
    *,
    high_is_good: bool,
    standard_errors: Sequence[float] | None = None,
    relevance: float | None = None,
) -> RelativeTrend:
    """Whether a series approaches, follows or falls behind a reference, from the slope of the yearly differences.

    `standard_errors` are those of the differences; without them the exact Mann–Kendall test and Sen's slope are used.
    `relevance` is the smallest change over the window that matters, in the unit of the values. A proven change of at
    least that much is "approaching" (behind and gaining), "pulling_ahead" (ahead and gaining), "falling_behind"
    (behind and losing) or "losing_lead" (ahead and losing); behind or ahead is the mean difference of the window.
    "following" needs a 95 % interval of the change inside ±relevance; anything else is "undecided".
    ValueError: lists of different length, a negative relevance, else as `adjusted_trend` and `exact_mann_kendall`.
    """
    own, other = finite_array("values", values), finite_array("reference", reference)
    if len(own) != len(other) or (relevance is not None and relevance < 0):
        raise ValueError("reference: one value for each of the values; relevance: not below 0")
    differences: list[float] = ((own - other) if high_is_good else (other - own)).tolist()
    if standard_errors is None:
        test = exact_mann_kendall(years, differences)
        slope, change = test.line.slope, test.line.slope * (max(years) - min(years))
        proven, level, within = test.p < EXACT_LEVEL, float(np.mean(differences)), False
    else:
        trend = adjusted_trend(years, differences, standard_errors)
        slope, change, proven = trend.slope, trend.change, trend.direction != "none"
        level = float(np.mean([d for year, d in zip(years, differences, strict=True) if year >= trend.first]))
        within = relevance is not None and max(-trend.lower, trend.upper) < relevance
    relation: Relation = "following" if within else "undecided"
    if proven and abs(change) >= (relevance or 0.0):
        if slope > 0:
            relation = "pulling_ahead" if level >= 0 else "approaching"
        else:
            relation = "losing_lead" if level >= 0 else "falling_behind"
    turn = 1 if high_is_good else -1
    return RelativeTrend(relation, turn * slope, turn * change)
