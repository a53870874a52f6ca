"""Slope index and relative index of inequality: a straight line through groups ranked from worst-off to best-off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import NormalDist
from typing import Literal

import numpy as np
import numpy.typing as npt

from varddialog.statistics.checks import finite_array

# the scale on which a value varies symmetrically: itself, its logarithm, its log odds
Kind = Literal["normal", "rate", "proportion"]

Array = npt.NDArray[np.float64]

REPETITIONS = 100_000


@dataclass(frozen=True)
class Limits:
    """Simulated limits of both indices at one level of confidence (a share, 0.95)."""

    confidence: float
    slope_lower: float
    slope_upper: float
    relative_lower: float
    relative_upper: float


@dataclass(frozen=True)
class SlopeIndex:
    """`slope`: best-off end minus worst-off end of the line, in the unit of the values × multiplier.

    `relative`: best-off end ÷ worst-off end (turned when the multiplier is negative). `intercept`: the line at the
    worst-off end, in the unit of the values.
    """

    slope: float
    relative: float
    intercept: float
    limits: tuple[Limits, ...]


def errors_from_limits(lower: Sequence[float], upper: Sequence[float], kind: Kind) -> list[float]:
    """Standard errors on the scale of `kind`, from 95 % limits. ValueError: upper below lower, or outside the scale."""
    low, high = _onto(finite_array("lower", lower), kind), _onto(finite_array("upper", upper), kind)
    if low.shape != high.shape or np.any(high < low):
        raise ValueError("limits: one lower and one upper for each group, upper not below lower")
    errors: list[float] = ((high - low) / (2 * NormalDist().inv_cdf(0.975))).tolist()
    return errors


def ridits(populations: Sequence[float]) -> Array:
    """Mid-points of the cumulative population shares, 0 to 1, in the order given. ValueError: a population not > 0."""
    sizes = finite_array("populations", populations)
    if np.any(sizes <= 0):
        raise ValueError("populations: every group needs more than 0 persons")
    shares: Array = sizes / sizes.sum()
    return np.cumsum(shares) - shares / 2


def slope_index(
    values: Sequence[float],
    populations: Sequence[float],
    standard_errors: Sequence[float],
    *,
    kind: Kind,
    seed: int,
    transform: bool = False,
    multiplier: float = 1.0,
    confidence: Sequence[float] = (0.95,),
    repetitions: int = REPETITIONS,
) -> SlopeIndex:
    """Slope and relative index of inequality by least squares on ridits, weighted with population share.

    Groups stand from worst-off to best-off. `standard_errors` are on the scale of `kind` (see `errors_from_limits`).
    With `transform` the line is fitted on that scale and its ends are turned back; without it, on the values. The
    limits are percentiles of the indices of simulated group values. A negative multiplier makes positive = worse for
    the worst-off when high is good, and inverts the relative index.
    ValueError: fewer than three groups, lists of different length, a gap, a population not above 0, a negative
    standard error, a value outside the scale of `kind`, a confidence outside (0.5, 1), fewer than 1 000 repetitions.
    Source: Low and Low, J Public Health 2004;26:388–395, as used in the English public health profiles (phe_sii).
    """
    observed, errors = finite_array("values", values), finite_array("standard_errors", standard_errors)
    ranks = ridits(populations)
    if not 3 <= len(observed) == len(errors) == len(ranks):
        raise ValueError("groups: at least three, each with a value, a population and a standard error")
    if np.any(errors < 0):
        raise ValueError("standard_errors: none may be negative")
    if any(not 0.5 < level < 1 for level in confidence) or repetitions < 1000:
        raise ValueError("confidence: shares between 0.5 and 1; repetitions: at least 1000")
    weights = finite_array("populations", populations)
    fit = _line(ranks, weights)
    scaled = _onto(observed, kind)
    draws = np.random.default_rng(seed).normal(scaled, errors, size=(repetitions, len(scaled)))
    if transform:
        worst, best = _from(_ends(fit, scaled[None, :]), kind)
        worst_drawn, best_drawn = _from(_ends(fit, draws), kind)
    else:
        worst, best = _ends(fit, observed[None, :])
        worst_drawn, best_drawn = _ends(fit, _from(draws, kind))
    slopes = multiplier * (best_drawn - worst_drawn)
    ratios = worst_drawn / best_drawn if multiplier < 0 else best_drawn / worst_drawn
    return SlopeIndex(
        slope=float(multiplier * (best[0] - worst[0])),
        relative=float(worst[0] / best[0] if multiplier < 0 else best[0] / worst[0]),
        intercept=float(worst[0]),
        limits=tuple(_limits(slopes, ratios, level) for level in confidence),
    )


def _line(ranks: Array, weights: Array) -> Array:
    """The 2 × groups matrix that turns group values into the intercept and slope of the weighted line."""
    design = np.column_stack([np.ones_like(ranks), ranks])
    return np.asarray(np.linalg.solve((design.T * weights) @ design, design.T * weights), dtype=np.float64)


def _ends(fit: Array, values: Array) -> Array:
    """The line at rank 0 and at rank 1 for each row of values: 2 × rows."""
    intercept, slope = fit @ values.T
    return np.stack([intercept, intercept + slope])


def _limits(slopes: Array, ratios: Array, confidence: float) -> Limits:
    tails = [(1 - confidence) / 2, (1 + confidence) / 2]
    low, high = (float(q) for q in np.quantile(slopes, tails))
    ratio_low, ratio_high = (float(q) for q in np.quantile(ratios, tails))
    return Limits(confidence, low, high, ratio_low, ratio_high)


def _onto(values: Array, kind: Kind) -> Array:
    if kind == "normal":
        return values
    if np.any(values <= 0) or (kind == "proportion" and np.any(values >= 1)):
        raise ValueError(f"values: a {kind} lies above 0" + (" and below 1" if kind == "proportion" else ""))
    return np.log(values) if kind == "rate" else np.log(values / (1 - values))


def _from(values: Array, kind: Kind) -> Array:
    if kind == "normal":
        return values
    return np.exp(values) if kind == "rate" else 1 / (1 + np.exp(-values))
