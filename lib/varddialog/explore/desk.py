"""The desk: the ground of a cycle, and what has been computed of it so far. Everything that is shown is made of it."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

from varddialog.assessment.across import Across
from varddialog.assessment.assess import Assessment, assess, assess_all
from varddialog.assessment.ground import Ground, ground
from varddialog.assessment.groups import Comparison, comparisons
from varddialog.assessment.inside import Inside
from varddialog.assessment.peers import SimilarRegions, similar_regions
from varddialog.assessment.results import Country, Result
from varddialog.assessment.then_and_now import ThenAndNow, over_time
from varddialog.config import project
from varddialog.data.rows import Observation
from varddialog.explore.choice import Choice, Years
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Grouping, Indicator
from varddialog.model.units import Unit
from varddialog.pack.inside import inside_of

T = TypeVar("T")

# how many computed things are kept; the oldest are dropped, so that a long day at the screen does not fill the memory
KEPT = 2000


class What(NamedTuple):
    """An indicator (id), of one sex (K, M; empty: as the reports have it), in some years (None: all)."""

    indicator: str
    sex: str
    years: Years | None

    @classmethod
    def of(cls, choice: Choice) -> What:
        return cls(choice.indicator, choice.sex, choice.years)


class Desk:
    """Computes what the screen asks for, and keeps it. cycle: its name."""

    def __init__(self, on: Ground, cycle: str) -> None:
        self.on, self.cycle = on, cycle
        self._kept: OrderedDict[Any, Any] = OrderedDict()

    @property
    def catalogue(self) -> Catalogue:
        return self.on.catalogue

    def _once(self, key: Any, make: Callable[[], T]) -> T:
        if key not in self._kept:
            self._kept[key] = make()
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        self._kept.move_to_end(key)
        found: T = self._kept[key]
        return found

    def indicator(self, key: str) -> Indicator:
        return self.catalogue.indicators[key]

    def is_described(self, indicator: Indicator) -> bool:
        """Whether it belongs to the context, which is described and never assessed."""
        return indicator.id not in self.catalogue.dimension_of

    def observations(self, key: str) -> list[Observation]:
        """All rows of the indicator, those by group among them."""
        return self.on.material.observations.get(key, [])

    def results(self, what: What, unit: Unit) -> list[Result]:
        """As in the reports; for one sex or some years made in the same way of the rows that are left."""
        material, indicator = self.on.material, self.indicator(what.indicator)
        if indicator.id not in material.countries:
            return []
        if not what.sex and what.years is None:
            return material.results(indicator, unit)
        newest = material.newest_year if what.years is None else min(material.newest_year, what.years[1])
        return self._once(("results", what, unit.code), lambda: self._country(what).results(unit, newest))

    def _country(self, what: What) -> Country:
        known = self.on.material.countries[what.indicator]

        def make() -> Country:
            rows = [o for o in _within(self.observations(what.indicator), what.years) if what.sex in ("", o.sex)]
            return Country(known.indicator, rows, known.remarks, known.international)

        return self._once(("country", what), make)

    def assessments(self, what: What, unit: Unit) -> list[Assessment]:
        """The assessments of the results there are; what is only described has no answers."""
        return self._once(("assessments", what, unit.code), lambda: self._assess(what, unit))

    def _assess(self, what: What, unit: Unit) -> list[Assessment]:
        indicator = self.indicator(what.indicator)
        if what.sex or what.years is not None:
            found = [assess(result, ()) for result in self.results(what, unit)]
        else:
            found = [a for a in assess_all([indicator], unit, self.on.material) if a.result]
        if self.is_described(indicator):
            unsaid: dict[str, Any] = dict.fromkeys(("vs_nation", "vs_target", "trend", "variation", "inequality"))
            found = [replace(a, **unsaid, relation=None, outlying=False) for a in found]
        return found

    def everywhere(self, what: What) -> list[Assessment]:
        """The assessments of Riket and every region."""
        return [a for unit in self.catalogue.units.all for a in self.assessments(what, unit)]

    def over_time(self, what: What) -> list[ThenAndNow]:
        """The indicator in all regions, then and now: one, or one for each sex without a value for both."""
        return self._once(("over time", what), lambda: over_time(self.everywhere(what), self.catalogue.units))

    def across(self, what: What) -> list[Across]:
        """The same at one time; empty for counts and where fewer than three regions have a value."""
        return [t.across for t in self.over_time(what)]

    def similar(self, unit: Unit) -> SimilarRegions | None:
        return self._once(("similar", unit.code), lambda: similar_regions(unit, self.on.material.observations))

    def inside(self, indicator: Indicator, unit: Unit) -> list[Inside]:
        """What there is within the region."""

        def make() -> list[Inside]:
            return inside_of([indicator], unit, self.on).get(indicator.id, [])

        return self._once(("inside", indicator.id, unit.code), make)

    def groupings(self, indicator: Indicator) -> frozenset[str]:
        """What the indicator is split by, for any unit. Counts, and what is computed of counts, are not compared."""
        return self._once(("groupings", indicator.id), lambda: self._groupings(indicator))

    def _groupings(self, indicator: Indicator) -> frozenset[str]:
        if indicator.derived or indicator.is_count or indicator.id not in self.on.material.countries:
            return frozenset()
        rows = self.observations(indicator.id)
        found = {o.grouping for o in rows if o.grouping}
        found |= {"kön"} if {"K", "M"} <= {o.sex for o in rows if not o.grouping} else set()
        return frozenset(found | ({indicator.part.grouping} if indicator.part else set()))

    def comparisons(
        self, indicator: Indicator, grouping: Grouping, unit: Unit, years: Years | None
    ) -> list[Comparison]:
        """The indicator by group, for the unit or where it has no such figures for Riket; so its family's groups."""
        key = ("comparisons", indicator.id, grouping, unit.code, years)
        return self._once(key, lambda: self._compare(indicator, grouping, unit, years))

    def _compare(self, indicator: Indicator, grouping: Grouping, unit: Unit, years: Years | None) -> list[Comparison]:
        material = self.on.material
        if grouping not in self.groupings(indicator):
            return []
        family = [i for i in self.catalogue.indicators.values() if _same_family(i, indicator)]
        members = [i for i in family if i.id in material.countries] or [indicator]
        nation = self.catalogue.units.nation
        rows = {i.id: _within(material.sound(i, unit, nation), years) for i in members}
        found = comparisons(members, grouping, unit, nation, rows)
        wanted = {indicator.name} | ({indicator.part.family} if indicator.part else set())
        return [c for c in found if c.title in wanted]


def _within(rows: Iterable[Observation], years: Years | None) -> list[Observation]:
    return [o for o in rows if years is None or years[0] <= o.year <= years[1]]


def _same_family(one: Indicator, other: Indicator) -> bool:
    return one.part is not None and other.part is not None and one.part.family == other.part.family


_open: list[Desk] = []


def open_desk(cycle: str) -> Desk:
    """The desk of the project as it is now, with what has been computed on it as long as nothing has changed.

    Raises ParamsError for faulty params, UsageError for an unknown cycle, DataError for a missing or damaged store.
    """
    on = ground(project(), cycle)
    if not _open or _open[0].on is not on:
        _open[:] = [Desk(on, cycle)]
    return _open[0]
