"""Reading values within regions: one region at a time, few bytes, and clear words when the file is damaged."""

from __future__ import annotations

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.data.within.placed import LUND, MALMO, PLACES, UNIT, VISBY, part, put, row

from varddialog.config import Project
from varddialog.data.rows import Observation, Place
from varddialog.data.store import Store
from varddialog.data.within.build import build
from varddialog.errors import DataError
from varddialog.model.catalogue import load_catalogue


@pytest.fixture
def store(small_project: Project, parts: Path) -> Store:
    """Two series of three places for five years."""
    for series in ("N00001", "N00002"):
        rows = [
            row(series, p.code, year, year / 2, high=9999.0) for p in (LUND, UNIT, VISBY) for year in range(2020, 2025)
        ]
        put(small_project, part(parts, rows))
    return Store.of(small_project)


def test_one_region_and_the_wanted_years_of_each_indicator(store: Store) -> None:
    found = store.within("12", {"N00001": 2023, "N00002": 2024, "finns-inte": 0})
    assert {key: {(o.region, o.year) for o in rows} for key, rows in found.items()} == {
        "N00001": {(p.code, year) for p in (LUND, UNIT) for year in (2023, 2024)},
        "N00002": {(p.code, 2024) for p in (LUND, UNIT)},
    }
    assert found["N00002"][0] == Observation(
        "N00002", LUND.code, 2024, "", "T", "", "", 1012.0, None, 9999.0, None, None
    )


def test_the_places_of_one_region(store: Store) -> None:
    assert store.places("12") == {LUND.code: LUND, UNIT.code: UNIT}
    assert store.places("09") == {VISBY.code: VISBY}
    assert store.places("01") == store.places("00") == {}


def test_nothing_is_read_where_the_manifest_has_nothing(store: Store) -> None:
    (store.folder / "within.parquet").unlink()
    (store.folder / "places.parquet").unlink()
    assert store.within("01", {"N00001": 0}) == store.within("12", {"annat": 0}) == store.within("12", {}) == {}
    assert store.places("01") == {}
    with pytest.raises(DataError, match=r"within\.parquet: Filen saknas"):
        store.within("12", {"N00001": 0})
    with pytest.raises(DataError, match=r"places\.parquet: Filen saknas"):
        store.places("12")


def test_a_damaged_file_is_named(store: Store) -> None:
    for name, read in (("within", lambda: store.within("12", {"N00001": 0})), ("places", lambda: store.places("12"))):
        path = store.folder / f"{name}.parquet"
        path.write_bytes(path.read_bytes()[:-40])
        with pytest.raises(DataError, match=rf"{name}\.parquet: Filen går inte att läsa"):
            read()
        with pytest.raises(DataError, match=rf"{name}\.parquet: Filen är ändrad"):
            store.verify_files()


def test_other_regions_row_groups_are_left_alone(small_project: Project, parts: Path, tmp_path: Path) -> None:
    """The pages of all row groups that cannot hold the region are wiped out, and it is read all the same."""
    regions = [unit.code for unit in load_catalogue(small_project).units.regions]
    places = [Place(f"V{region}{i:03}", "Enhet", region, "enhet") for region in regions for i in range(200)]
    rows = [row("N00001", place.code, year, 1.0) for place in places for year in range(1984, 2024)]
    folder = tmp_path / "stor"
    built = build(None, [part(parts, rows)], places, load_catalogue(small_project), folder)
    path = folder / "within.parquet"
    metadata, content = pq.read_metadata(path), bytearray(path.read_bytes())
    assert metadata.num_row_groups > 4
    wiped = 0
    for i in range(metadata.num_row_groups):
        group = metadata.row_group(i)
        if group.column(0).statistics.min <= "12" <= group.column(0).statistics.max:
            continue
        wiped += 1
        for chunk in (group.column(c) for c in range(group.num_columns)):
            start = min(o for o in (chunk.dictionary_page_offset, chunk.data_page_offset) if o is not None)
            content[start : start + chunk.total_compressed_size] = bytes(chunk.total_compressed_size)
    assert wiped >= 3
    path.write_bytes(content)
    store = Store(folder, "prov")
    store.__dict__["manifest"] = Store.of(small_project).manifest.model_copy(update={"within": built.files.series})
    assert len(store.within("12", {"N00001": 0})["N00001"]) == 200 * 40
    with pytest.raises(DataError, match="går inte att läsa"):
        store.within("25", {"N00001": 0})


def test_all_places_may_be_of_one_region(small_project: Project, parts: Path) -> None:
    put(small_project, part(parts, [row("N00001", p.code, 2024, 1.0) for p in (LUND, MALMO)]), places=PLACES)
    assert Store.of(small_project).within("09", {"N00001": 0}) == {}
