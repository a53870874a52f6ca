"""What is not there: years inside a series, regions of a year; and years written with other decimals."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from varddialog.data.quality.material import Material, of_series, of_year, remarks, together
from varddialog.model.units import NATION
from varddialog.swedish import listing, plural

YEARS = "år saknas"
REGIONS = "regioner saknas"
ROUNDING = "annan avrundning"
DENOMINATOR = "underlaget ändras"
_NAMED = 6  # more regions than this are told as a number


def missing_years(material: Material) -> pd.DataFrame:
    """Years without a figure for any region between the first and the last year of a series."""
    tables = []
    for name, years in material.observations.groupby("indicator")["year"]:
        there = set(years)
        gone = [year for year in range(min(there), max(there) + 1) if year not in there]
        if gone:
            reason = (
                f"Uppgifter saknas för {listing(_spans(gone))}. "
                "Värden på var sin sida om en lucka ligger mer än ett år isär."
            )
            tables.append(remarks([of_series(str(name))], YEARS, "upplysning", [reason]))
    return together(tables)


def missing_regions(material: Material) -> pd.DataFrame:
    """Units that never have a figure, and years (or months) in which units that otherwise have one lack it."""
    everyone = {unit.code for unit in material.catalogue.units.all}
    whole = material.observations[material.observations["grouping"] == ""]
    columns = (whole["indicator"], whole["year"], whole["period"], whole["region"])
    there: dict[tuple[str, int, str], set[str]] = {}
    ever: dict[str, set[str]] = {}
    for name, year, period, region in zip(*columns, strict=True):
        there.setdefault((name, year, period), set()).add(region)
        ever.setdefault(name, set()).add(region)
    tables = []
    for name, seen in ever.items():
        never = sorted(everyone - seen - {NATION})
        # a series of Riket alone is that, not one where regions are missing
        if never and seen != {NATION}:
            reason = f"Uppgifter saknas helt för {_called(material, never)}."
            tables.append(remarks([of_series(name)], REGIONS, "upplysning", [reason]))
    for (name, year, period), regions in there.items():
        if gone := sorted(ever[name] - regions):
            reason = f"Uppgifter saknas {period or year} för {_called(material, gone)}."
            tables.append(remarks([of_year(name, year, period)], REGIONS, "upplysning", [reason]))
    return together(tables)


def other_rounding(material: Material) -> pd.DataFrame:
    """Years written in whole numbers when others have decimals, or the reverse."""
    table = material.observations
    whole = (table["value"] - table["value"].round()).abs() < 1e-6
    share = whole.groupby([table["indicator"], table["year"]]).agg(["mean", "size"])
    share = share[share["size"] >= 10]
    tables = []
    for name, years in share.groupby(level="indicator"):
        rounded, exact = years[years["mean"] == 1], years[years["mean"] < 0.5]
        if not len(rounded) or not len(exact):
            continue
        odd, word = (rounded, "hela tal") if len(rounded) <= len(exact) else (exact, "decimaler")
        other = "decimaler" if word == "hela tal" else "hela tal"
        keys = [of_year(str(name), int(year)) for year in odd.index.get_level_values("year")]
        reason = (
            f"Värdena är skrivna med {word} det året men med {other} andra år, "
            "så en liten skillnad kan vara avrundning."
        )
        tables.append(remarks(keys, ROUNDING, "upplysning", [reason] * len(keys)))
    return together(tables)


def changed_denominator(material: Material) -> pd.DataFrame:
    """Years in which the denominators together grow or shrink by more than a fifth from the year before."""
    table = material.observations.dropna(subset=["denominator"])
    case = ["indicator", "region", "sex", "grouping", "group"]
    wide = table[table["period"] == ""].pivot(index=case, columns="year", values="denominator")
    tables = []
    for name, rows in wide.groupby(level="indicator"):
        years = rows.dropna(axis=1, how="all").columns
        for before, year in pairwise(years):
            ratio = (rows[year] / rows[before]).median()
            if ratio < 0.8 or ratio > 1.25:
                reason = (
                    f"Underlaget är typiskt {100 * abs(ratio - 1):.0f} procent {'större' if ratio > 1 else 'mindre'} "
                    f"{year} än {before}. Värdena kan vara mer osäkra eller gälla en annan grupp."
                )
                tables.append(remarks([of_year(str(name), int(year))], DENOMINATOR, "upplysning", [reason]))
    return together(tables)


def _called(material: Material, regions: list[str]) -> str:
    if len(regions) <= _NAMED:
        return listing([material.name(region) for region in regions])
    some = len([region for region in regions if region != NATION])
    return plural(some, "region", "regioner") + (" och Riket" if NATION in regions else "")


def _spans(years: list[int]) -> list[str]:
    """Years in a row as one span: 2015, 2016, 2017, 2023 → 2015–2017, 2023."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
