"""A collaboration region (samverkansregion): its members beside each other, and how far apart they lie over time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from varddialog.assessment.across import Across
from varddialog.assessment.answer import Class
from varddialog.assessment.likeness import POPULATION
from varddialog.assessment.regions import FEWEST_REGIONS
from varddialog.assessment.then_and_now import SAME_SPREAD, earlier
from varddialog.assessment.uncertainty import comparable
from varddialog.data.rows import Observation
from varddialog.model.indicator import Indicator
from varddialog.model.units import CollaborationRegion, Unit
from varddialog.statistics.pairs import mean_difference, weighted_mean

# two members have one difference; more of them have a spread
FEWEST = 2


@dataclass(frozen=True)
class Moment:
    """The members at one time: how far apart two of them are on average, and the lowest and highest value."""

    when: str
    apart: float
    low: float
    high: float


@dataclass(frozen=True)
class Among:
    """One indicator among the members of a collaboration region.

    members: code → value, the best first (neutral: the highest first), at the time that is compared in the country.
    missing: members without a value to compare. moments: the times that all of `members` have comparable values, the
    last now; empty for fewer than two. country: time → how far apart two regions of the country are on average.
    mean: the members' mean weighted with population, our own calculation; None where it has no meaning or one lacks.
    """

    region: CollaborationRegion
    across: Across
    members: Mapping[str, float]
    missing: tuple[Unit, ...]
    moments: tuple[Moment, ...]
    country: Mapping[str, float]
    mean: float | None

    @property
    def indicator(self) -> Indicator:
        return self.across.indicator

    @property
    def now(self) -> Moment | None:
        return self.moments[-1] if self.moments else None

    @property
    def then(self) -> Moment | None:
        """Five years before now, or the first time after that; None where nothing earlier can be compared."""
        by_time = {m.when: m for m in self.moments[:-1]}
        return next((by_time[w] for w in earlier(self.indicator, self.across.when) if w in by_time), None)

    @property
    def way(self) -> Class | None:
        """Whether the members have come apart («ökar») or together since then; smaller changes are «oförändrat»."""
        if self.then is None or self.now is None:
            return None
        change = self.now.apart - self.then.apart
        if abs(change) <= SAME_SPREAD * self.then.apart:
            return "oförändrat"
        return "ökar" if change > 0 else "minskar"

    @property
    def share(self) -> float:
        """How far apart the members lie in parts of how far apart the regions of the country do."""
        country = self.country.get(self.across.when)
        return self.now.apart / country if self.now and country else 0.0


def has_mean(x: Across) -> bool:
    """Whether the members' values may be weighed together: shares and figures per inhabitant of the whole population.

    Medians, indices and shares of something else than people have no such mean.
    """
    indicator = x.indicator
    whole = x.example.sex == "T" and indicator.population == "alla"
    return whole and (indicator.measure == "procent" or indicator.unit.per_inhabitant)


def among(region: CollaborationRegion, x: Across, people: Mapping[tuple[str, int], float]) -> Among:
    """The members' values at the time of `x`. people: (region code, year) → population."""
    codes = {unit.code for unit in region.members}
    members = {code: x.values[code] for code in x.ordered if code in codes}
    missing = tuple(unit for unit in region.members if unit.code not in members)
    everywhere = {when: list(found.values()) for when, found in x.example.regions.items()}
    country = {when: mean_difference(found) for when, found in everywhere.items() if len(found) >= FEWEST_REGIONS}
    mean = _mean(members, int(x.when[:4]), people) if has_mean(x) and not missing else None
    return Among(region, x, members, missing, _moments(x, list(members)), country, mean)


def _moments(x: Across, codes: Sequence[str]) -> tuple[Moment, ...]:
    """Values in current prices are compared at one time only."""
    if len(codes) < FEWEST:
        return ()
    series = []
    for code in codes:
        result = x.regions[code].result
        assert result is not None
        series.append({p.when: p.value for p in comparable(x.indicator, result.points) if p.when <= x.when})
    shared = sorted(set(series[0]).intersection(*series[1:]))
    if x.indicator.prices == "löpande":
        shared = shared[-1:]
    found = []
    for when in shared:
        values = [one[when] for one in series]
        found.append(Moment(when, mean_difference(values), min(values), max(values)))
    return tuple(found)


def _mean(members: Mapping[str, float], year: int, people: Mapping[tuple[str, int], float]) -> float | None:
    """With the population of the year, or of the year before where that is not known yet."""
    for known in (year, year - 1):
        if all((code, known) in people for code in members):
            return weighted_mean(list(members.values()), [people[code, known] for code in members])
    return None


def populations(observations: Mapping[str, Sequence[Observation]]) -> dict[tuple[str, int], float]:
    """(region code, year) → population."""
    rows = observations.get(POPULATION, ())
    return {(o.region, o.year): o.value for o in rows if o.sex == "T" and not o.grouping}


def collaborations(
    regions: Iterable[CollaborationRegion], found: Iterable[Across], people: Mapping[tuple[str, int], float]
) -> dict[str, list[Among]]:
    """Slug of each collaboration region → its indicators, those that at least two members have at the same time."""
    shown = list(found)
    made = {region.slug: [among(region, x, people) for x in shown] for region in regions}
    return {slug: [one for one in rows if one.moments] for slug, rows in made.items()}
