"""Riket against its regions in measures per inhabitant: the mean of the regions, weighted by population, is Riket's."""

from __future__ import annotations

from varddialog.data.update.crosscheck import Agreement
from varddialog.data.update.merge import Merged
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.model.units import NATION

POPULATION = "SCB_FOLKMANGD"
# a standardised rate, or one of some ages alone, is weighted by others than the inhabitants
_SHARE = 0.02


def weighted_means(catalogue: Catalogue, merged: Merged) -> list[Agreement]:
    """What changed and is counted per inhabitant, for the years that Riket and every region have.

    differing: years in which the mean is off by more than 2 % of Riket's value and more than rounding.
    """
    rows = merged.observations[(merged.observations["sex"] == "T") & (merged.observations["grouping"] == "")]
    people = rows[rows["indicator"] == POPULATION].set_index(["region", "year"])["value"]
    regions = [unit.code for unit in catalogue.units.regions]
    found = []
    for indicator in catalogue.indicators.values():
        if indicator.id in merged.changed and indicator.unit.per_inhabitant:
            mine = rows[(rows["indicator"] == indicator.id) & (rows["period"] == "")]
            values = {(r, int(y)): float(v) for r, y, v in mine[["region", "year", "value"]].itertuples(index=False)}
            years = sorted(year for region, year in values if region == NATION)
            sizes = {y: {r: float(people[r, y]) for r in regions if (r, y) in people.index} for y in years}
            apart = {
                year: abs(sum(values[r, year] * n for r, n in own.items()) / sum(own.values()) - values[NATION, year])
                for year, own in sizes.items()
                if len(own) == len(regions) and all((r, year) in values for r in regions)
            }
            if apart:
                found.append(_agreement(indicator, apart, {year: values[NATION, year] for year in apart}))
    return found


def _agreement(indicator: Indicator, apart: dict[int, float], nation: dict[int, float]) -> Agreement:
    worst = max(apart, key=lambda year: apart[year])
    allowed = {year: max(_SHARE * abs(value), 10**-indicator.decimals) for year, value in nation.items()}
    return Agreement(
        indicator.id,
        "medel av regionerna, vägt med folkmängd",
        compared=len(apart),
        differing=sum(apart[year] > allowed[year] for year in apart),
        largest=apart[worst],
        at=(NATION, str(worst)),
    )
