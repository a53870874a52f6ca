"""The files of values within regions, as they lie in a snapshot, and what they hold."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from varddialog.data.manifest import Inside, StoredFile, WithinSeries, sha256
from varddialog.data.schema import PLACES, WITHIN
from varddialog.data.within.database import DIGEST, parquet

if TYPE_CHECKING:
    import duckdb

# indicator, and the region whose own values they are ("" for those of a source)
Key = tuple[str, str]


@dataclass(frozen=True)
class Files:
    """The two files in a folder, and what the manifest says of them; without series there are no files."""

    folder: Path
    series: Mapping[str, list[WithinSeries]]

    def copy(self, folder: Path) -> dict[str, StoredFile]:
        """Put the files into a snapshot; name → checksum and rows."""
        import pyarrow.parquet as pq

        made = {}
        for name in (WITHIN, PLACES) if self.series else ():
            path = Path(shutil.copyfile(self.folder / name, folder / name))
            made[name] = StoredFile(sha256=sha256(path), rows=pq.read_metadata(path).num_rows)
        return made


def keyed(series: Mapping[str, Sequence[WithinSeries]]) -> dict[Key, WithinSeries]:
    """What the manifest says, by its key."""
    return {(indicator, one.own): one for indicator, several in series.items() for one in several}


def inside(connection: duckdb.DuckDBPyConnection, folder: Path) -> dict[Key, dict[str, Inside]]:
    """What the files in a folder hold of each series, by region."""
    rows = connection.execute(f"""
        SELECT w.indicator, CASE k.kind WHEN 'egen' THEN k.region ELSE '' END AS own, w.region, {DIGEST},
               min(w."year"), max(w."year"), count(DISTINCT w.place), count(*)
        FROM {parquet(folder / WITHIN)} w JOIN {parquet(folder / PLACES)} k ON k.code = w.place
        GROUP BY w.indicator, own, w.region ORDER BY w.indicator, own, w.region""").fetchall()
    found: dict[Key, dict[str, Inside]] = {}
    for indicator, own, region, digest, first, last, places, observations in rows:
        found.setdefault((indicator, own), {})[region] = Inside(
            digest=digest, first_year=first, last_year=last, places=places, observations=observations
        )
    return found
