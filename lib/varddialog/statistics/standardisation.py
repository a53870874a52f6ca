"""Rates that the age structure of the population does not explain: direct and indirect standardisation.

Bands are given as sequences in one order: the same position is the same age (and sex) band everywhere.
A missing count (None) is no events. The standard population must be told wherever a rate is shown.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from varddialog.statistics.intervals import Interval, byar_limits, count_interval, normal_quantile

# fewer events than this carry no directly standardised rate
LEAST_EVENTS = 10

Counts = Sequence[float | None]
Bands = NDArray[np.floating[Any]]


@dataclass(frozen=True)
class StandardisedRate:
    """A directly standardised rate; `interval` is None when there are too few events for one."""

    total_count: float
    total_population: float
    interval: Interval | None


@dataclass(frozen=True)
class StandardisedRatio:
    """Observed and expected events of an area, and their ratio times the reference value."""

    observed: float
    expected: float
    interval: Interval


def directly_standardised_rate(
    count: Counts,
    population: Sequence[float],
    standard_population: Sequence[float],
    confidence: float = 0.95,
    multiplier: float = 100_000,
) -> StandardisedRate:
    """Directly standardised rate per `multiplier`, one event a person (Dobson et al. 1991, Byar's limits).

    Raises ValueError when the sequences differ in length, a count is negative, a population is not above 0,
    or the standard population is negative in a band or empty as a whole.
    """
    return directly_standardised_rate_of_recurrent_events(
        {1: count}, population, standard_population, confidence, multiplier
    )


def directly_standardised_rate_of_recurrent_events(
    persons: Mapping[float, Counts],
    population: Sequence[float],
    standard_population: Sequence[float],
    confidence: float = 0.95,
    multiplier: float = 100_000,
) -> StandardisedRate:
    """Directly standardised rate of events that one person can have several of, as readmissions.

    `persons` maps a number of events to how many persons, per band, had exactly that many. Such events are not
    independent, and the variance is Σ f²·var_f over the numbers f (OHID, technical guidance on DSRs).
    Raises ValueError as `directly_standardised_rate`.
    """
    normal_quantile(confidence)
    at_risk = np.asarray(population, dtype=float)
    standard = np.asarray(standard_population, dtype=float)
    if not (at_risk > 0).all():
        raise ValueError(f"population is {at_risk.tolist()}; allowed: above 0 in every band")
    if not (standard >= 0).all() or standard.sum() == 0:
        raise ValueError(f"standard population is {standard.tolist()}; allowed: 0 or more, and not 0 in all bands")
    weight = standard / standard.sum()
    _check_lengths(population=at_risk, standard_population=standard)

    events = np.zeros(len(at_risk))
    variance = 0.0
    for frequency, of_persons in persons.items():
        number = _counts(of_persons)
        _check_lengths(population=at_risk, count=number)
        events += frequency * number
        variance += frequency**2 * float(np.sum(weight**2 * number / at_risk**2))

    total = float(events.sum())
    if total < LEAST_EVENTS:
        return StandardisedRate(total, float(at_risk.sum()), None)
    value = float(np.sum(weight * events / at_risk))
    scale = math.sqrt(variance / total)
    lower, upper = byar_limits(total, confidence)
    interval = Interval(value, value + scale * ((lower or 0.0) - total), value + scale * (upper - total), "Dobson")
    return StandardisedRate(total, float(at_risk.sum()), interval.scaled(multiplier))


def indirectly_standardised_ratio(
    observed: float | Counts,
    population: Counts,
    reference_count: Counts,
    reference_population: Sequence[float],
    confidence: float = 0.95,
    refvalue: float = 1,
) -> StandardisedRatio:
    """Observed events over those expected at the reference's rates, times `refvalue` (100 for an index).

    `observed` is the events per band, or their total where the bands are not known. With the crude rate of the
    reference as `refvalue` the result is the indirectly standardised rate. Limits: `count_interval` of the observed
    events, over the expected (OHID). Two such ratios must not be compared with each other, only with the reference.
    Raises ValueError when the sequences differ in length, anything is negative, a reference population is not
    above 0, or no events are expected.
    """
    at_risk, reference_events = _counts(population), _counts(reference_count)
    reference = np.asarray(reference_population, dtype=float)
    if not (reference > 0).all():
        raise ValueError(f"reference population is {reference.tolist()}; allowed: above 0 in every band")
    _check_lengths(population=at_risk, reference_count=reference_events, reference_population=reference)
    if isinstance(observed, Sequence):
        of_bands = _counts(observed)
        _check_lengths(population=at_risk, count=of_bands)
        total = float(of_bands.sum())
    else:
        total = float(observed)
    expected = float(np.sum(at_risk * reference_events / reference))
    if expected == 0:
        raise ValueError("no events are expected; a ratio needs a band with both persons and reference events")
    return StandardisedRatio(total, expected, count_interval(total, confidence).scaled(refvalue / expected))


def _counts(values: Counts) -> Bands:
    array = np.array([0.0 if value is None else value for value in values], dtype=float)
    if not (array >= 0).all():
        raise ValueError(f"a band holds {array.min()}; allowed: 0 or more")
    return array


def _check_lengths(**sequences: Bands) -> None:
    if len({len(sequence) for sequence in sequences.values()}) != 1:
        lengths = ", ".join(f"{name} {len(sequence)}" for name, sequence in sequences.items())
        raise ValueError(f"the numbers of bands differ: {lengths}")
