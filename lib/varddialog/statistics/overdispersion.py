"""Funnel limits that allow for ordinary variation between units, beyond chance (Spiegelhalter 2005, 2012).

How much the units vary beyond chance, τ², is estimated from all of them, the most extreme tenth at each end held
back so that the outliers sought do not hide themselves. The formulas and constants are those of NHS England's SHMI
and of the Care Quality Commission, as FunnelPlotR has them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaincinv
from scipy.stats import rankdata

# normal quantiles of the 95 % and 99.8 % limits, rounded as published
Z_95, Z_99_8 = 1.959964, 3.090232

# standardised ratio on a log (SHMI) or square root (CQC) scale, proportion, ratio of two counts
Kind = Literal["SHMI", "CQC", "proportion", "ratio_of_counts"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Limits:
    """Lower and upper control limits of each unit, at 95 and 99.8 per cent."""

    lower_95: Floats
    upper_95: Floats
    lower_99_8: Floats
    upper_99_8: Floats


@dataclass(frozen=True)
class Overdispersion:
    """How the units vary: φ is the mean squared z-score of the `number` units that were left to judge by (1 when
    chance is all), τ² the variance between units on the transformed scale, `target` the centre line."""

    phi: float
    tau2: float
    number: int
    target: float


def overdispersion(
    numerator: Sequence[float], denominator: Sequence[float], kind: Kind, trim_by: float = 0.1
) -> Overdispersion:
    """Estimate φ and τ² from all units; SHMI leaves the extreme `trim_by` at each end out, the others pull them in
    to the quantile there (winsorise). SHMI takes the expected events rounded to two decimals.

    Raises ValueError for fewer than two units, lengths that differ, a negative numerator, a denominator not above 0,
    a proportion above 1, `trim_by` outside (0, 0.5), or ratios of 0 that are not extreme on a log scale.
    """
    observed, base = _units(numerator, denominator, kind)
    if not 0 < trim_by < 0.5:
        raise ValueError(f"trim_by is {trim_by}; allowed: a share above 0 and below 0.5")
    if kind == "SHMI":
        base = _rounded(base)
    average = float(observed.sum() / base.sum())
    target = 1.0 if kind in ("SHMI", "CQC") else average
    if kind == "ratio_of_counts":
        error = np.sqrt(observed / (observed + 0.5) ** 2 + base / (base + 0.5) ** 2)
        score = (np.log((observed + 0.5) / (base + 0.5)) - np.log(average)) / error
    else:
        error = _error(base, kind)
        with np.errstate(divide="ignore"):
            score = (_transformed(observed / base, kind) - _transformed(np.array(target), kind)) / error
    if kind == "SHMI":
        # of 1 / trim_by equal groups by rank, the first and the last are left out
        groups = np.floor(rankdata(score) / trim_by / (len(score) + 1))
        kept = (groups > 0) & (groups < 1 / trim_by - 1)
        score, error = score[kept], error[kept]
    else:
        score = np.clip(score, *np.quantile(score, [trim_by, 1 - trim_by]))
    number = len(score)
    if not np.isfinite(score).all():
        raise ValueError("units without events are not extreme here, and have no ratio on a log scale; use CQC")
    phi = float(np.mean(score**2)) if number else 0.0
    precision = 1 / error**2
    excess = number * phi - (number - 1)
    tau2 = excess / float(precision.sum() - (precision**2).sum() / precision.sum()) if number > 1 else 0.0
    return Overdispersion(phi, max(0.0, tau2), number, target)


def overdispersed_limits(
    denominator: Sequence[float], kind: Kind, tau2: float, target: float = 1, multiplier: float = 1
) -> Limits:
    """Limits along a line of ascending denominators, with τ² added to the variance from chance; 0 for none.

    Limits of a proportion are made on the arcsine scale, which folds back at its ends: where the next limit shows
    that a lower limit has begun to rise again it is 0, and likewise an upper limit `multiplier`.
    Raises ValueError for a denominator not above 0, a negative τ², or a target that the scale does not hold.
    """
    base = np.asarray(denominator, dtype=float)
    if not (base > 0).all():
        raise ValueError("a denominator is not above 0")
    if not tau2 >= 0:
        raise ValueError(f"tau2 is {tau2}; allowed: 0 or more")
    if not (0 < target <= 1 if kind == "proportion" else target > 0):
        raise ValueError(f"target is {target}; allowed: above 0" + (", at most 1" if kind == "proportion" else ""))
    reach = np.sqrt(_error(base, kind) ** 2 + tau2)
    pairs: list[Floats] = []
    for z in (Z_95, Z_99_8):
        for sign in (-1, 1):
            shift = sign * z * reach
            if kind == "CQC":
                limit = 1 + shift
            elif kind == "proportion":
                limit = _unfolded(np.sin(np.arcsin(np.sqrt(target)) + shift) ** 2, sign)
            else:
                limit = np.exp(np.log(1.0 if kind == "SHMI" else target) + shift)
            pairs.append(multiplier * limit)
    return Limits(*pairs)


def unadjusted_limits(denominator: Sequence[float], kind: Kind, target: float = 1, multiplier: float = 1) -> Limits:
    """Limits from chance alone: exact Poisson for standardised ratios, else `overdispersed_limits` without τ².

    Raises ValueError as `overdispersed_limits`.
    """
    if kind in ("proportion", "ratio_of_counts"):
        return overdispersed_limits(denominator, kind, 0, target, multiplier)
    base = np.asarray(denominator, dtype=float)
    if not (base > 0).all():
        raise ValueError("a denominator is not above 0")
    scale = multiplier * target / base
    return Limits(
        *(
            scale * limit
            for tail in (0.025, 0.001)
            for limit in (gammaincinv(base, tail), gammaincinv(base + 1, 1 - tail))
        )
    )


def standard_errors(denominator: Sequence[float], kind: Kind) -> Floats:
    """The standard deviation that chance gives at each denominator, on the transformed scale of the limits."""
    return _error(np.asarray(denominator, dtype=float), kind)


def unit_limits(
    denominator: Sequence[float], kind: Kind, tau2: float | None, target: float = 1, multiplier: float = 1
) -> Limits:
    """Limits of each unit, in any order; τ² None for those from chance alone. SHMI rounds the expected events.

    Raises ValueError as `overdispersed_limits`.
    """
    base = np.asarray(denominator, dtype=float)
    if kind == "SHMI":
        base = _rounded(base)
    # a line through the units with a close neighbour above each, which shows where a proportion's limit folds
    line = np.unique(np.concatenate([base, base * 1.0001]))
    at = np.searchsorted(line, base)
    if tau2 is None:
        limits = unadjusted_limits(line.tolist(), kind, target, multiplier)
    else:
        limits = overdispersed_limits(line.tolist(), kind, tau2, target, multiplier)
    return Limits(limits.lower_95[at], limits.upper_95[at], limits.lower_99_8[at], limits.upper_99_8[at])


def _units(numerator: Sequence[float], denominator: Sequence[float], kind: Kind) -> tuple[Floats, Floats]:
    observed, base = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    if len(observed) != len(base) or len(observed) < 2:
        raise ValueError(f"{len(observed)} numerators and {len(base)} denominators; allowed: two units or more, both")
    if not (observed >= 0).all() or not (base > 0).all() or observed.sum() == 0:
        raise ValueError("allowed: numerators of 0 or more, not all 0, and denominators above 0")
    if kind == "proportion" and (observed > base).any():
        raise ValueError("a numerator is above its denominator; a proportion is at most 1")
    return observed, base


def _rounded(expected: Floats) -> Floats:
    return np.array([round(value, 2) for value in expected.tolist()])


def _error(base: Floats, kind: Kind) -> Floats:
    error: Floats = 1 / np.sqrt(base) if kind == "SHMI" else 1 / (2 * np.sqrt(base))
    return error


def _transformed(ratio: Floats, kind: Kind) -> Floats:
    transformed: Floats = (
        np.log(ratio) if kind == "SHMI" else np.sqrt(ratio) if kind == "CQC" else np.arcsin(np.sqrt(ratio))
    )
    return transformed


def _unfolded(limit: Floats, sign: int) -> Floats:
    """A limit along ascending denominators, at its bound wherever it does not close in on the centre."""
    folded = np.append(sign * np.diff(limit) > 0, False)
    return np.where(folded, 0.0 if sign < 0 else 1.0, limit)
