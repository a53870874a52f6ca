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

_MOVES = 5  # how many rounding steps values must usually move for a standstill to be odd
_FEWEST = 10  # equal values in fewer regions may be chance
_PART = 0.6  # a series that meets the other in fewer of its points is something more than a copy
_SAME = 0.9  # share of equal values that makes two sets of figures the same


def repeated_series(material: Material) -> pd.DataFrame:
    """One series under two names, told on the shorter; single years that belong to another series."""
    rows = material.observations
    rows = rows[(rows["grouping"] == "") & (rows["period"] == "")]
    wide = rows.pivot(index=["year", "region", "sex"], columns="indicator", values="value").sort_index()
    held = wide.notna().sum().to_dict()
    tables = []
    for one, other, equal, common in _pairs(material, wide):
        declared = [
            m for m in (material.indicator(one), material.indicator(other)) if m and m.duplicate_of in (one, other)
        ]
        copy = declared[0].id if declared else min((one, other), key=lambda name: (held[name], name))
        source = other if copy == one else one
        own = int((material.observations["indicator"] == copy).sum())
        share = equal.sum() / common.sum()
        if declared or (share >= _SAME and common.sum() >= _PART * own):
            tables.append(remarks([of_series(copy)], SERIES, "upplysning" if declared else "osannolikt", [
                f"{equal.sum()} av {common.sum()} värden är desamma som i {material.title(source)}."
            ]))  # fmt: skip
        if share >= 0.5:
            tables.append(_differences(material, wide, copy, source))
        else:
            year = int(equal.index[int(np.argmax(equal / common))])
            tables.append(_foreign_year(material, wide, (one, other), year, int(equal[year]), int(common[year])))
    return together(tables)


def repeated_years(material: Material) -> pd.DataFrame:
    """Years whose values are those of the year before, in a series that otherwise moves."""
    tables = []
    for grid in material.grids:
        regions = grid.regions
        if len(regions) < _FEWEST or typical_step(grid) < _MOVES * material.step(grid.indicator):
            continue
        known = material.indicator(grid.indicator)
        spans = known is not None and known.period.years > 1
        for before, year in pairwise(map(int, regions.columns)):
            both = int((regions[before].notna() & regions[year].notna()).sum())
            equal = int((regions[before] == regions[year]).sum())
            if both < _FEWEST or equal < _SAME * both:
                continue
            reason = f"{equal} av {both} regioner har exakt samma värde {year} som {before}."
            reason += (
                " Samma flerårsvärde är skrivet på flera år, så det finns ingen förändring att läsa ut."
                if spans
                else " Det går inte att se vilket av åren värdena gäller."
            )
            tables.append(
                remarks([of_year(grid.indicator, year)], REPEATED, "upplysning" if spans else "osannolikt", [reason])
            )
    return together(tables)


def typical_step(grid: Grid) -> float:
    """How far a region usually moves between two years when it moves at all; 0 when nothing moves."""
    moves = np.abs(np.diff(grid.regions.to_numpy(float), axis=1)).ravel()
    moves = moves[moves > 0]
    return float(np.median(moves)) if len(moves) else 0.0


def _pairs(material: Material, wide: pd.DataFrame) -> Iterator[tuple[str, str, pd.Series, pd.Series]]:
    """Pairs of indicators that share most values in at least one year: equal and common values by year."""
    names = list(wide.columns)
    suspects: set[tuple[str, str]] = set()
    for _, rows in wide.groupby(level="year"):
        values = rows.to_numpy(float)
        there = (~np.isnan(values)).astype(int)
        common = there.T @ there
        # one column against all at a time: every pair at once would be a cube of the whole store
        equal = np.array([(values == column[:, None]).sum(axis=0) for column in values.T])
        same = np.triu((common >= _FEWEST) & (equal >= _SAME * common), 1)
        suspects |= {(names[i], names[j]) for i, j in np.argwhere(same)}
    for one, other in sorted(suspects):
        both = wide[[one, other]].dropna()
        years = _alike(material, both, one, other).groupby(level="year")
        yield one, other, years.sum(), years.size()


def _alike(material: Material, both: pd.DataFrame, one: str, other: str) -> pd.Series[bool]:
    """Where two series have the same value, as far as the one with fewer decimals can tell."""
    allowed = 0.5 * max(material.step(one), material.step(other)) + 1e-9
    return (both[one] - both[other]).abs() <= allowed


def _differences(material: Material, wide: pd.DataFrame, copy: str, source: str) -> pd.DataFrame:
    """The points where two otherwise equal series part, year by year."""
    both = wide[[copy, source]].dropna()
    apart = both[~_alike(material, both, copy, source)].reset_index()
    tables = []
    for year, rows in apart.groupby("year"):
        regions = [material.name(region) for region in rows["region"]]
        first = rows.iloc[0]
        reason = (
            f"Måttet har oftast samma värden som {material.title(source)}, men inte för {listing(regions)}. "
            f"{regions[0]} har {material.figure(copy, first[copy])} här "
            f"och {material.figure(source, first[source])} där."
        )
        tables.append(remarks([of_year(copy, int(str(year)))], DIFFERS, "upplysning", [reason]))
    return together(tables)


def _foreign_year(
    material: Material, wide: pd.DataFrame, pair: tuple[str, str], year: int, equal: int, common: int
) -> pd.DataFrame:
    """The year stands wrong in the series where it breaks with the years around it."""

    def surprise(name: str) -> float:
        grid = wide[name].unstack("year").dropna(axis=1, how="all")
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
