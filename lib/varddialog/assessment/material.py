"""Everything that the results of some indicators are made of, read once for all units."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from varddialog.assessment.derived import derive, inherit
from varddialog.assessment.hiding import without_small
from varddialog.assessment.results import Country, Result
from varddialog.data.rows import ForeignValue, Observation
from varddialog.data.store import Store
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit


@dataclass(frozen=True)
class Material:
    """Observations, remarks and international values of some indicators, the derived ones among them."""

    observations: dict[str, list[Observation]]
    countries: dict[str, Country]
    newest_year: int
    _made: dict[tuple[str, str], list[Result]] = field(default_factory=dict)

    @classmethod
    def read(cls, indicators: Iterable[Indicator], store: Store, newest_year: int) -> Material:
        """The material of the indicators that have figures; newest_year: the last full year, for the age of values."""
        shown = [i for i in indicators if i.gap is None and i.duplicate_of is None]
        sources = {part for i in shown if i.derived for part in (i.derived.numerator, i.derived.denominator)}
        ids = sources.union(i.id for i in shown)
        observations, remarks = store.series(ids), store.remarks_on(ids)
        counted = {i.derived.numerator for i in shown if i.derived} | {i.id for i in shown if i.measure == "personer"}
        samples = {i.id for i in shown if i.sample}
        for key in observations.keys() - samples:
            safe = without_small(observations[key], values_count=key in counted)
            observations[key] = safe.observations
            remarks[key] = [*remarks.get(key, []), *safe.remarks]
        abroad = store.international([i.international.series for i in shown if i.international])
        countries = {}
        for i in shown:
            if i.derived is not None:
                counts, population = (observations.get(p, []) for p in (i.derived.numerator, i.derived.denominator))
                observations[i.id] = derive(i.id, i.derived, counts, population)
                remarks[i.id] = inherit(i.id, remarks.get(i.derived.numerator, []))
            foreign: list[ForeignValue] = abroad.get(i.international.series, []) if i.international else []
            countries[i.id] = Country(i, observations.get(i.id, []), remarks.get(i.id, []), foreign)
        return cls(observations, countries, newest_year)

    def sound(self, indicator: Indicator, *units: Unit) -> list[Observation]:
        """The indicator's rows for the units, without those that a remark questions."""
        grave = [r for r in self.countries[indicator.id].remarks if r.level != "upplysning"]
        single = {(r.region, r.year, r.period, r.sex, r.grouping, r.group) for r in grave}
        whole = {r.year for r in grave if not r.region}
        here = {unit.code for unit in units}
        return [
            o
            for o in self.observations.get(indicator.id, [])
            if o.region in here and o.year not in whole and (o[1:7] not in single)
        ]

    def results(self, indicator: Indicator, unit: Unit) -> list[Result]:
        """The indicator for the unit; see `Country.results`. Made once."""
        key = (indicator.id, unit.code)
        if key not in self._made:
            self._made[key] = self.countries[indicator.id].results(unit, self.newest_year)
        return self._made[key]
