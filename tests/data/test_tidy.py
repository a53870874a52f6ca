"""Carrying tidy files over: figures are never changed, and a store is written whole or not at all."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from varddialog.config import ROOT_VARIABLE, Project
from varddialog.data import tidy, write
from varddialog.data.manifest import read_manifest
from varddialog.data.schema import COLUMNS, MANIFEST, ORDERINGS, POPULATION
from varddialog.data.store import Store
from varddialog.data.tidy import read_tidy, write_store
from varddialog.errors import DataError
from varddialog.model.catalogue import Catalogue, load_catalogue

WriteTidy = Callable[[Path, pd.DataFrame], Path]
HEADER = (
    "indicator_id,indicator_name_sv,region_code,region_name,year,sex,group_type,group,"
    "value,ci_low,ci_high,numerator,denominator,unit,source"
)

ALLOWED = "ändliga tal mellan −1 000 000 000 000 och 1 000 000 000 000".replace(" 000", "\u00a0000")


@pytest.fixture(scope="session")
def tidy_data(project: Project) -> Path:
    """The folder of tidy files that the committed store was written from."""
    folder = project.root.parent / "shared" / "data"
    if not (folder / "observations.csv").is_file():
        pytest.skip(f"THE SOURCE OF THE STORE IS NOT CHECKED: {folder} is not here")
    return folder


@pytest.fixture
def read(tmp_path: Path) -> Callable[..., pd.DataFrame]:
    """Rows as a reader of the tidy file meets them: `year,sex,group_type,group,value` of indicator M in region 12."""

    def tidy(*rows: str) -> pd.DataFrame:
        lines = []
        for row in rows:
            year, sex, grouping, group, value = row.split(",")
            lines.append(
                f"M,Mått,12,Region Skåne,{year},{sex},{grouping},{group},{value},,,,,procent,Utgivaren via Kolada"
            )
        path = tmp_path / "observations.csv"
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        return read_tidy(path)

    return tidy


def places(table: pd.DataFrame) -> list[tuple[str, str, str]]:
    return list(table[["period", "grouping", "group"]].itertuples(index=False, name=None))


# what the tidy file says


def test_a_month_is_a_period(read: Callable[..., pd.DataFrame]) -> None:
    table = read("2024,T,månad,Januari,1", "2024,T,månad,Oktober,2", "2025,T,månad,December,3")
    assert places(table) == [("2024-01", "", ""), ("2024-10", "", ""), ("2025-12", "", "")]


def test_every_month_has_its_number(read: Callable[..., pd.DataFrame]) -> None:
    names = "januari februari mars april maj juni juli augusti september oktober november december".title().split()
    table = read(*(f"2024,T,månad,{name},1" for name in names))
    assert list(table["period"]) == [f"2024-{number:02}" for number in range(1, 13)]


def test_a_lone_group_is_the_whole_population(read: Callable[..., pd.DataFrame]) -> None:
    assert places(read("2023,T,ålder,80+,1", "2024,T,ålder,80+,1")) == [("", "", "")] * 2
    assert places(read("2023,T,ålder,80+,1", "2023,T,ålder,65-79,1")) == [
        ("", "ålder", "80 år och äldre"),
        ("", "ålder", "65–79 år"),
    ]


def test_a_total_is_the_whole_population(read: Callable[..., pd.DataFrame]) -> None:
    table = read("2023,T,utbildning,Totalt,1", "2023,K,utbildning,Totalt (alla),1", "2023,T,utbildning,Gymnasial,1")
    assert places(table) == [("", "", ""), ("", "", ""), ("", "utbildning", "Gymnasial")]


def test_no_group_is_empty_text_and_no_number_is_missing(read: Callable[..., pd.DataFrame]) -> None:
    table = read("2023,T,,,1")
    assert list(table.columns) == [*COLUMNS, "unit", "source"]
    assert table.loc[0, ["indicator", "region", "sex", "period", "grouping", "group"]].tolist() == [
        "M", "12", "T", "", "", "",
    ]  # fmt: skip
    assert table[["low", "high", "numerator", "denominator"]].isna().all(axis=None)
    assert all(dtype == "float64" for dtype in table[["value", "low", "high", "numerator", "denominator"]].dtypes)
    assert table["year"].dtype == "int64"


def test_a_month_that_is_none_is_a_fault(
    tmp_path: Path, small_project: Project, tidy_rows: pd.DataFrame, write_tidy: WriteTidy
) -> None:
    rows = tidy_rows.assign(group_type=tidy_rows["group_type"].astype(object), group=tidy_rows["group"].astype(object))
    rows.loc[4, ["group_type", "group"]] = ["månad", "Januar"]
    known = load_catalogue(small_project)
    with pytest.raises(DataError, match=r"observations\.csv, rad 5: period: "):
        write_store(write_tidy(tmp_path / "in", rows), small_project.store, known, "2026-01-01")


# written whole or not at all


def unknown_indicator(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(indicator_id=rows["indicator_id"].where(rows.index != 3, "X99999"))


def bad_row(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(sex=rows["sex"].where(rows.index != 3, "F"))


def no_number(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(value=rows["value"].astype(object).where(rows.index != 3, "12,5"))


def no_year(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(year=rows["year"].astype(object).where(rows.index != 3, "i fjol"))


def with_value(text: str) -> Callable[[pd.DataFrame], pd.DataFrame]:
    return lambda rows: rows.assign(value=rows["value"].astype(object).where(rows.index != 3, text))


def no_source(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(source=rows["source"].where(rows.index != 3, None))


def same_row_twice(rows: pd.DataFrame) -> pd.DataFrame:
    return pd.concat([rows, rows.iloc[[3]]])


def lacks_columns(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop(columns=["region_code", "value"])


@pytest.mark.parametrize(
    ("change", "messages"),
    [
        (unknown_indicator, ["observations.csv: Mått som inte står i katalogen: X99999."]),
        (bad_row, ["observations.csv, rad 4: sex: 'F' uppfyller inte isin(['T', 'K', 'M'])."]),
        (no_number, ["observations.csv, rad 4: value: '12,5' är inget tal."]),
        (no_year, ["observations.csv, rad 4: year: 'i fjol' är inget tal."]),
        (
            same_row_twice,
            [
                "observations.csv, rad 4: Raden gäller samma observation som en annan rad.",
                "observations.csv, rad 309: Raden gäller samma observation som en annan rad.",
            ],
        ),
        *(
            (
                with_value(value),
                [
                    f"observations.csv, rad 4: value: {shown} (mått N00001, enhet 00, år 2021) kan inte vara en "
                    f"uppgift. Tillåtet: {ALLOWED}."
                ],
            )
            for value, shown in (("1e308", "1e+308"), ("-1e308", "-1e+308"), ("inf", "inf"), ("", "nan"))
        ),
        (no_source, ["observations.csv, rad 4: source: fältet är tomt. Fyll i det."]),
        (
            lacks_columns,
            ["observations.csv: Kolumnen region_code saknas.", "observations.csv: Kolumnen value saknas."],
        ),
    ],
)
def test_what_does_not_fit_leaves_the_store_as_it_was(
    small_project: Project,
    tmp_path: Path,
    tidy_rows: pd.DataFrame,
    write_tidy: WriteTidy,
    change: Callable[[pd.DataFrame], pd.DataFrame],
    messages: list[str],
) -> None:
    before = {path.name: path.read_bytes() for path in small_project.store.iterdir()}
    source = write_tidy(tmp_path / "in", change(tidy_rows))
    with pytest.raises(DataError) as caught:
        write_store(source, small_project.store, load_catalogue(small_project), "2026-02-02")
    assert str(caught.value).splitlines() == messages
    assert {path.name: path.read_bytes() for path in small_project.store.iterdir()} == before


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("observations.csv", None, "observations.csv: Filen saknas."),
        ("international.csv", None, "international.csv: Filen saknas."),
        ("deaths_population_by_age.csv", None, "deaths_population_by_age.csv: Filen saknas."),
        ("observations.csv", b"", "observations.csv: Går inte att läsa som CSV: "),
        ("observations.csv", b"a,b\n1,2\n1,2,3,4\n", "observations.csv: Går inte att läsa som CSV: "),
        ("observations.csv", b"a,b\n\xff\xfe,2\n", "observations.csv: Går inte att läsa som CSV: "),
        (
            "international.csv",
            b"indicator_id,country,year,value,unit,source\nEU,SE,2022,,u,s\n",
            "international.csv, rad 1: value: '' är inget tal.",
        ),
        *(
            (
                "international.csv",
                f"indicator_id,country,year,value,unit,source\nEU,SE,2022,{text},u,s\n".encode(),
                f"international.csv, rad 1: value: {shown} (serie EU, land SE, år 2022) kan inte vara en uppgift. "
                f"Tillåtet: {ALLOWED}.",
            )
            for text, shown in (("1e308", "1e+308"), ("inf", "inf"))
        ),
        (
            "deaths_population_by_age.csv",
            b"region_code,year,sex,age_band,deaths,population\n01,2022,K,0,1,\n12,2022,K,0,1,1e200\n",
            "deaths_population_by_age.csv, rad 1: population: nan (enhet 01, år 2022, kön K, ålder 0) kan inte vara en "
            f"uppgift. Tillåtet: {ALLOWED}.\n"
            "deaths_population_by_age.csv, rad 2: population: 1e+200 (enhet 12, ",
        ),
        (
            "deaths_population_by_age.csv",
            b"region_code,year,sex,age_band,deaths\n01,2022,K,0,1\n",
            "deaths_population_by_age.csv: Kolumnen population saknas.",
        ),
    ],
)
def test_a_file_that_cannot_be_read_is_told(
    small_project: Project,
    tmp_path: Path,
    tidy_rows: pd.DataFrame,
    write_tidy: WriteTidy,
    name: str,
    content: bytes | None,
    message: str,
) -> None:
    source = write_tidy(tmp_path / "in", tidy_rows)
    if content is None:
        (source / name).unlink()
    else:
        (source / name).write_bytes(content)
    with pytest.raises(DataError) as caught:
        write_store(source, small_project.store, load_catalogue(small_project), "2026-02-02")
    assert str(caught.value).startswith(message)


def test_a_write_that_breaks_off_leaves_the_store_as_it_was(
    small_project: Project,
    tmp_path: Path,
    tidy_rows: pd.DataFrame,
    write_tidy: WriteTidy,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    source = write_tidy(tmp_path / "in", tidy_rows.assign(value=1.0))
    known = load_catalogue(small_project)
    before = {path.name: path.read_bytes() for path in small_project.store.iterdir()}
    whole = write.write_table

    def full_disk(table: pd.DataFrame, path: Path) -> object:
        if path.name == POPULATION:
            raise OSError("No space left on device")
        return whole(table, path)

    with monkeypatch.context() as patched:
        patched.setattr(write, "write_table", full_disk)
        with pytest.raises(OSError, match="No space"):
            write_store(source, small_project.store, known, "2026-02-02")
    assert {path.name: path.read_bytes() for path in small_project.store.iterdir()} == before
    write_store(source, small_project.store, known, "2026-02-02")
    assert set(Store.of(small_project).observations()["value"]) == {1.0}
    assert [path.name for path in small_project.store.parent.iterdir()] == [small_project.store.name]


def test_the_manifest_tells_where_each_series_came_from(small_project: Project) -> None:
    manifest = read_manifest(small_project.store, "data/store")
    assert manifest.series.keys() == {"N00001", "N00002"}
    series = manifest.series["N00001"]
    assert (series.publisher, series.channel, series.period) == ("Utgivaren", "Kolada", "år")
    assert (series.first_year, series.last_year, series.regions, series.observations) == (2018, 2024, 21, 22 * 7)
    assert series.retrieved == "2026-01-01"
    assert series.licence is not None
    assert manifest.files.keys() == {path.name for path in small_project.store.iterdir()} - {MANIFEST}
    assert {name: stored.rows for name, stored in manifest.files.items() if name in ORDERINGS} == dict.fromkeys(
        ORDERINGS, 2 * 22 * 7
    )


def test_the_flag_of_an_international_value_stands_apart(small_project: Project) -> None:
    rows = Store.of(small_project).international(["EU_MORT"])["EU_MORT"]
    assert [(row.country, row.value, row.flag) for row in rows] == [("DK", 80.25, ""), ("SE", 71.5, "b")]


# the real data


def numbers(*cells: str | float | None) -> tuple[float | None, ...]:
    return tuple(None if cell in ("", None) or cell != cell else float(cell) for cell in cells)


def test_every_published_value_is_in_the_store_unchanged(
    project: Project, catalogue: Catalogue, tidy_data: Path
) -> None:
    """Counted past read_tidy and pandas, with Python's own reading of numbers. What concerns one sex is under it."""
    own = {i.id: {"kvinnor": "K", "män": "M"}.get(i.population) for i in catalogue.indicators.values()}
    with (tidy_data / "observations.csv").open(encoding="utf-8", newline="") as file:
        published = Counter(
            (r["indicator_id"], r["region_code"], int(r["year"]), own[r["indicator_id"]] or r["sex"],
             *numbers(r["value"], r["ci_low"], r["ci_high"], r["numerator"], r["denominator"]))
            for r in csv.DictReader(file)
        )  # fmt: skip
    for name in ORDERINGS:
        table = pq.read_table(project.store / name).select(
            ["indicator", "region", "year", "sex", "value", "low", "high", "numerator", "denominator"]
        )
        stored = Counter(
            (*row[:4], *numbers(*row[4:])) for row in zip(*(c.to_pylist() for c in table.columns), strict=True)
        )
        assert stored == published


