"""How much units vary beyond chance, as NHS England's SHMI and the Care Quality Commission estimate it.

The variance between units, τ², comes from all of them, the most extreme tenth at each end held back so that the
outliers sought do not hide themselves (Spiegelhalter 2005 and 2012; the formulas as in FunnelPlotR).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.stats import chi2, rankdata

from varddialog.statistics.checks import finite_array

# standardised ratio on a log (SHMI) or square root (CQC) scale, proportion, ratio of two counts
Kind = Literal["SHMI", "CQC", "proportion", "ratio_of_counts"]

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Overdispersion:
    """How the units vary: φ is the mean squared z-score of the `number` units that were left to judge by (1 when
    chance is all), τ² the variance between units on the transformed scale, `target` the centre line. `p`: how likely
    units so unlike would be if all shared one level, from all units untrimmed (Cochran 1954)."""

    phi: float
    tau2: float
    number: int
    target: float
    p: float


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
        base = rounded(base)
    average = float(observed.sum() / base.sum())
    target = 1.0 if kind in ("SHMI", "CQC") else average
    if kind == "ratio_of_counts":
        error = np.sqrt(observed / (observed + 0.5) ** 2 + base / (base + 0.5) ** 2)
        score = (np.log((observed + 0.5) / (base + 0.5)) - np.log(average)) / error
    else:
        error = chance_error(base, kind)
        with np.errstate(divide="ignore"):
            score = (_transformed(observed / base, kind) - _transformed(np.array(target), kind)) / error
    same = _same_level(score, error)
    if kind == "SHMI":
        # of 1 / trim_by equal groups by rank, the first and the last are left out
        groups = np.floor(rankdata(score) / trim_by / (len(score) + 1))
        kept = (groups > 0) & (groups < 1 / trim_by - 1)
        score, error = score[kept], error[kept]
    else:
        score = np.clip(score, *np.quantile(score, [trim_by, 1 - trim_by]))
    if not np.isfinite(score).all():
        raise ValueError("units without events are not extreme here, and have no ratio on a log scale; use CQC")
    return _estimate(score, error, target, same)


def additive_overdispersion(
    values: Sequence[float], errors: Sequence[float], target: float, trim_by: float = 0.1
) -> Overdispersion:
    """φ and τ² from values with known standard errors, round `target`, on the values' own scale; scores winsorised.

    Raises ValueError for fewer than two units, lengths that differ, an error not above 0, or `trim_by` not in (0, 0.5).
    """
    points, error = finite_array("values", values), finite_array("errors", errors)
    if len(points) != len(error) or len(points) < 2:
        raise ValueError(f"{len(points)} values and {len(error)} errors; allowed: two units or more, both")
    if not (error > 0).all():
        raise ValueError(f"an error is {error.min()}; allowed: above 0")
    if not 0 < trim_by < 0.5:
        raise ValueError(f"trim_by is {trim_by}; allowed: a share above 0 and below 0.5")
    score = (points - target) / error
    winsorised = np.clip(score, *np.quantile(score, [trim_by, 1 - trim_by]))
    return _estimate(winsorised, error, target, _same_level(score, error))


def _same_level(score: Floats, error: Floats) -> float:
    """p of Cochran's Q: the squared scores round the precision-weighted mean of all units."""
    with np.errstate(invalid="ignore"):
        q = (score**2).sum() - (score / error).sum() ** 2 / (1 / error**2).sum()
    return float(chi2.sf(q, len(score) - 1)) if np.isfinite(q) else 0.0


def _estimate(score: Floats, error: Floats, target: float, same: float) -> Overdispersion:
    """φ and τ² from the scores that are left to judge by."""
    number = len(score)
    phi = float(np.mean(score**2)) if number else 0.0
    precision = 1 / error**2
    excess = number * phi - (number - 1)
    tau2 = excess / float(precision.sum() - (precision**2).sum() / precision.sum()) if number > 1 else 0.0
    return Overdispersion(phi, max(0.0, tau2), number, target, same)


def _units(numerator: Sequence[float], denominator: Sequence[float], kind: Kind) -> tuple[Floats, Floats]:
    observed, base = finite_array("numerator", numerator), finite_array("denominator", denominator)
    if len(observed) != len(base) or len(observed) < 2:
        raise ValueError(f"{len(observed)} numerators and {len(base)} denominators; allowed: two units or more, both")
    if not (observed >= 0).all() or not (base > 0).all() or observed.sum() == 0:
        raise ValueError("allowed: numerators of 0 or more, not all 0, and denominators above 0")
    if kind == "proportion" and (observed > base).any():
        raise ValueError("a numerator is above its denominator; a proportion is at most 1")
    return observed, base


def rounded(expected: Floats) -> Floats:
    """Expected events as the SHMI takes them, with two decimals."""
    return np.array([round(value, 2) for value in expected.tolist()])


def chance_error(base: Floats, kind: Kind) -> Floats:
    """The standard deviation that chance gives at each denominator, on the transformed scale of the limits."""
    error: Floats = 1 / np.sqrt(base) if kind == "SHMI" else 1 / (2 * np.sqrt(base))
    return error


def _transformed(ratio: Floats, kind: Kind) -> Floats:
    transformed: Floats = (
        np.log(ratio) if kind == "SHMI" else np.sqrt(ratio) if kind == "CQC" else np.arcsin(np.sqrt(ratio))
    )
    return transformed
