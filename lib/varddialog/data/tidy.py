"""The embedded snapshot: a folder of tidy files is carried over into the store, normalised and checked, in one step.

Run as `python -m varddialog.data.tidy FOLDER --retrieved DATE`. The folder holds
`observations.csv`, `international.csv` and `deaths_population_by_age.csv`.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from varddialog.config import project
from varddialog.data.manifest import Manifest, Origin, Retrieval
from varddialog.data.schema import COLUMNS, NUMBERS, check_numbers, check_observations
from varddialog.data.sexes import under_own_sex
from varddialog.data.sources.terms import licence_of
from varddialog.data.verify import region_faults
from varddialog.data.write import FOREIGN, Content, write_content
from varddialog.errors import DataError, Fault, UserError
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.model.groups import age_label

_MONTHS = (
    "Januari", "Februari", "Mars", "April", "Maj", "Juni",
    "Juli", "Augusti", "September", "Oktober", "November", "December",
)  # fmt: skip


def read_tidy(path: Path) -> pd.DataFrame:
    """The tidy table as observations (data/schema.py), plus `source` and `unit` as the file writes them.

    Months become periods. A grouping whose only group is the whole of what the indicator counts
    (`Totalt`, or `80+` in an indicator about people over eighty) is no grouping.
    Raises DataError when it cannot be read, or does not say unit and source of each row.
    """
    text = ("indicator_id", "region_code", "sex", "group_type", "group", "unit", "source")
    numbers = ("year", "value", "ci_low", "ci_high", "numerator", "denominator")
    raw = _read_csv(path, text, numbers, keep_default_na=True)
    if faults := [
        Fault(f"{name}: fältet är tomt.", f"{path.name}, rad {row + 1}", todo="Fyll i det.")
        for name in ("unit", "source")
        for row in raw.index[raw[name].isna()]
    ]:
        raise DataError(*faults)
    table = raw.rename(
        columns={
            "indicator_id": "indicator",
            "region_code": "region",
            "group_type": "grouping",
            "ci_low": "low",
            "ci_high": "high",
        }
    )
    table[["grouping", "group"]] = table[["grouping", "group"]].fillna("")
    month = table["grouping"] == "månad"
    months = {name: f"{i:02d}" for i, name in enumerate(_MONTHS, 1)}
    table["period"] = ""
    table.loc[month, "period"] = table.loc[month, "year"].astype(str) + "-" + table.loc[month, "group"].map(months)
    groups = table[table["grouping"] != ""].groupby(["indicator", "grouping"])["group"].transform("nunique")
    # an indicator about people over eighty has that group alone; other lone groups are parts of a split
    alone = (groups.reindex(table.index) == 1) & (table["grouping"] == "ålder")
    whole = month | alone | table["group"].str.startswith("Totalt")
    table.loc[whole, ["grouping", "group"]] = ""
    age = table["grouping"] == "ålder"
    table.loc[age, "group"] = table.loc[age, "group"].map(age_label)
    table[NUMBERS] = table[NUMBERS].astype(float)
    return table[[*COLUMNS, "unit", "source"]]


def _read_csv(path: Path, text: Sequence[str], numbers: Sequence[str], keep_default_na: bool = True) -> pd.DataFrame:
    """The table at `path`, with these columns at least.

    Raises DataError when it cannot be read, lacks a column, or has something else where a number is due.
    """
    try:
        # in one piece, so that a column has one type
        table = pd.read_csv(path, dtype=dict.fromkeys(text, str), keep_default_na=keep_default_na, low_memory=False)
    except FileNotFoundError:
        raise DataError(Fault("Filen saknas.", path.name)) from None
    except (ValueError, OSError) as error:  # pandas' own errors and broken UTF-8 are ValueErrors
        raise DataError(Fault(f"Går inte att läsa som CSV: {str(error).strip()}.", path.name)) from None
    faults = [Fault(f"Kolumnen {name} saknas.", path.name) for name in (*text, *numbers) if name not in table]
    for name in numbers:
        if name in table and not pd.api.types.is_numeric_dtype(table[name]):
            wrong = table.loc[pd.to_numeric(table[name], errors="coerce").isna() & table[name].notna(), name]
            faults += [
                Fault(f"{name}: {cell!r} är inget tal.", f"{path.name}, rad {row}")
                for row, cell in zip(wrong.index.to_numpy() + 1, wrong, strict=True)
            ]
    if faults:
        raise DataError(*faults)
    return table


def write_store(source: Path, target: Path, catalogue: Catalogue, retrieved: str) -> Manifest:
    """Carry `source` over into the store at `target`, which changes in one step or not at all.

    Raises DataError with every row that does not fit; the store is then left as it was.
    """
    tidy = read_tidy(source / "observations.csv")
    observations = check_observations(tidy[COLUMNS].reset_index(drop=True), "observations.csv")
    unknown = sorted(set(observations["indicator"]) - set(catalogue.indicators))
    if unknown:
        raise DataError(Fault(f"Mått som inte står i katalogen: {', '.join(unknown)}.", "observations.csv"))
    observations = pd.concat(
        [under_own_sex(rows, catalogue.indicators[str(key)]) for key, rows in observations.groupby("indicator")]
    )
    if faults := region_faults(observations, catalogue, "observations.csv"):
        raise DataError(*faults)
    international = _international(source / "international.csv")
    population = _read_csv(
        source / "deaths_population_by_age.csv", ("region_code", "sex", "age_band"), ("year", "deaths", "population")
    )
    population = population.rename(columns={"region_code": "region"})
    whom = {"region": "enhet", "year": "år", "sex": "kön", "age_band": "ålder"}
    check_numbers(population, ["deaths", "population"], whom, "deaths_population_by_age.csv")

    content = Content(
        observations.assign(retrieval=np.int32(1)),
        {
            str(key): _origin(rows, catalogue.indicators[str(key)].period.kind, retrieved)
            for key, rows in tidy.groupby("indicator")
        },
        international[FOREIGN],
        {str(key): _origin(rows, "år", retrieved) for key, rows in international.groupby("series")},
        population,
        {"1": Retrieval(day=retrieved, source="filer som följer med projektet")},
    )
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    manifest = write_content(content, fresh, catalogue)
    old = target.with_name(target.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if target.exists():
        target.rename(old)
    fresh.rename(target)
    shutil.rmtree(old, ignore_errors=True)
    return manifest


def _international(path: Path) -> pd.DataFrame:
    """series, country, year, value, flag (the publisher's letter), unit, source."""
    table = _read_csv(path, ("indicator_id", "country", "unit", "source"), ("year", "value"), keep_default_na=False)
    table = table.rename(columns={"indicator_id": "series"})
    parts = table["source"].str.partition(", flag ")
    table["source"], table["flag"] = parts[0], parts[2]
    table["value"] = table["value"].astype(float)
    check_numbers(table, ["value"], {"series": "serie", "country": "land", "year": "år"}, path.name)
    return table.sort_values(["series", "country", "year"])[
        ["series", "country", "year", "value", "flag", "unit", "source"]
    ]


def _origin(rows: pd.DataFrame, period: str, retrieved: str) -> Origin:
    sources = " · ".join(dict.fromkeys(rows["source"]))
    publisher, _, channel = sources.partition(" via ")
    return Origin(
        publisher=publisher,
        channel=channel,
        unit=" · ".join(dict.fromkeys(rows["unit"])),
        period=period,
        retrieved=retrieved,
        licence=licence_of(sources),
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m varddialog.data.tidy", description=__doc__)
    parser.add_argument("folder", type=Path, help="the folder of tidy files")
    parser.add_argument("--retrieved", required=True, help="the day the figures were gathered, YYYY-MM-DD")
    arguments = parser.parse_args()
    here = project()
    try:
        manifest = write_store(arguments.folder, here.stores, load_catalogue(here), arguments.retrieved)
    except UserError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    print(f"{len(manifest.series)} mått, {sum(s.observations for s in manifest.series.values())} observationer")
    return 0


if __name__ == "__main__":
    sys.exit(main())
