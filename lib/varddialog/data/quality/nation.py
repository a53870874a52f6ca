"""Riket against its regions: a mean lies among them, a count is their sum."""

from __future__ import annotations

import pandas as pd

from varddialog.data.quality.material import COUNTS, Grid, Level, Material, remarks, together
from varddialog.model.units import NATION
from varddialog.swedish import number

OUTSIDE = "Riket ligger utanför regionerna"
SUM = "Riket är inte summan av regionerna"


def nation_and_regions(material: Material) -> pd.DataFrame:
    """Values of Riket that its regions do not allow.

    When only some regions report, Riket may rightly lie outside them: that is told, not held against it.
    """
    everyone = len(material.catalogue.units.regions)
    return together(_of_grid(material, grid, everyone) for grid in material.grids if NATION in grid.values.index)


def _of_grid(material: Material, grid: Grid, everyone: int) -> pd.DataFrame:
    known = material.indicator(grid.indicator)
    if known is None:
        return together([])
    regions, nation = grid.regions, grid.values.loc[NATION]
    reporting = regions.notna().sum()
    if known.measure in COUNTS:
        total = regions.sum()
        # half a per cent: the publisher may count people whose region is not known
        wrong = (reporting == everyone) & ((total - nation).abs() > 0.005 * nation.abs() + 1)
        years = [int(year) for year in nation.index[wrong.to_numpy()]]
        reasons = [
            f"Riket är {number(float(whole))}, men regionerna är tillsammans {number(float(parts))}."
            for whole, parts in zip(nation[years], total[years], strict=True)
        ]
        return remarks([grid.key(NATION, year) for year in years], SUM, "fel", reasons)
    low, high = regions.min(), regions.max()
    step = material.step(grid.indicator)
    wrong = ((nation < low - step) | (nation > high + step)) & (reporting > 1)
    tables = []
    for year in nation.index[wrong.to_numpy()]:
        some = int(reporting[year]) < everyone
        level: Level = "upplysning" if some else "fel"
        count = f" De {reporting[year]} regioner som redovisas är inte alla." if some else ""
        figure = material.figures(grid.indicator, [low[year], high[year]])
        reason = (
            f"Riket har {material.figure(grid.indicator, nation[year])}, men regionerna ligger mellan "
            f"{figure[0]} och {figure[1]}.{count}"
        )
        tables.append(remarks([grid.key(NATION, year)], OUTSIDE, level, [reason]))
    return together(tables)
