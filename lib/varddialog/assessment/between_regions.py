"""How much the regions differ beyond chance, and which differ even when that is allowed for (a funnel with τ²).

From counts where every region has them: on the scale of shares (arcsine) or of rates (square root of observed over
expected). Otherwise from the values and their standard errors, which may come from the publisher or from the noise
of each region's own series. Source of τ²: Spiegelhalter 2005.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from varddialog.assessment.points import Point
from varddialog.assessment.uncertainty import PER
from varddialog.model.indicator import Indicator
from varddialog.statistics.overdispersed_limits import Z_99_8, unit_limits
from varddialog.statistics.overdispersion import Kind, additive_overdispersion, overdispersion

_LEVEL = 0.05


@dataclass(frozen=True)
class Between:
    """φ: the mean squared distance from Riket in standard errors, the outermost tenths pulled in; 1 when chance is all.

    tau2: the variance between regions that chance does not explain, on the scale of the counts (kind), or of the
    indicator's unit where kind is None. differs: whether regions so unlike are a poor match for one common level
    (Cochran's test at 5 %). outside: regions outside the 99.8 % limits, τ² included.
    """

    phi: float
    tau2: float
    kind: Kind | None
    differs: bool
    outside: frozenset[str]

    @property
    def spread(self) -> float | None:
        """τ in the indicator's unit; None when the scale is another."""
        return math.sqrt(self.tau2) if self.kind is None else None


def between(indicator: Indicator, points: Mapping[str, Point], errors: Mapping[str, float], nation: float) -> Between:
    """The variation between the regions of `points`. errors: their standard errors, in the indicator's unit."""
    codes = sorted(points)
    counted = _kind(indicator, points)
    if counted is not None:
        return _of_counts(counted, indicator, {code: points[code] for code in codes}, nation)
    values, known = [points[code].value for code in codes], [errors[code] for code in codes]
    found = additive_overdispersion(values, known, nation)
    outside = frozenset(
        code
        for code, value, error in zip(codes, values, known, strict=True)
        if abs(value - nation) > Z_99_8 * math.hypot(error, math.sqrt(found.tau2))
    )
    return Between(found.phi, found.tau2, None, found.p < _LEVEL, outside)


def _kind(indicator: Indicator, points: Mapping[str, Point]) -> Kind | None:
    """The scale of the counts; None where a region lacks them, where nothing has happened, and for other measures."""
    if indicator.sample or indicator.derived is not None or not any(p.numerator for p in points.values()):
        return None
    if any(p.numerator is None or not p.denominator for p in points.values()):
        return None
    if indicator.measure == "procent":
        return "proportion" if all(0 <= (p.numerator or 0) <= (p.denominator or 0) for p in points.values()) else None
    return "CQC" if indicator.measure in PER else None


def _of_counts(kind: Kind, indicator: Indicator, points: Mapping[str, Point], nation: float) -> Between:
    share = nation / (100 if kind == "proportion" else PER[indicator.measure])
    numerators = [p.numerator or 0.0 for p in points.values()]
    # for rates the denominator of the ratio is what Riket's rate would have given
    bases = [(p.denominator or 0.0) * (1 if kind == "proportion" else share) for p in points.values()]
    found = overdispersion(numerators, bases, kind)
    limits = unit_limits(bases, kind, found.tau2, target=share if kind == "proportion" else 1)
    outside = frozenset(
        code
        for code, n, base, low, high in zip(
            points, numerators, bases, limits.lower_99_8, limits.upper_99_8, strict=True
        )
        if not low <= n / base <= high
    )
    return Between(found.phi, found.tau2, kind, found.p < _LEVEL, outside)
