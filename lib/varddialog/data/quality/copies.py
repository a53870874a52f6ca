"""Figures that stand twice: a series under two names, a year taken from another series, a year repeated."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import numpy as np
import pandas as pd

from varddialog.data.quality.material import Grid, Material, of_series, of_year, remarks, together
from varddialog.swedish import NBSP, listing

SERIES = "samma serie under två namn"
DIFFERS = "två källor skiljer sig"
YEAR = "årets värden hör till ett annat mått"
REPEATED = "året upprepar året före"

_FEWEST = 10  # equal values in fewer regions may be chance
_SAME = 0.9  # share of equal values that makes two sets of figures the same


def repeated_series(material: Material) -> pd.DataFrame:
    """One series under two names, told on the shorter; single years that belong to another series."""
    rows = material.observations
    rows = rows[(rows["grouping"] == "") & (rows["period"] == "")]
    wide = rows.pivot(index=["year", "region", "sex"], columns="indicator", values="value").sort_index()
    tables = []
    for one, other, equal, common in _pairs(wide):
        declared = [m for m in (material.indicator(one), material.indicator(other)) if m and m.duplicate_of in (one, other)]
        copy = declared[0].id if declared else min((one, other), key=lambda name: (int(wide[name].notna().sum()), name))
        source = other if copy == one else one
        own = int((rows["indicator"] == copy).sum())
        # a series that only meets the other in a part of its points is something more than a copy
        if equal.sum() >= _SAME * common.sum() and common.sum() >= 0.6 * own and len(equal) > 1 or declared:
            tables.append(remarks([of_series(copy)], SERIES, "upplysning" if declared else "osannolikt", [
                f"{equal.sum()} av {common.sum()} värden är desamma som i {material.title(source)}."
            ]))  # fmt: skip
        elif equal.sum() >= 0.5 * common.sum() and len(equal) > 1:
            tables.append(_differences(material, wide, copy, source))
        else:
            year = int((equal / common).idxmax())
            tables.append(_foreign_year(material, wide, (one, other), year, int(equal[year]), int(common[year])))
    return together(tables)


def repeated_years(material: Material) -> pd.DataFrame:
    """Years whose values are those of the year before, in a series that otherwise moves."""
    tables = []
    for grid in material.grids:
        regions = grid.regions
        if len(regions) < _FEWEST or typical_step(grid) < 5 * material.step(grid.indicator):
            continue
        known = material.indicator(grid.indicator)
        spans = known is not None and known.period.years > 1
        for before, year in pairwise(regions.columns):
            both = regions[[before, year]].dropna()
            equal = int((both[before] == both[year]).sum())
            if len(both) < _FEWEST or equal < _SAME * len(both):
                continue
            reason = f"{equal} av {len(both)} regioner har exakt samma värde {year} som {before}."
            reason += (
                " Samma flerårsvärde är skrivet på flera år, så det finns ingen förändring att läsa ut."
                if spans
                else " Det går inte att se vilket av åren värdena gäller."
            )
            tables.append(remarks([of_year(grid.indicator, year)], REPEATED, "upplysning" if spans else "osannolikt", [reason]))
    return together(tables)


def typical_step(grid: Grid) -> float:
    """How far a region usually moves between two years when it moves at all; 0 when nothing moves."""
    moves = np.abs(np.diff(grid.regions.to_numpy(float), axis=1)).ravel()
    moves = moves[moves > 0]
    return float(np.median(moves)) if len(moves) else 0.0


def _pairs(wide: pd.DataFrame) -> Iterator[tuple[str, str, pd.Series, pd.Series]]:
    """Pairs of indicators that share most values in at least one year: equal and common values by year."""
    names = list(wide.columns)
    found: dict[tuple[str, str], dict[int, tuple[int, int]]] = {}
    for year, rows in wide.groupby(level="year"):
        values = rows.to_numpy(float)
        held = np.flatnonzero((~np.isnan(values)).sum(axis=0) >= _FEWEST)
        values = values[:, held]
        there = (~np.isnan(values)).astype(int)
        common = there.T @ there
        equal = (values[:, :, None] == values[:, None, :]).sum(axis=0)
        for i, j in zip(*np.triu_indices(len(held), 1), strict=True):
            if common[i, j] >= _FEWEST:
                found.setdefault((names[held[i]], names[held[j]]), {})[int(str(year))] = (equal[i, j], common[i, j])
    for (one, other), years in found.items():
        table = pd.DataFrame(years, index=["equal", "common"]).T
        if (table["equal"] >= _SAME * table["common"]).any():
            yield one, other, table["equal"], table["common"]


def _differences(material: Material, wide: pd.DataFrame, copy: str, source: str) -> pd.DataFrame:
    """The points where two otherwise equal series part, year by year."""
    both = wide[[copy, source]].dropna()
    apart = both[(both[copy] != both[source])].reset_index()
    tables = []
    for year, rows in apart.groupby("year"):
        regions = [material.name(region) for region in rows["region"]]
        first = rows.iloc[0]
        reason = (
            f"Måttet har oftast samma värden som {material.title(source)}, men inte för {listing(regions)}. "
            f"{regions[0]} har {material.figure(copy, first[copy])} här och {material.figure(source, first[source])} där."
        )
        tables.append(remarks([of_year(copy, int(str(year)))], DIFFERS, "upplysning", [reason]))
    return together(tables)


def _foreign_year(
    material: Material, wide: pd.DataFrame, pair: tuple[str, str], year: int, equal: int, common: int
) -> pd.DataFrame:
    """The year stands wrong in the series where it breaks with the years around it."""

    def surprise(name: str) -> float:
        grid = wide[name].unstack("year").dropna(axis=1, how="all")  # noqa: PD010 - the index is unique
        moves = grid.diff(axis=1).abs().median()
        usual = moves.drop(year, errors="ignore").median()
        return float(moves.get(year, 0.0) / usual) if usual > 0 else 0.0

    wrong, right = sorted(pair, key=surprise, reverse=True)
    if surprise(wrong) == surprise(right):
        return together([])
    reason = (
        f"{equal} av {common} värden{NBSP}{year} är exakt desamma som i {material.title(right)}, "
        "men inga andra år är lika. Årets värden hör sannolikt till det måttet."
    )
    return remarks([of_year(wrong, year)], YEAR, "fel", [reason])
