"""Writing a snapshot of the store: figures that have been checked, in files whose bytes depend on them alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from varddialog.data.digests import observation_digests, table_digests
from varddialog.data.manifest import Manifest, Origin, Retrieval, Series, StoredFile, sha256
from varddialog.data.quality import inspect
from varddialog.data.schema import INTERNATIONAL, MANIFEST, ORDERINGS, POPULATION, REMARKS
from varddialog.data.within.files import Files
from varddialog.model.catalogue import Catalogue

ROW_GROUP = 32_768  # about one unit's rows when the store holds twenty million
FOREIGN = ["series", "country", "year", "value", "flag"]


@dataclass(frozen=True)
class Content:
    """What a snapshot holds, checked.

    observations: the columns of data/schema.py and `retrieval`. international: `FOREIGN`. population: deaths and
    population by region, year, sex and age band. origins, abroad: series → provenance. within: the files of values
    within regions, where there are any.
    """

    observations: pd.DataFrame
    origins: Mapping[str, Origin]
    international: pd.DataFrame
    abroad: Mapping[str, Origin]
    population: pd.DataFrame
    retrievals: Mapping[str, Retrieval]
    lacking: Mapping[str, str] = field(default_factory=dict)
    previous: str | None = None
    within: Files | None = None


def write_content(content: Content, folder: Path, catalogue: Catalogue) -> Manifest:
    """Write the snapshot into an empty folder, with the remarks that the quality checks make on it."""
    observations = content.observations
    remarks = inspect(observations.drop(columns="retrieval"), catalogue)
    files = {name: write_table(observations.sort_values(order), folder / name) for name, order in ORDERINGS.items()}
    files[INTERNATIONAL] = write_table(content.international, folder / INTERNATIONAL)
    files[POPULATION] = write_table(content.population, folder / POPULATION)
    files[REMARKS] = write_table(remarks, folder / REMARKS)
    if content.within is not None:
        files |= content.within.copy(folder)
    known = observation_digests(observations.sort_values(ORDERINGS["observations-by-indicator.parquet"]))
    questioned = table_digests(remarks, "indicator")
    abroad = table_digests(content.international, "series")
    manifest = Manifest(
        files=files,
        series={
            str(key): _series(
                content.origins[str(key)],
                rows,
                digest=known[str(key)].whole,
                group_digests=known[str(key)].groups,
                remarks_digest=questioned.get(str(key), ""),
                by_sex=known[str(key)].by_sex,
            )
            for key, rows in observations.groupby("indicator")
        },
        international={
            str(key): _series(content.abroad[str(key)], rows, "country", digest=abroad[str(key)])
            for key, rows in content.international.groupby("series")
        },
        lacking=dict(content.lacking),
        within=dict(content.within.series) if content.within else {},
        retrievals=dict(content.retrievals),
        previous=content.previous,
    )
    write_manifest(manifest, folder)
    return manifest


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write what lies in a snapshot, and came from where, beside it."""
    (folder / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")


def write_table(table: pd.DataFrame, path: Path) -> StoredFile:
    """Write a table whose bytes depend on its values alone (no pandas metadata)."""
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    # pandas 3 hands text over in a wider type than pandas 2, and a table without rows may not say what is text
    text = [f.with_type(pa.string()) if _may_be_text(f.type) else f for f in arrow.schema]
    arrow = arrow.cast(pa.schema(text))
    pq.write_table(arrow, path, compression="zstd", row_group_size=ROW_GROUP)
    return StoredFile(sha256=sha256(path), rows=len(table))


def _may_be_text(kind: pa.DataType) -> bool:
    return bool(pa.types.is_large_string(kind) or pa.types.is_null(kind))


def _series(origin: Origin, rows: pd.DataFrame, unit_column: str = "region", **digests: Any) -> Series:
    return Series(
        **origin.model_dump(include=set(Origin.model_fields)),
        first_year=int(rows["year"].min()),
        last_year=int(rows["year"].max()),
        regions=rows.loc[rows[unit_column] != "00", unit_column].nunique(),
        observations=len(rows),
        **digests,
    )
