"""Each quality check finds the fault it is for, and nothing in a store without faults."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import numpy as np
import pandas as pd
import pytest
from tests.making import indicator

from varddialog.config import project
from varddialog.data.quality import inspect
from varddialog.data.quality.material import COLUMNS
from varddialog.data.schema import COLUMNS as OBSERVED
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.model.framework import Framework
from varddialog.model.indicator import Indicator
from varddialog.model.read import read_yaml
from varddialog.model.units import NATION, UnitFile, Units
from varddialog.swedish import NBSP

YEARS = range(2016, 2026)
Change = Callable[[pd.DataFrame], pd.DataFrame | None]


def an_indicator(name: str, **fields: Any) -> Indicator:
    return indicator(**{"id": name, "slug": name.lower(), "name": f"Mått {name}", **fields})


@cache
def the_frame() -> tuple[Framework, Units]:
    here = project()
    framework = read_yaml(here.params / "framework.yml", Framework, here)
    return framework, Units(read_yaml(here.params / "units.yml", UnitFile, here).units)


def a_catalogue(*indicators: Indicator) -> Catalogue:
    framework, units = the_frame()
    return Catalogue(framework, {next(iter(framework.leaves())).slug: indicators}, units, {})


def a_series(name: str, *, seed: int = 1, level: float = 60.0, noise: float = 1.0, sex: str = "T") -> pd.DataFrame:
    """Ten years of all regions and Riket, with their own levels and ordinary noise."""
    random = np.random.default_rng(seed)
    regions = [unit.code for unit in the_frame()[1].regions]
    values = (
        level + random.normal(0, 4 * noise, (len(regions), 1)) + random.normal(0, noise, (len(regions), len(YEARS)))
    )
    table = pd.DataFrame(values, index=regions, columns=list(YEARS)).round(1)
    table.loc[NATION] = table.mean().round(1)
    rows = table.rename_axis("region").reset_index().melt("region", var_name="year", value_name="value")
    rows["year"] = rows["year"].astype(int)
    rows = rows.assign(indicator=name, period="", sex=sex, grouping="", group="")
    return rows.reindex(columns=OBSERVED).astype(
        {"low": float, "high": float, "numerator": float, "denominator": float}
    )


def put(rows: pd.DataFrame, region: str, year: int, **values: object) -> None:
    rows.loc[(rows["region"] == region) & (rows["year"] == year), list(values)] = list(values.values())


def shown(remarks: pd.DataFrame, check: str) -> list[tuple[str, str, int, str]]:
    rows = remarks[remarks["check"] == check]
    return list(zip(rows["indicator"], rows["region"], rows["year"], rows["level"], strict=True))


@pytest.mark.parametrize("seed", range(5))
def test_clean_series_gets_no_remarks(seed: int) -> None:
    table = pd.concat([a_series("A", seed=seed), a_series("B", seed=seed + 100)], ignore_index=True)
    remarks = inspect(table, a_catalogue(an_indicator("A"), an_indicator("B")))
    assert list(remarks.columns) == COLUMNS
    assert remarks.empty, remarks.to_string()


def test_no_observations() -> None:
    assert list(inspect(a_series("A")[:0], a_catalogue(an_indicator("A"))).columns) == COLUMNS


def too_large(rows: pd.DataFrame) -> None:
    put(rows, "14", 2025, value=146.1)


def too_small(rows: pd.DataFrame) -> None:
    put(rows, "14", 2025, value=-1.0)


def spike(rows: pd.DataFrame) -> None:
    put(rows, "23", 2021, value=20.0)


def two_year_spike(rows: pd.DataFrame) -> None:
    for year in (2019, 2020):
        put(rows, "03", year, value=95.0)


def last_year(rows: pd.DataFrame) -> None:
    put(rows, "25", 2025, value=20.0)


def first_year(rows: pd.DataFrame) -> None:
    put(rows, "22", 2016, value=3.3)


def shift(rows: pd.DataFrame) -> None:
    rows.loc[(rows["region"] == "19") & (rows["year"] >= 2020), "value"] -= 25


def everyone(rows: pd.DataFrame) -> None:
    rows.loc[rows["year"] >= 2020, "value"] += 9


def hundred(rows: pd.DataFrame) -> None:
    # less than a jump, but exactly at the limit
    rows.loc[rows["region"] == "14", "value"] = [93.0, 91, 94, 92, 91, 93, 94, 92, 91, 100]


def standstill(rows: pd.DataFrame) -> None:
    for year in (2018, 2019, 2020, 2021):
        put(rows, "12", year, value=61.3)


def slip(rows: pd.DataFrame) -> None:
    put(rows, "08", 2019, value=6.1)


def repeated_year(rows: pd.DataFrame) -> None:
    rows.loc[rows["year"] == 2019, "value"] = rows.loc[rows["year"] == 2018, "value"].to_numpy()


def nation(rows: pd.DataFrame) -> None:
    put(rows, NATION, 2022, value=5.0)


def counts(rows: pd.DataFrame) -> None:
    put(rows, "01", 2022, value=50.0, numerator=40, denominator=100)


def no_year(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop(rows[rows["year"] == 2020].index)


def no_region(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop(rows[(rows["year"] == 2023) & rows["region"].isin(["09", "18"])].index)


def rounded(rows: pd.DataFrame) -> None:
    rows.loc[rows["year"] == 2016, "value"] = rows.loc[rows["year"] == 2016, "value"].round()


def smaller_survey(rows: pd.DataFrame) -> None:
    rows["denominator"] = np.where(rows["year"] >= 2021, 700.0, 1000.0)


def stops(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.drop(rows[rows["year"] > 2021].index)


@pytest.mark.parametrize(
    ("change", "check", "region", "year", "level"),
    [
        (too_large, "utanför enhetens gränser", "14", 2025, "fel"),
        (too_small, "utanför enhetens gränser", "14", 2025, "fel"),
        (spike, "enstaka avvikande värde", "23", 2021, "osannolikt"),
        (two_year_spike, "enstaka avvikande värde", "03", 2019, "osannolikt"),
        (last_year, "språng det senaste året", "25", 2025, "osannolikt"),
        (first_year, "första året avviker", "22", 2016, "upplysning"),
        (shift, "nivåskifte", "19", 2020, "upplysning"),
        (everyone, "alla regioner rör sig samtidigt", "", 2020, "upplysning"),
        (hundred, "jämnt vid gränsen", "14", 2025, "osannolikt"),
        (standstill, "samma värde flera år i rad", "12", 2018, "osannolikt"),
        (slip, "möjligt decimalfel", "08", 2019, "osannolikt"),
        (repeated_year, "året upprepar året före", "", 2019, "osannolikt"),
        (nation, "Riket ligger utanför regionerna", NATION, 2022, "fel"),
        (counts, "täljare och nämnare ger ett annat värde", "01", 2022, "fel"),
        (no_year, "år saknas", "", 0, "upplysning"),
        (no_region, "regioner saknas", "", 2023, "upplysning"),
        (rounded, "annan avrundning", "", 2016, "upplysning"),
        (smaller_survey, "underlaget ändras", "", 2021, "upplysning"),
        (stops, "gammal", "", 0, "upplysning"),
    ],
)
def test_planted_fault_is_found(change: Change, check: str, region: str, year: int, level: str) -> None:
    faulty = a_series("A", seed=7)
    changed = change(faulty)
    faulty = faulty if changed is None else changed
    table = pd.concat([faulty, *(a_series(name, seed=i) for i, name in enumerate("BC", 20))], ignore_index=True)
    remarks = inspect(table, a_catalogue(*map(an_indicator, "ABC")))
    assert ("A", region, year, level) in shown(remarks, check)
    assert set(remarks["indicator"]) == {"A"}
    # a change of everyone or of a whole year is not told region by region
    if region == "":
        assert not (remarks["level"] == "osannolikt").any() or check == "året upprepar året före"
        assert set(remarks["region"]) == {""}


def test_reasons_are_swedish_sentences_with_their_figures() -> None:
    table = a_series("A")
    too_large(table)
    remarks = inspect(table, a_catalogue(an_indicator("A")))
    limit = remarks[remarks["check"] == "utanför enhetens gränser"]
    assert list(limit["reason"]) == [f"Värdet 146,1{NBSP}procent är större än 100 procent."]


def test_order_of_rows_does_not_matter() -> None:
    table = a_series("A", seed=7)
    spike(table)
    catalogue = a_catalogue(an_indicator("A"))
    pd.testing.assert_frame_equal(
        inspect(table, catalogue), inspect(table.sample(frac=1, random_state=1).reset_index(drop=True), catalogue)
    )


def test_finance_swings_as_it_should() -> None:
    table = a_series("A", level=2, seed=7)
    put(table, "24", 2021, value=40.0)
    assert inspect(table, a_catalogue(an_indicator("A", measure="procent_fri"))).empty


def sexes(name: str, total: float, women: float, men: float) -> pd.DataFrame:
    """One region and year by sex."""
    rows = a_series(name)
    one = rows[(rows["region"] == "01") & (rows["year"] == 2025)]
    values = zip("TKM", (total, women, men), strict=True)
    return pd.concat([one.assign(sex=sex, value=value) for sex, value in values], ignore_index=True)


@pytest.mark.parametrize(
    ("measure", "parts", "check"),
    [
        ("procent", (50.0, 60.0, 70.0), "totalen ligger utanför könen"),
        ("procent", (65.0, 60.0, 70.0), None),
        ("procent", (60.0, 60.1, 60.1), None),
        ("antal", (110.0, 60.0, 70.0), "totalen är inte summan av könen"),
        ("antal", (130.0, 60.0, 70.0), None),
    ],
)
def test_total_and_sexes(measure: str, parts: tuple[float, float, float], check: str | None) -> None:
    remarks = inspect(sexes("A", *parts), a_catalogue(an_indicator("A", measure=measure)))
    found = remarks[remarks["level"] != "upplysning"]
    assert list(zip(found["check"], found["sex"], found["level"], strict=True)) == (
        [(check, "T", "fel")] if check else []
    )


def test_denominators_of_the_sexes_make_the_total() -> None:
    table = sexes("A", 65, 60, 70).assign(denominator=[900.0, 500, 500])
    assert shown(inspect(table, a_catalogue(an_indicator("A"))), "totalen är inte summan av könen") == [
        ("A", "01", 2025, "fel")
    ]


def test_group_larger_than_everyone() -> None:
    rows = a_series("A")
    one = rows[(rows["region"] == "01") & (rows["year"] == 2025)].assign(value=100.0)
    groups = [one.assign(grouping="ålder", group=g, value=v) for g, v in (("0–19 år", 120.0), ("20–64 år", 60.0))]
    remarks = inspect(pd.concat([one, *groups], ignore_index=True), a_catalogue(an_indicator("A", measure="personer")))
    assert list(remarks.loc[remarks["check"] == "en grupp är större än helheten", "group"]) == ["0–19 år"]


def test_part_larger_than_whole_is_told_on_both() -> None:
    part, whole = a_series("N70642", level=30), a_series("N70641", level=60, seed=2)
    catalogue = a_catalogue(an_indicator("N70642"), an_indicator("N70641"))
    assert inspect(pd.concat([part, whole], ignore_index=True), catalogue).empty
    put(
        part,
        "12",
        2020,
        value=float(whole.loc[(whole["region"] == "12") & (whole["year"] == 2020), "value"].iloc[0]) + 1,
    )
    found = shown(
        inspect(pd.concat([part, whole], ignore_index=True), catalogue), "större än det mått det är en del av"
    )
    assert found == [("N70641", "12", 2020, "fel"), ("N70642", "12", 2020, "fel")]


def test_nation_is_the_sum_of_its_regions() -> None:
    table = a_series("A", level=5000, noise=40)
    table["value"] = table["value"].round()
    sums = table[table["region"] != NATION].groupby("year")["value"].sum()
    table.loc[table["region"] == NATION, "value"] = table["year"].map(sums)
    catalogue = a_catalogue(an_indicator("A", measure="antal"))
    assert inspect(table, catalogue).empty
    put(table, NATION, 2020, value=sums[2020] * 1.1)
    assert shown(inspect(table, catalogue), "Riket är inte summan av regionerna") == [("A", NATION, 2020, "fel")]


def test_nation_outside_a_part_of_the_regions_is_only_told() -> None:
    table = a_series("A")
    nation(table)
    table = table[~table["region"].isin(["01", "12", "14"])].reset_index(drop=True)
    found = shown(inspect(table, a_catalogue(an_indicator("A"))), "Riket ligger utanför regionerna")
    assert found == [("A", NATION, 2022, "upplysning")]


def test_one_series_under_two_names() -> None:
    first = a_series("A")
    table = pd.concat([first, first.assign(indicator="B")[:-30]], ignore_index=True)
    check = "samma serie under två namn"
    assert shown(inspect(table, a_catalogue(an_indicator("A"), an_indicator("B"))), check) == [
        ("B", "", 0, "osannolikt")
    ]
    declared = a_catalogue(an_indicator("A"), an_indicator("B", duplicate_of="A"))
    assert shown(inspect(table, declared), check) == [("B", "", 0, "upplysning")]


def test_points_where_two_names_differ() -> None:
    first = a_series("A")
    second = first.assign(
        indicator="B", value=first["value"] + 0.01 * (first["year"] == 2017)
    )  # rounding is no difference
    put(second, "09", 2020, value=61.9)
    table = pd.concat([first, second], ignore_index=True)
    remarks = inspect(table, a_catalogue(an_indicator("A"), an_indicator("B", duplicate_of="A")))
    assert [year for _, _, year, _ in shown(remarks, "två källor skiljer sig")] == [2020]
    assert remarks.loc[remarks["check"] == "två källor skiljer sig", "reason"].str.contains("Gotland").all()


def test_year_that_belongs_to_another_series() -> None:
    first, second = a_series("A", seed=3), a_series("B", seed=4, level=40)
    second.loc[second["year"] == 2025, "value"] = first.loc[first["year"] == 2025, "value"].to_numpy()
    remarks = inspect(pd.concat([first, second], ignore_index=True), a_catalogue(an_indicator("A"), an_indicator("B")))
    assert shown(remarks, "årets värden hör till ett annat mått") == [("B", "", 2025, "fel")]
    # told once, not region by region
    assert set(remarks["region"]) == {""}


def test_same_mean_on_several_years_is_told_but_may_be_assessed() -> None:
    table = a_series("A")
    repeated_year(table)
    catalogue = a_catalogue(an_indicator("A", period={"kind": "rullande", "years": 3}))
    remarks = inspect(table, catalogue)
    assert shown(remarks, "året upprepar året före") == [("A", "", 2019, "upplysning")]
    assert shown(remarks, "överlappande perioder") == [("A", "", 0, "upplysning")]


def test_zero_year_after_year_is_told() -> None:
    table = a_series("A", level=30)
    for year in range(2020, 2026):
        put(table, "07", year, value=0.0)
    remarks = inspect(table, a_catalogue(an_indicator("A", measure="per_1000")))
    assert {level for *_, level in shown(remarks, "noll flera år i rad")} == {"upplysning"}


def test_discontinued_series_is_old() -> None:
    remarks = inspect(a_series("A"), a_catalogue(an_indicator("A", discontinued=2025)))
    assert shown(remarks, "gammal") == [("A", "", 0, "upplysning")]


def test_region_that_never_reports_is_told_once() -> None:
    table = a_series("A")
    remarks = inspect(table[table["region"] != "09"].reset_index(drop=True), a_catalogue(an_indicator("A")))
    assert shown(remarks, "regioner saknas") == [("A", "", 0, "upplysning")]
    assert remarks["reason"].str.contains("Gotland").all()


# indicator, region, year, level: faults that stand in the published figures
KNOWN = [
    ("N79221", "14", 2025, "fel"),  # 146.1 per cent
    ("N79222", "14", 2025, "osannolikt"),  # exactly 100 per cent
    ("N70467", "", 2025, "fel"),  # all figures are those of U70448
    ("U79149", "", 2019, "osannolikt"),  # all figures are those of 2018
    ("N70341", "", 2020, "osannolikt"),  # 20 of 21 figures are those of 2019
    ("N70034", "09", 2024, "osannolikt"),  # more full-time equivalents than persons
    ("U79093", "23", 2021, "osannolikt"),  # 2.2 per cent between 11.9 and 19.4
    ("U70481", "25", 2025, "osannolikt"),  # 26 per cent after 74
    ("N74000", "03", 2018, "osannolikt"),  # two years of psychiatry booked elsewhere
    ("U70477", "", 0, "upplysning"),  # the same series as N79189
]
# what the known faults must be compared with
BESIDE = ["U70448", "N70015", "N79189", "U70446", "FOHM_MEDELLIVSLANGD", "FK_OHALSOTAL"]


@pytest.fixture(scope="module")
def real() -> pd.DataFrame:
    store = Store.of(project())
    if not store.folder.is_dir():
        pytest.skip("data/store finns inte")
    return inspect(store.observations(indicators=[name for name, *_ in KNOWN] + BESIDE), load_catalogue(project()))


@pytest.mark.parametrize(("indicator", "region", "year", "level"), KNOWN)
def test_known_faults_of_the_real_data(real: pd.DataFrame, indicator: str, region: str, year: int, level: str) -> None:
    rows = real[(real["indicator"] == indicator) & (real["region"] == region) & (real["year"] == year)]
    assert level in set(rows["level"])


def test_calm_real_series_are_let_be(real: pd.DataFrame) -> None:
    stopped = real[real["level"] != "upplysning"]
    assert set(stopped["indicator"]).isdisjoint({"U70448", "U70446", "FOHM_MEDELLIVSLANGD", "FK_OHALSOTAL"})
