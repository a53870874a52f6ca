"""Gradient over ordered subgroups: concentration indices and the slope on log odds.

Source as in `inequality`. The logit slope answers another question than `slope_index`: do not compare the two.
"""

from __future__ import annotations

import math

import numpy as np

from varddialog.statistics.inequality_groups import Array, Measure, Subgroups, quantile
from varddialog.statistics.slope_index import ridits

NEWTON_STEPS = 50
NEWTON_STOP = 1e-10


def absolute_concentration(groups: Subgroups, confidence: float = 0.95) -> Measure:
    """Σ share × value × (2 × ridit − 1) (ACI), in the unit of the values; negative = concentrated among the worst-off.

    The standard error is that of the equivalent regression of the values on the ridits, weighted with population.
    ValueError: fewer than three subgroups, or without order.
    """
    _enough(groups)
    ranks = ridits(groups.populations.tolist())
    shares, away = groups.shares, ranks - 0.5
    spread = float(shares @ away**2)
    slope = float(shares @ (away * groups.values)) / spread
    residuals = groups.values - groups.mean - slope * away
    error = math.sqrt(float(shares @ residuals**2) / (len(residuals) - 2) / spread)
    return Measure.symmetric(2 * spread * slope, 2 * spread * error, confidence)


def relative_concentration(groups: Subgroups, confidence: float = 0.95) -> Measure:
    """ACI ÷ mean (RCI), −1 to 1. ValueError: as ACI, or the mean is 0."""
    absolute = absolute_concentration(groups, confidence)
    if groups.mean == 0 or absolute.standard_error is None:
        raise ValueError("mean: a relative measure needs one other than 0")
    return Measure.symmetric(absolute.value / groups.mean, absolute.standard_error / abs(groups.mean), confidence)


def logit_slope(groups: Subgroups, scale: float, confidence: float = 0.95) -> Measure:
    """Best-off end minus worst-off end of a logistic line on the ridits, in the unit of the values.

    The persons of a group both are its trials and weigh it, as in healthequal, with robust (HC1) errors.
    ValueError: as ACI, all values alike, or a value outside 0 to `scale`.
    """
    (low, high), cov = _logit_ends(groups, scale)
    error = math.sqrt(cov[0, 0] + cov[1, 1] - 2 * cov[0, 1])
    return Measure.symmetric(scale * (high - low), scale * error, confidence)


def logit_ratio(groups: Subgroups, scale: float, confidence: float = 0.95) -> Measure:
    """Best-off end ÷ worst-off end of the same line; standard error of its logarithm, limits turned back."""
    (low, high), cov = _logit_ends(groups, scale)
    error = math.sqrt(cov[0, 0] / low**2 + cov[1, 1] / high**2 - 2 * cov[0, 1] / (low * high))
    factor = math.exp(quantile(confidence) * error)
    return Measure(high / low, error, high / low / factor, high / low * factor)


def _logit_ends(groups: Subgroups, scale: float) -> tuple[tuple[float, float], Array]:
    """Fitted shares at rank 0 and 1, and their covariance; the line by Newton's method."""
    _enough(groups)
    if np.any(groups.values < 0) or np.any(groups.values > scale) or np.ptp(groups.values) == 0:
        raise ValueError(f"values: between 0 and the scale, {scale:g}, and not all alike")
    persons = np.ceil(groups.populations)
    share = np.round(groups.values / scale * persons) / persons
    weights = persons**2
    design = np.column_stack([np.ones_like(share), ridits(persons.tolist())])
    beta, bread, scores = _newton(design, share, weights)
    robust = bread @ (scores.T @ scores) @ bread * len(share) / (len(share) - 2)
    low, high = (float(1 / (1 + math.exp(-end))) for end in (beta[0], beta[0] + beta[1]))
    gradient = np.array([[low * (1 - low), 0.0], [high * (1 - high), high * (1 - high)]])
    covariance: Array = gradient @ robust @ gradient.T
    return (low, high), covariance


def _newton(design: Array, share: Array, weights: Array) -> tuple[Array, Array, Array]:
    """Coefficients of the weighted logistic line, the inverse of its information, and the score of each group."""
    beta = np.zeros(2)
    with np.errstate(over="ignore"):
        for _ in range(NEWTON_STEPS):
            fitted = 1 / (1 + np.exp(-design @ beta))
            information = (design.T * (weights * fitted * (1 - fitted))) @ design
            if not np.linalg.cond(information) < 1 / np.finfo(float).eps:
                break
            bread = np.asarray(np.linalg.inv(information), dtype=np.float64)
            scores = design * (weights * (share - fitted))[:, None]
            step = bread @ scores.sum(axis=0)
            beta = beta + step
            if np.abs(step).max() < NEWTON_STOP:
                return beta, bread, scores
    raise ValueError("values: no logistic line fits; groups at 0 or at the full scale only, on either side of a rank")


def _enough(groups: Subgroups) -> None:
    if len(groups.values) < 3 or not groups.ordered:
        raise ValueError("subgroups: at least three, in order from worst-off to best-off")
