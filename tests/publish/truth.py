"""What the reports ought to say, read from the store by other means than the reports' own."""

from __future__ import annotations

from dataclasses import dataclass, field

from varddialog.config import Project
from varddialog.data.rows import Observation, RemarkRow
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.model.units import NATION

GRAVE = ("fel", "osannolikt")
STALE_YEARS = 3  # methods: older than three years is no longer today's state


def side_of(indicator: Indicator, difference: float) -> str:
    """Days are more or fewer, all else is higher or lower."""
    above, below = ("fler", "färre") if indicator.measure.startswith("dagar") else ("högre", "lägre")
    return above if difference > 0 else below


Series = dict[str, Observation]  # time → observation


@dataclass
class Truth:
    """The store, read one indicator at a time."""

    project: Project
    catalogue: Catalogue
    _rows: dict[str, list[Observation]] = field(default_factory=dict)
    _remarks: dict[str, list[RemarkRow]] = field(default_factory=dict)

    def rows(self, indicator: Indicator) -> list[Observation]:
        """Every observation; those the project computes are computed here too."""
        if indicator.id not in self._rows:
            store = Store.of(self.project)
            if rule := indicator.derived:
                found = store.series([rule.numerator, rule.denominator])
                below = {o[1:7]: o.value for o in found[rule.denominator]}
                self._rows[indicator.id] = [
                    o._replace(value=o.value / below[o[1:7]] * rule.per, low=None, high=None)
                    for o in found[rule.numerator]
                    if below.get(o[1:7])
                ]
            else:
                self._rows[indicator.id] = store.series([indicator.id]).get(indicator.id, [])
        return self._rows[indicator.id]

    def remarks(self, indicator: Indicator) -> list[RemarkRow]:
        if indicator.id not in self._remarks:
            of = indicator.derived.numerator if indicator.derived else indicator.id
            found = Store.of(self.project).remarks_on([of]).get(of, [])
            self._remarks[indicator.id] = [r for r in found if r.region or not indicator.derived]
        return self._remarks[indicator.id]

    def whole(self, indicator: Indicator, region: str, sex: str) -> Series:
        """The whole population's values in time order."""
        mine = [o for o in self.rows(indicator) if (o.region, o.sex, o.grouping) == (region, sex, "")]
        return {o.when: o for o in sorted(mine, key=lambda o: o.when)}

    def sexes(self, indicator: Indicator, region: str) -> list[str]:
        """What is shown of a unit: both sexes together when there is such a value, otherwise each."""
        there = {o.sex for o in self.rows(indicator) if o.region == region and not o.grouping}
        return ["T"] if "T" in there else sorted(there)

    def doubts(self, indicator: Indicator, o: Observation) -> list[str]:
        """Why a value is not to be trusted: remarks on it, or on its whole year."""
        return [
            r.reason
            for r in self.remarks(indicator)
            if r.level in GRAVE
            and not r.grouping
            and (
                (r.region, r.year, r.period, r.sex) == (o.region, o.year, o.period, o.sex)
                or (not r.region and r.year == o.year)
            )
        ]

    def trusted(self, indicator: Indicator, when: str, sex: str) -> list[float]:
        """The regions' values at one time, questioned ones left out; none for counts, which are not compared."""
        if indicator.is_count:
            return []
        series = (self.whole(indicator, unit.code, sex) for unit in self.catalogue.units.regions)
        there = [s[when] for s in series if when in s]
        return [o.value for o in there if not self.doubts(indicator, o)]

    def nation(self, indicator: Indicator, sex: str) -> Series:
        """Riket's values; none for counts."""
        return {} if indicator.is_count else self.whole(indicator, NATION, sex)

    def is_doubted_now(self, indicator: Indicator, region: str, sex: str) -> bool:
        """Whether the latest value, or Riket's at the same time, is questioned."""
        latest = list(self.whole(indicator, region, sex).values())[-1]
        beside = self.nation(indicator, sex).get(latest.when)
        return any(self.doubts(indicator, o) for o in (latest, beside) if o)

    def is_today(self, indicator: Indicator, region: str, sex: str, newest_year: int) -> bool:
        """Whether the latest value still speaks of today."""
        latest = list(self.whole(indicator, region, sex).values())[-1]
        return indicator.discontinued is None and newest_year - latest.year <= STALE_YEARS
