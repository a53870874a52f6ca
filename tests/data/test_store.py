"""Reading the store: the right rows and only these, few bytes from the disk, and clear words when it is damaged."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from varddialog.config import Project
from varddialog.data.rows import Observation
from varddialog.data.schema import COLUMNS, INTERNATIONAL, MANIFEST, ORDERINGS, POPULATION, REMARKS
from varddialog.data.store import Store
from varddialog.data.write import ROW_GROUP, write_table
from varddialog.errors import DataError

BY_UNIT, BY_INDICATOR = ORDERINGS


@pytest.fixture(scope="module")
def store(project: Project) -> Store:
    return Store.of(project)


@pytest.fixture(scope="module")
def everything(store: Store) -> pd.DataFrame:
    """All observations, read past the store."""
    return pq.read_table(store.folder / BY_INDICATOR).to_pandas()[COLUMNS]


def in_order(table: pd.DataFrame) -> pd.DataFrame:
    return table.sort_values(list(COLUMNS[:7]), ignore_index=True)


def same_rows(one: pd.DataFrame, other: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(in_order(one), in_order(other), check_exact=True)


def some(everything: pd.DataFrame, count: int) -> list[str]:
    """A few indicators, spread over the store."""
    names = sorted(set(everything["indicator"]))
    return names[:: len(names) // count][:count]


# slices


@pytest.mark.parametrize("regions", [["12"], ["00", "25"], ["12", "12"], ["09", "finns inte"]])
def test_a_slice_by_unit(store: Store, everything: pd.DataFrame, regions: list[str]) -> None:
    expected = everything[everything["region"].isin(regions)]
    assert 0 < len(expected) < len(everything)
    same_rows(store.observations(regions=regions), expected)


@pytest.mark.parametrize("count", [1, 3, 40])
def test_a_slice_by_indicator(store: Store, everything: pd.DataFrame, count: int) -> None:
    wanted = some(everything, count)
    same_rows(store.observations(indicators=wanted), everything[everything["indicator"].isin(wanted)])


def test_a_slice_by_both_and_of_few_columns(store: Store, everything: pd.DataFrame) -> None:
    wanted = some(everything, 3)
    columns = ["indicator", "region", "year", "value"]
    got = store.observations(indicators=wanted, regions=["12", "00"], columns=columns)
    expected = everything[everything["indicator"].isin(wanted) & everything["region"].isin(["12", "00"])][columns]
    assert list(got.columns) == columns
    pd.testing.assert_frame_equal(
        got.sort_values(columns, ignore_index=True), expected.sort_values(columns, ignore_index=True)
    )


def test_all_is_everything(store: Store, everything: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(store.observations(), everything)


@pytest.mark.parametrize(("name", "order"), ORDERINGS.items())
def test_both_orderings_hold_the_same_rows_each_in_its_order(
    store: Store, everything: pd.DataFrame, name: str, order: list[str]
) -> None:
    table = pq.read_table(store.folder / name).to_pandas()
    same_rows(table[COLUMNS], everything)
    pd.testing.assert_frame_equal(table, table.sort_values(order, ignore_index=True))


def test_an_empty_selection_is_empty(store: Store) -> None:
    for empty in (
        store.observations(regions=[]),
        store.observations(indicators=[]),
        store.observations(indicators=["finns-inte"], regions=["12"]),
        store.deaths_population(regions=[]),
    ):
        assert len(empty) == 0
        assert len(empty.columns) > 0
    assert store.series([]) == store.series(["finns-inte"]) == store.remarks_on([]) == store.international([]) == {}


# rows


def test_series_are_the_same_figures_as_rows(store: Store, everything: pd.DataFrame) -> None:
    wanted = some(everything, 5)
    series = store.series([*wanted, "finns-inte"])
    assert series.keys() == set(wanted)
    for name, rows in series.items():
        expected = everything[everything["indicator"] == name]
        plain = expected.astype(object).where(expected.notna(), None)
        assert rows == [Observation(*row) for row in plain.itertuples(index=False, name=None)]
        assert rows == sorted(rows, key=lambda row: (row.region, row.year, row.period))


def test_series_of_some_regions(store: Store, everything: pd.DataFrame) -> None:
    (name,) = some(everything, 1)
    rows = store.series([name], ["00", "12"])[name]
    assert rows == [row for row in store.series([name])[name] if row.region in ("00", "12")]
    assert {row.region for row in rows} == {"00", "12"}


def test_missing_numbers_are_none_and_months_tell_when(store: Store, everything: pd.DataFrame) -> None:
    monthly = everything.loc[everything["period"] != "", "indicator"].iloc[0]
    row = next(row for row in store.series([monthly])[monthly] if row.period)
    assert row.when == row.period
    assert row._replace(period="").when == str(row.year)
    bare = everything.loc[everything["low"].isna(), "indicator"].iloc[0]
    assert any(row.low is None for row in store.series([bare])[bare])


def test_remarks_on_are_the_remarks_of_these_indicators(store: Store) -> None:
    remarks = store.remarks()
    wanted = list(dict.fromkeys(remarks["indicator"]))[:3]
    got = store.remarks_on(wanted)
    assert got.keys() == set(wanted)
    expected = remarks[remarks["indicator"].isin(wanted)]
    assert [tuple(row) for rows in got.values() for row in rows] == list(expected.itertuples(index=False, name=None))


def test_international_and_population(store: Store) -> None:
    table = pq.read_table(store.folder / INTERNATIONAL).to_pandas()
    name = table["series"].iloc[-1]
    got = store.international([name])
    assert [tuple(row) for row in got[name]] == list(table[table["series"] == name].itertuples(index=False, name=None))
    people = pq.read_table(store.folder / POPULATION).to_pandas()
    pd.testing.assert_frame_equal(
        store.deaths_population(["12"]), people[people["region"] == "12"].reset_index(drop=True)
    )
    assert len(store.deaths_population()) == len(people)


# damage


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def overwrite_the_middle(path: Path) -> None:
    content = path.read_bytes()
    path.write_bytes(content[:4] + b"\0" * (len(content) // 2) + content[4 + len(content) // 2 :])


def lack_a_column(path: Path) -> None:
    table = pq.read_table(path)
    pq.write_table(table.drop_columns(table.column_names[0]), path)


READS: dict[str, Callable[[Store], object]] = {
    BY_UNIT: lambda store: store.observations(regions=["12"]),
    BY_INDICATOR: lambda store: store.series(["N00001"]),
    REMARKS: lambda store: store.remarks_on(["N00001"]),
    INTERNATIONAL: lambda store: store.international(["EU_MORT"]),
    POPULATION: lambda store: store.deaths_population(["12"]),
}
DAMAGES: dict[str, Callable[[Path], object]] = {
    "missing": Path.unlink,
    "empty": lambda path: path.write_bytes(b""),
    "no parquet": lambda path: path.write_text("indicator,region\n"),
    "truncated": truncate,
    "overwritten": overwrite_the_middle,
    "lacks a column": lack_a_column,
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
@pytest.mark.parametrize(("name", "read"), READS.items(), ids=READS)
def test_a_damaged_file_is_named_with_what_to_do(
    small_project: Project, name: str, read: Callable[[Store], object], damage: Callable[[Path], object]
) -> None:
    store = Store.of(small_project)
    read(store)
    damage(store.folder / name)
    with pytest.raises(DataError) as caught:
        read(store)
    (fault,) = caught.value.faults
    assert fault.where == f"data/store/{name}"
    assert fault.what.startswith("Filen")
    assert fault.todo == "Återställ data/store ur git."
    assert str(small_project.root) not in str(caught.value)


@pytest.mark.parametrize(
    "damage",
    [
        Path.unlink,
        truncate,
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"\xff\xfe"),
        lambda path: path.write_text("[]"),
        lambda path: path.write_text('{"files": {}, "series": {}}'),
        lambda path: path.write_text(path.read_text(encoding="utf-8").replace('"rows"', '"raws"', 1)),
    ],
    ids=["missing", "truncated", "empty", "no text", "a list", "lacks a part", "misspelt"],
)
def test_a_damaged_manifest_is_named_with_what_to_do(small_project: Project, damage: Callable[[Path], object]) -> None:
    store = Store.of(small_project)
    damage(store.folder / MANIFEST)
    with pytest.raises(DataError, match="Förteckningen") as caught:
        _ = store.manifest
    (fault,) = caught.value.faults
    assert (fault.where, fault.todo) == (f"data/store/{MANIFEST}", "Återställ data/store ur git.")


def test_a_store_that_is_not_there(tmp_path: Path) -> None:
    store = Store(tmp_path / "ingen", "data/store")
    with pytest.raises(DataError, match=r"data/store/manifest\.json"):
        _ = store.manifest
    with pytest.raises(DataError, match=r"data/store/observations-by-unit\.parquet: Filen saknas"):
        store.observations(regions=["12"])


def test_every_file_that_is_not_the_one_of_the_manifest_is_named(small_project: Project) -> None:
    store = Store.of(small_project)
    store.verify_files()
    (store.folder / REMARKS).unlink()
    with (store.folder / BY_UNIT).open("ab") as file:
        file.write(b"\0")
    with pytest.raises(DataError) as caught:
        store.verify_files()
    assert {(fault.where, fault.what) for fault in caught.value.faults} == {
        (f"data/store/{REMARKS}", "Filen saknas."),
        (f"data/store/{BY_UNIT}", "Filen är ändrad: kontrollsumman stämmer inte."),
    }


# only what is asked for leaves the disk

UNITS = [f"{number:04}" for number in range(1, 313)]
PER_UNIT = 6_400


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two million observations of 312 units, by the writer of the real store, in the order of the units."""
    rows = len(UNITS) * PER_UNIT

    def text(values: list[str], index: np.ndarray) -> pd.Series:
        return pa.DictionaryArray.from_arrays(pa.array(index, pa.int32()), values).cast(pa.string()).to_pandas()

    number = np.arange(rows)
    nothing = np.zeros(rows, int)
    table = pd.DataFrame(
        {
            "indicator": text([f"N{i:05}" for i in range(PER_UNIT // 20)], number % PER_UNIT // 20),
            "region": text(UNITS, number // PER_UNIT),
            "year": 2005 + number % 20,
            "sex": text(["T"], nothing),
            "value": number * 0.1,
        }
    )
    empty = text([""], nothing)
    table = table.assign(period=empty, grouping=empty, group=empty, low=np.nan, high=np.nan)
    folder = tmp_path_factory.mktemp("large")
    write_table(table.assign(numerator=np.nan, denominator=np.nan)[COLUMNS], folder / BY_UNIT)
    return Store(folder, "large")


def groups_that_may_hold(path: Path, region: str) -> list[int]:
    """Row groups whose statistics allow for the region."""
    metadata = pq.read_metadata(path)
    column = metadata.schema.names.index("region")
    statistics = [metadata.row_group(i).column(column).statistics for i in range(metadata.num_row_groups)]
    return [i for i, s in enumerate(statistics) if s.min <= region <= s.max]


def test_a_row_group_holds_few_units(large: Store) -> None:
    path = large.folder / BY_UNIT
    metadata = pq.read_metadata(path)
    assert metadata.num_rows == len(UNITS) * PER_UNIT
    assert metadata.num_row_groups >= metadata.num_rows // ROW_GROUP
    assert all(1 <= len(groups_that_may_hold(path, region)) <= 2 for region in UNITS)


def test_reading_one_unit_opens_no_other_row_groups(large: Store, tmp_path: Path) -> None:
    """The pages of every other row group are wiped out, and the unit is read all the same."""
    path = large.folder / BY_UNIT
    region, other = UNITS[150], UNITS[20]
    needed = groups_that_may_hold(path, region)
    assert not set(needed) & set(groups_that_may_hold(path, other))
    metadata = pq.read_metadata(path)
    content = bytearray(path.read_bytes())
    for index in set(range(metadata.num_row_groups)) - set(needed):
        chunks = [metadata.row_group(index).column(i) for i in range(metadata.num_columns)]
        for chunk in chunks:
            start = min(o for o in (chunk.dictionary_page_offset, chunk.data_page_offset) if o is not None)
            content[start : start + chunk.total_compressed_size] = bytes(chunk.total_compressed_size)
    wiped = Store(tmp_path, "wiped")
    (tmp_path / BY_UNIT).write_bytes(content)

    rows = wiped.observations(regions=[region])
    assert set(rows["region"]) == {region}
    assert len(rows) == PER_UNIT
    assert rows["value"].iloc[0] == pytest.approx(150 * PER_UNIT * 0.1)
    with pytest.raises(DataError, match="går inte att läsa"):
        wiped.observations(regions=[other])


def test_the_store_itself_is_untouched_by_reading(small_project: Project, tmp_path: Path) -> None:
    before = shutil.copytree(small_project.store, tmp_path / "before")
    for name, read in READS.items():
        read(Store.of(small_project))
        assert (small_project.store / name).read_bytes() == (before / name).read_bytes()
