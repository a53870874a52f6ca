"""What is written can be read as it was, also when there is little of it."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from tests.making import observation

from varddialog.data.manifest import Origin, Retrieval
from varddialog.data.schema import COLUMNS, RETRIEVAL
from varddialog.data.store import Store
from varddialog.data.update.merge import empty_international, empty_population
from varddialog.data.write import Content, write_content, write_table
from varddialog.model.catalogue import Catalogue


@pytest.fixture
def store(tmp_path: Path, catalogue: Catalogue) -> Store:
    """One value of one region, nothing of other countries or of the population."""
    rows = pd.DataFrame([observation("12", 2024, 1.0, indicator="N00945")], columns=COLUMNS)
    rows[["low", "high", "numerator", "denominator"]] = rows[["low", "high", "numerator", "denominator"]].astype(float)
    origin = Origin(publisher="U", channel="K", unit="procent", period="år", retrieved="2026-01-01", licence=None)
    content = Content(
        rows.assign(**{RETRIEVAL: 1}),
        {"N00945": origin},
        empty_international(),
        {},
        empty_population(),
        {"1": Retrieval(day="2026-01-01", source="prov")},
    )
    write_content(content, tmp_path, catalogue)
    return Store(tmp_path, "lager")


def test_tables_without_rows_can_be_searched(store: Store) -> None:
    assert store.international(["EU"]) == {}
    assert store.remarks_on(["U01402"]) == {}
    assert store.deaths_population(["12"]).empty
    assert store.table_of_countries().empty


def test_the_types_of_a_table_do_not_depend_on_whether_it_has_rows(store: Store, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    filled = pd.DataFrame([("12", 2024, "K", "0-4", 1, 10)], columns=list(empty_population()))
    write_table(filled, tmp_path / "filled.parquet")
    assert pq.read_schema(tmp_path / "filled.parquet") == pq.read_schema(tmp_path / "deaths-population.parquet")
