"""Every row that does not fit is told, with its column and its place."""

from __future__ import annotations

import pandas as pd
import pytest

from varddialog.data.schema import COLUMNS, KEY, ORDERINGS, check_observations
from varddialog.errors import DataError

WHERE = "egna.csv"
LIMITS = "−1 000 000 000 000 och 1 000 000 000 000".replace(" 000", "\u00a0000")


@pytest.fixture
def table() -> pd.DataFrame:
    """Eight rows that fit: one region, eight years, with interval and counts."""
    rows = pd.DataFrame({"indicator": "N00001", "region": "12", "year": range(2016, 2024), "period": "", "sex": "T"})
    rows = rows.assign(grouping="", group="", value=50.0, low=45.0, high=55.0, numerator=10.0, denominator=20.0)
    return rows[COLUMNS]


def faults(table: pd.DataFrame) -> list[str]:
    with pytest.raises(DataError) as caught:
        check_observations(table, WHERE)
    assert caught.value.exit_code == 11
    return [str(fault) for fault in caught.value.faults]


def test_rows_that_fit_come_back_as_they_were(table: pd.DataFrame) -> None:
    table.loc[1, "period"] = "2017-12"
    table.loc[2, ["grouping", "group"]] = ["ålder", "18–29 år"]
    table.loc[3, ["low", "high", "numerator", "denominator"]] = float("nan")
    table.loc[4, ["low", "high"]] = 50.0
    table.loc[5, "region"] = "1280"
    table.loc[6, "value"] = -3.0
    table.loc[6, "low"] = -4.0
    before = table.copy()
    pd.testing.assert_frame_equal(check_observations(table, WHERE), before)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("indicator", ""),
        ("indicator", "två ord"),
        ("indicator", None),
        ("region", "1"),
        ("region", "123"),
        ("region", "SE"),
        ("region", None),
        ("year", 1959),
        ("year", 20230),
        ("period", "2019-13"),
        ("period", "2019"),
        ("period", None),
        ("sex", "F"),
        ("sex", ""),
        ("grouping", "yrke"),
        ("group", None),
        ("value", None),
        ("value", float("inf")),
        ("value", float("-inf")),
        ("value", 1e308),
        ("value", -1.1e12),
        ("low", -1e200),
        ("high", float("inf")),
        ("denominator", float("inf")),
        ("numerator", -1.0),
        ("denominator", -0.5),
    ],
)
def test_a_wrong_cell_is_told_with_row_and_column(table: pd.DataFrame, column: str, value: object) -> None:
    table.loc[3, column] = value
    found = faults(table)
    assert found
    assert all(fault.startswith(f"{WHERE}, rad 4: ") for fault in found)
    assert any(fault.startswith(f"{WHERE}, rad 4: {column}: ") for fault in found)


@pytest.mark.parametrize(
    "change",
    [{"low": 50.5}, {"high": 49.5}, {"low": 60.0, "high": 40.0}, {"grouping": "kön"}, {"group": "Eftergymnasial"}],
)
def test_cells_that_do_not_fit_each_other_are_told_once(table: pd.DataFrame, change: dict[str, object]) -> None:
    table.loc[5, list(change)] = list(change.values())
    whole = [fault for fault in faults(table) if "Raden" in fault]
    assert len(whole) == 1
    assert whole[0].startswith(f"{WHERE}, rad 6: Raden uppfyller inte ")


def test_the_same_observation_twice_is_told_once_for_each_row(table: pd.DataFrame) -> None:
    table.loc[6, KEY] = table.loc[2, KEY]
    assert faults(table) == [
        f"{WHERE}, rad 3: Raden gäller samma observation som en annan rad.",
        f"{WHERE}, rad 7: Raden gäller samma observation som en annan rad.",
    ]


def test_all_faults_come_at_once_in_the_order_of_the_rows(table: pd.DataFrame) -> None:
    table.loc[0, "sex"] = "F"
    table.loc[1, "value"] = None
    table.loc[2, "region"] = "SE"
    table.loc[3, "low"] = 99.0
    table.loc[4, "denominator"] = -1.0
    table.loc[6, KEY] = table.loc[5, KEY]
    assert faults(table) == [
        f"{WHERE}, rad 1: sex: 'F' uppfyller inte isin(['T', 'K', 'M']).",
        f"{WHERE}, rad 2: value: nan (mått N00001, enhet 12, år 2017) kan inte vara en uppgift. "
        f"Tillåtet: ändliga tal mellan {LIMITS}.",
        f"{WHERE}, rad 3: region: 'SE' uppfyller inte str_matches('^\\d{{2}}(\\d{{2}})?$').",
        f"{WHERE}, rad 4: Raden uppfyller inte low ≤ value ≤ high.",
        f"{WHERE}, rad 5: denominator: -1.0 uppfyller inte greater_than_or_equal_to(0).",
        f"{WHERE}, rad 6: Raden gäller samma observation som en annan rad.",
        f"{WHERE}, rad 7: Raden gäller samma observation som en annan rad.",
    ]


def test_columns_that_are_missing_or_too_many(table: pd.DataFrame) -> None:
    assert sorted(faults(table.drop(columns="sex").assign(extra=1))) == [
        f"{WHERE}: tabellen: 'extra' är en kolumn som inte ska finnas.",
        f"{WHERE}: tabellen: 'sex' är en kolumn som saknas.",
    ]


def test_columns_in_another_order(table: pd.DataFrame) -> None:
    assert all("kolumn på fel plats" in fault for fault in faults(table[COLUMNS[::-1]]))


@pytest.mark.parametrize("column", ["year", "value", "low"])
def test_a_column_of_another_type_is_told_without_pythons_words(table: pd.DataFrame, column: str) -> None:
    found = faults(table.assign(**{column: table[column].astype(str)}))
    assert all(f" {column}: " in fault for fault in found)
    assert not [fault for fault in found if "TypeError" in fault]


def test_the_orderings_sort_by_the_whole_key() -> None:
    assert all(sorted(order) == sorted(KEY) for order in ORDERINGS.values())