def test_every_international_value_is_in_the_store_unchanged(project: Project, tidy_data: Path) -> None:
    with (tidy_data / "international.csv").open(encoding="utf-8", newline="") as file:
        published = Counter(
            (r["indicator_id"], r["country"], int(r["year"]), float(r["value"])) for r in csv.DictReader(file)
        )
    rows = Store.of(project).international({name for name, *_ in published})
    assert Counter((r.series, r.country, r.year, r.value) for values in rows.values() for r in values) == published


def test_the_same_data_give_the_same_bytes(
    project: Project, catalogue: Catalogue, tidy_data: Path, tmp_path: Path
) -> None:
    """Once here and once through the command, in a process with other hash values."""
    committed = read_manifest(project.store, "data/store")
    (retrieved,) = {series.retrieved for series in committed.series.values()}
    here = write_store(tidy_data, tmp_path / "här", catalogue, retrieved)
    (tmp_path / "params").symlink_to(project.params, target_is_directory=True)
    done = subprocess.run(
        [sys.executable, "-m", "varddialog.data.tidy", str(tidy_data), "--retrieved", retrieved],
        env={**os.environ, ROOT_VARIABLE: str(tmp_path), "PYTHONHASHSEED": "7"},
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    assert (
        done.stdout == f"{len(here.series)} mått, {sum(s.observations for s in here.series.values())} observationer\n"
    )
    there = tmp_path / "data" / "store"
    for path in (tmp_path / "här").iterdir():
        assert path.read_bytes() == (there / path.name).read_bytes(), path.name
    # the bytes of Parquet name its writer's version, so the committed files are compared by what they hold
    assert here.series == committed.series
    assert here.international == committed.international
    assert {name: stored.rows for name, stored in here.files.items()} == {
        name: stored.rows for name, stored in committed.files.items()
    }


def test_the_command_tells_faults_and_gives_the_exit_code_of_data(
    small_project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["tidy", str(tmp_path / "ingen"), "--retrieved", "2026-01-01"])
    assert tidy.main() == 11
    assert capsys.readouterr().err == "observations.csv: Filen saknas.\n"
    assert small_project.store.is_dir()
