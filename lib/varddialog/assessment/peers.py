"""Whom a region can learn from: the best region, a level that a quarter of them reach, and the regions most like it.

Counts, indicators of which neither way is better, and times at which fewer than ten regions report have no best region.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from varddialog.assessment.likeness import LIKENESS, POPULATION
from varddialog.assessment.regions import FEWEST_REGIONS
from varddialog.assessment.results import Result
from varddialog.assessment.uncertainty import LABELS, Level
from varddialog.data.rows import Observation
from varddialog.model.units import NATION, Unit
from varddialog.statistics import ranks
from varddialog.swedish import listing

NEIGHBOURS = 5
QUARTER = 4
CERTAINTY = 0.95


@dataclass(frozen=True)
class BestRegion:
    """The best value among the regions at one time, and the code of every region that has it."""

    codes: tuple[str, ...]
    value: float
    when: str


def best_region(result: Result) -> BestRegion | None:
    """The best region at the time of the result's latest value; None where there is none to name."""
    values = result.field.values
    if not values:
        return None
    best = max(values.values(), key=lambda value: result.indicator.turn * value)
    return BestRegion(tuple(sorted(c for c, v in values.items() if v == best)), best, result.latest.when)


def attainable(result: Result) -> float | None:
    """«Nåbar nivå»: the mean of the best quarter of the regions (rounded down: 5 of 21), each counted once.

    [own] In the manner of achievable benchmarks (Kiefe et al., Int J Qual Health Care 1998;10:443-447), which weight
    with patients; open figures seldom have the counts for that. Chance flatters the best, so the level is a little
    too good where values are uncertain.
    """
    values = result.field.values
    if not values:
        return None
    ordered = sorted(values.values(), key=lambda value: -result.indicator.turn * value)
    return fmean(ordered[: len(ordered) // QUARTER])


@dataclass(frozen=True)
class NearBest:
    """The regions that may be the best, those that certainly are not, and those whose uncertainty is unknown."""

    best: BestRegion
    not_told: frozenset[str]
    told: frozenset[str]
    unknown: frozenset[str]
    level: Level

    @property
    def label(self) -> str:
        """How the least certain of the values compared is known."""
        return LABELS[self.level]


def not_told_from_best(result: Result) -> NearBest | None:
    """Which regions cannot be told from the best one at the time of the result's latest value.

    A standard error is known at levels A, A* and B; None when it is not for a best region, or for fewer than ten.
    [own] The best is found by looking, so the 95 % hold for all comparisons with it together (one-sided,
    Bonferroni): the region that truly is the best is in the set 95 times in 100, whichever it is. One pairwise 95 %
    interval each would lose it up to twice in ten.
    """
    best, field = best_region(result), result.field
    if best is None or len(field.errors) < FEWEST_REGIONS or not field.errors.keys() >= set(best.codes):
        return None
    codes = sorted(field.errors)
    near = ranks.not_told_from_best(
        [field.values[c] for c in codes],
        [field.errors[c] for c in codes],
        high_is_good=result.indicator.turn > 0,
        confidence=1 - 2 * (1 - CERTAINTY) / (len(codes) - 1),
    )
    not_told = frozenset(c for c, is_near in zip(codes, near, strict=True) if is_near)
    return NearBest(best, not_told, frozenset(codes) - not_told, frozenset(field.values) - set(codes), field.level)


@dataclass(frozen=True)
class SimilarRegions:
    """The regions most like a unit, the nearest first, with their distances in standard deviations."""

    unit: Unit
    year: int
    distances: dict[str, float]
    compared: int

    @property
    def codes(self) -> tuple[str, ...]:
        return tuple(self.distances)

    @property
    def label(self) -> str:
        """What they are nearest by."""
        by = listing(LIKENESS.values())
        return f"närmast i {by}, {self.year}; standardiserade skillnader mellan {self.compared} regioner"


def similar_regions(unit: Unit, observations: Mapping[str, Sequence[Observation]]) -> SimilarRegions | None:
    """The five regions nearest in population (log), share aged 80 and over and share born abroad.

    observations: the rows of the three series, such as `Material.observations`. The year is the latest in which at
    least ten regions, the unit among them, have all three. [own] Distance: Euclidean over the differences in standard
    deviations of the regions. There are always five, however far; the distances say how alike. None for Riket.
    """
    by_year: dict[int, dict[str, dict[str, float]]] = {}
    for series in LIKENESS:
        for o in observations.get(series, ()):
            is_region = o.region != NATION and len(o.region) == len(NATION)
            if is_region and o.sex == "T" and not (o.grouping or o.period):
                by_year.setdefault(o.year, {}).setdefault(o.region, {})[series] = o.value
    for year in sorted(by_year, reverse=True):
        # a population of nobody is a fault of one region, which must not stop the others
        full = {
            code: found
            for code, found in by_year[year].items()
            if len(found) == len(LIKENESS) and found[POPULATION] > 0
        }
        if unit.code in full and len(full) >= FEWEST_REGIONS:
            return SimilarRegions(unit, year, _nearest(unit.code, full), len(full))
    return None


def _nearest(code: str, regions: Mapping[str, Mapping[str, float]]) -> dict[str, float]:
    scaled: dict[str, list[float]] = {region: [] for region in regions}
    for series in LIKENESS:
        values = {r: math.log(v[series]) if series == POPULATION else v[series] for r, v in regions.items()}
        spread = pstdev(values.values()) or 1.0
        for region, value in values.items():
            scaled[region].append(value / spread)
    # rounded, so that regions equally near come by code and not by the last bit
    distances = {r: round(math.dist(scaled[r], scaled[code]), 9) for r in regions if r != code}
    return dict(sorted(distances.items(), key=lambda found: (found[1], found[0]))[:NEIGHBOURS])
