"""Funnel limits with ordinary variation between units added to chance (Spiegelhalter 2005; as FunnelPlotR has them)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincinv

from varddialog.statistics.checks import finite_array
from varddialog.statistics.overdispersion import Floats, Kind, chance_error, rounded

# normal quantiles of the 95 % and 99.8 % limits, rounded as published
Z_95, Z_99_8 = 1.959964, 3.090232


@dataclass(frozen=True)
class Limits:
    """Lower and upper control limits of each unit, at 95 and 99.8 per cent."""

    lower_95: Floats
    upper_95: Floats
    lower_99_8: Floats
    upper_99_8: Floats


def overdispersed_limits(
    denominator: Sequence[float], kind: Kind, tau2: float, target: float = 1, multiplier: float = 1
) -> Limits:
    """Limits along a line of ascending denominators, with τ² added to the variance from chance; 0 for none.

    Limits of a proportion are made on the arcsine scale, which folds back at its ends: where the next limit shows
    that a lower limit has begun to rise again it is 0, and likewise an upper limit `multiplier`.
    Raises ValueError for a denominator not above 0, a negative τ², or a target that the scale does not hold.
    """
    base = _denominators(denominator)
    if not tau2 >= 0:
        raise ValueError(f"tau2 is {tau2}; allowed: 0 or more")
    if not (0 < target <= 1 if kind == "proportion" else target > 0):
        raise ValueError(f"target is {target}; allowed: above 0" + (", at most 1" if kind == "proportion" else ""))
    reach = np.sqrt(chance_error(base, kind) ** 2 + tau2)
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
    base = _denominators(denominator)
    scale = multiplier * target / base
    return Limits(
        *(
            scale * limit
            for tail in (0.025, 0.001)
            for limit in (gammaincinv(base, tail), gammaincinv(base + 1, 1 - tail))
        )
    )


def unit_limits(
    denominator: Sequence[float], kind: Kind, tau2: float | None, target: float = 1, multiplier: float = 1
) -> Limits:
    """Limits of each unit, in any order; τ² None for those from chance alone. SHMI rounds the expected events.

    Raises ValueError as `overdispersed_limits`.
    """
    base = _denominators(denominator)
    if kind == "SHMI":
        base = rounded(base)
    # a line through the units with a close neighbour above each, which shows where a proportion's limit folds
    line = np.unique(np.concatenate([base, base * 1.0001]))
    at = np.searchsorted(line, base)
    if tau2 is None:
        limits = unadjusted_limits(line.tolist(), kind, target, multiplier)
    else:
        limits = overdispersed_limits(line.tolist(), kind, tau2, target, multiplier)
    return Limits(limits.lower_95[at], limits.upper_95[at], limits.lower_99_8[at], limits.upper_99_8[at])


def _denominators(values: Sequence[float]) -> Floats:
    base = finite_array("denominator", values)
    if not (base > 0).all():
        raise ValueError(f"denominator is {base.min()}; allowed: above 0")
    return base


def _unfolded(limit: Floats, sign: int) -> Floats:
    """A limit along ascending denominators, at its bound wherever it does not close in on the centre."""
    folded = np.append(sign * np.diff(limit) > 0, False)
    return np.where(folded, 0.0 if sign < 0 else 1.0, limit)
