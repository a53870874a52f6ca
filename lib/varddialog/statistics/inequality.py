"""Summary measures of inequality between subgroups, as WHO's health equity toolkit defines them.

Source of the measures: Schlotheuber and Hosseinpoor, Int J Environ Res Public Health 2022;19:3697; of the standard
errors: Ahn et al., JCO Clin Cancer Inform 2018;2:1–19, and Walter, Int J Epidemiol 1978;7:175–182. Standard errors are
always in the unit of the measure (the R package healthequal gives those of PAF, MLD, Theil and the logit slope on
the 0–1 scale).
"""

from __future__ import annotations

import math

from varddialog.statistics.inequality_groups import Measure, Subgroups, quantile


def difference(groups: Subgroups, high_is_good: bool, confidence: float = 0.95) -> Measure:
    """First minus second subgroup of `Subgroups.pair`, in the unit of the values."""
    first, second = groups.pair(high_is_good)
    error = None if groups.errors is None else math.hypot(groups.errors[first], groups.errors[second])
    return Measure.symmetric(float(groups.values[first] - groups.values[second]), error, confidence)


def ratio(groups: Subgroups, high_is_good: bool, confidence: float = 0.95) -> Measure:
    """First ÷ second subgroup; standard error of its logarithm, limits turned back. ValueError: a value not above 0."""
    first, second = groups.pair(high_is_good)
    over, under = float(groups.values[first]), float(groups.values[second])
    if over <= 0 or under <= 0:
        raise ValueError("ratio: both values must lie above 0")
    if groups.errors is None:
        return Measure(over / under)
    error = math.hypot(groups.errors[first] / over, groups.errors[second] / under)
    factor = math.exp(quantile(confidence) * error)
    return Measure(over / under, error, over / under / factor, over / under * factor)


def attributable_risk(groups: Subgroups, high_is_good: bool, scale: float, confidence: float = 0.95) -> Measure:
    """How far the mean would move if all had the value of the best subgroup (PAR), in the unit of the values.

    0 when the mean is already better. `scale` is the value of "everyone" (100 for per cent, 1000 for per thousand).
    """
    gain, fraction_error = _attributable(groups, high_is_good, scale)
    return Measure.symmetric(gain, abs(groups.mean) * fraction_error, confidence)


def attributable_fraction(groups: Subgroups, high_is_good: bool, scale: float, confidence: float = 0.95) -> Measure:
    """PAR in per cent of the mean (PAF). ValueError: the mean is 0."""
    gain, fraction_error = _attributable(groups, high_is_good, scale)
    return Measure.symmetric(100 * gain / groups.mean, 100 * fraction_error, confidence)


def _attributable(groups: Subgroups, high_is_good: bool, scale: float) -> tuple[float, float]:
    """Gain of the mean, and Walter's standard error of gain ÷ mean from the two-by-two table of persons."""
    if len(groups.values) < 3 or groups.mean == 0 or scale <= 0:
        raise ValueError("attributable risk: more than two subgroups, a mean other than 0, a scale above 0")
    best = groups.best(high_is_good)
    gain = float(groups.values[best]) - groups.mean
    total, reference = float(groups.populations.sum()), float(groups.populations[best])
    cases_reference = float(groups.values[best]) / scale * reference
    cases_rest = groups.mean / scale * total - cases_reference
    free_reference, free_rest = reference - cases_reference, total - reference - cases_rest
    inner = cases_rest * free_reference * (total - cases_reference) + free_rest * cases_reference**2
    variance = cases_reference * total * inner / ((cases_rest + cases_reference) ** 3 * reference**3)
    if variance < 0:
        raise ValueError(f"attributable risk: the values must lie between 0 and the scale, {scale:g}")
    return (max(gain, 0.0) if high_is_good else min(gain, 0.0)), math.sqrt(variance)
