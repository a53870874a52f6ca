"""`data verify` looks at the values within regions too, even where the files are those of the manifest."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.data.within.placed import LUND, MALMO, part, put, row

from varddialog.config import Project
from varddialog.data.manifest import StoredFile, sha256
from varddialog.data.store import Store
from varddialog.data.verify import series_faults, verify
from varddialog.data.within.verify import within_faults
from varddialog.data.write import write_manifest
from varddialog.model.catalogue import load_catalogue


@pytest.fixture
def store(small_project: Project, parts: Path) -> Store:
    put(small_project, part(parts, [row("N00001", p.code, y, 1.0) for p in (LUND, MALMO) for y in (2023, 2024)]))
    return Store.of(small_project)


def rewrite(store: Store, name: str, table: pa.Table) -> Store:
    """Another table in the file's place, with a checksum that fits."""
    pq.write_table(table, store.folder / name)
    files = {**store.manifest.files, name: StoredFile(sha256=sha256(store.folder / name), rows=len(table))}
    write_manifest(store.manifest.model_copy(update={"files": files}), store.folder)
    return Store(store.folder, store.shown)


def test_a_store_that_is_whole(small_project: Project, store: Store) -> None:
    catalogue = load_catalogue(small_project)
    assert within_faults(store, catalogue) == []
    verify(store, catalogue)


def test_a_value_that_was_changed_is_found(small_project: Project, store: Store) -> None:
    table = pq.read_table(store.folder / "within.parquet")
    changed = table.set_column(8, "value", pa.array([1.0, 1.0, 1.0, -2e12]))
    faults = within_faults(rewrite(store, "within.parquet", changed), load_catalogue(small_project))
    where = "data/store/2026-02-01/within.parquet"
    assert [(fault.where, fault.what) for fault in faults] == [
        (f"{where}, N00001, Lund (1281), 2024, T", "value: -2000000000000.0 kan inte vara en uppgift."),
        (where, "Serien N00001 är inte den som förteckningen beskriver."),
    ]


def test_a_place_that_is_not_there_is_found(small_project: Project, store: Store) -> None:
    places = pq.read_table(store.folder / "places.parquet").slice(1)
    faults = within_faults(rewrite(store, "places.parquet", places), load_catalogue(small_project))
    assert [f.what for f in faults] == [
        "1281 är ingen kommun eller enhet som källan har beskrivit.",
        "1281 är ingen kommun eller enhet som källan har beskrivit.",
        "Serien N00001 är inte den som förteckningen beskriver.",
    ]


def test_a_series_that_the_catalogue_does_not_have_is_told_before_a_build(small_project: Project, store: Store) -> None:
    path = small_project.params / "indicators" / "1-dodlighet.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: N00001", "id: N00003"), encoding="utf-8")
    faults = series_faults(store, load_catalogue(small_project))
    assert sum(fault.what == "Serien N00001 står inte i katalogen." for fault in faults) == 1
