"""Reading the store. Every read names its columns and rows, so that only they leave the disk."""

from __future__ import annotations

import functools
import operator
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from varddialog.config import Project
from varddialog.data.manifest import Manifest, mending, read_manifest, sha256
from varddialog.data.rows import ForeignValue, Observation, Place, RemarkRow
from varddialog.data.schema import COLUMNS, INTERNATIONAL, PLACES, POPULATION, REMARKS, WITHIN
from varddialog.errors import DataError, Fault

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

Row = TypeVar("Row", Observation, RemarkRow, ForeignValue)


@dataclass(frozen=True)
class Store:
    """The figures of a project, read-only."""

    folder: Path
    shown: str

    @classmethod
    def of(cls, project: Project) -> Store:
        """The snapshot that counts."""
        return cls(project.store, project.show(project.store))

    @cached_property
    def manifest(self) -> Manifest:
        return read_manifest(self.folder, self.shown)

    def observations(
        self,
        *,
        indicators: Iterable[str] | None = None,
        regions: Iterable[str] | None = None,
        columns: Iterable[str] = COLUMNS,
    ) -> pd.DataFrame:
        """Observations of the named indicators and regions (all when not named), in a fixed order.

        The file sorted by unit is read when regions are named, otherwise the one sorted by indicator;
        either way only the row groups that can hold a wanted row are opened.
        """
        by = "unit" if regions is not None else "indicator"
        wanted = {"indicator": indicators, "region": regions}
        return self._read(f"observations-by-{by}.parquet", wanted, list(columns))

    def remarks(self) -> pd.DataFrame:
        """The quality remarks: the observation's key, the check, how grave it is, and why."""
        return self._read(REMARKS, {})

    def series(self, indicators: Iterable[str], regions: Iterable[str] | None = None) -> dict[str, list[Observation]]:
        """Each indicator's observations as rows, ordered by region and time."""
        by = "unit" if regions is not None else "indicator"
        wanted = {"indicator": indicators, "region": regions}
        return self._rows(f"observations-by-{by}.parquet", Observation, wanted)

    def remarks_on(self, indicators: Iterable[str]) -> dict[str, list[RemarkRow]]:
        """Each indicator's quality remarks as rows."""
        return self._rows(REMARKS, RemarkRow, {"indicator": indicators})

    def international(self, series: Iterable[str]) -> dict[str, list[ForeignValue]]:
        """Each international series' values as rows."""
        return self._rows(INTERNATIONAL, ForeignValue, {"series": series})

    def table_of_countries(self) -> pd.DataFrame:
        """Every international value: series, country, year, value, flag."""
        return self._read(INTERNATIONAL, {})

    def deaths_population(self, regions: Iterable[str] | None = None) -> pd.DataFrame:
        """Deaths and population by region, year, sex and age band."""
        return self._read(POPULATION, {"region": regions})

    def within(self, region: str, first: Mapping[str, int]) -> dict[str, list[Observation]]:
        """Each indicator's values of municipalities and units in one region; a row's `region` is the place's code.

        first: indicator → the first year that is wanted. Nothing is read when the region has none of them.
        """
        there = self.manifest.inside(region)
        since: dict[int, list[str]] = {}
        for key, year in first.items():
            if key in there:
                since.setdefault(year, []).append(key)
        if not since:
            return {}
        import pyarrow.compute as pc

        wanted = [_among("indicator", keys) & (pc.field("year") >= year) for year, keys in since.items()]
        columns = ["place" if name == "region" else name for name in Observation._fields]
        table = self._filtered(WITHIN, _among("region", [region]) & functools.reduce(operator.or_, wanted), columns)
        found: dict[str, list[Observation]] = {}
        for row in map(Observation._make, zip(*(column.to_pylist() for column in table.columns), strict=True)):
            found.setdefault(row.indicator, []).append(row)
        return found

    def places(self, region: str) -> dict[str, Place]:
        """Code → the municipalities and units of one region that have values; nothing is read when there are none."""
        if not self.manifest.inside(region):
            return {}
        table = self._filtered(PLACES, _among("region", [region]), list(Place._fields))
        rows = zip(*(column.to_pylist() for column in table.columns), strict=True)
        return {place.code: place for place in map(Place._make, rows)}

    def verify_files(self) -> None:
        """Raises DataError naming every file that is missing or not the one in the manifest."""
        faults = []
        for name, stored in self.manifest.files.items():
            where = f"{self.shown}/{name}"
            path = self.folder / name
            if not path.is_file():
                faults.append(Fault("Filen saknas.", where, todo=mending(self.folder)))
            elif sha256(path) != stored.sha256:
                faults.append(Fault("Filen är ändrad: kontrollsumman stämmer inte.", where, todo=mending(self.folder)))
        if faults:
            raise DataError(*faults)

    def _rows(self, name: str, kind: type[Row], wanted: dict[str, Iterable[str] | None]) -> dict[str, list[Row]]:
        """Rows as tuples of `kind`, by their first column."""
        table = self._table(name, wanted, list(kind._fields))
        found: dict[str, list[Row]] = {}
        for values in zip(*(column.to_pylist() for column in table.columns), strict=True):
            found.setdefault(values[0], []).append(kind(*values))
        return found

    def _read(
        self, name: str, wanted: dict[str, Iterable[str] | None], columns: list[str] | None = None
    ) -> pd.DataFrame:
        frame: pd.DataFrame = self._table(name, wanted, columns).to_pandas(use_threads=False)
        return frame

    def _table(self, name: str, wanted: dict[str, Iterable[str] | None], columns: list[str] | None = None) -> pa.Table:
        filters = [_among(column, values) for column, values in wanted.items() if values is not None]
        return self._filtered(name, functools.reduce(operator.and_, filters) if filters else None, columns)

    def _filtered(self, name: str, which: pc.Expression | None, columns: list[str] | None) -> pa.Table:
        # slow to import, and whoever only asks what there is needs none of them
        import pyarrow as pa
        import pyarrow.parquet as pq

        try:
            # no threads: a slice is small, and a kernel must stay single-threaded until it runs
            return pq.read_table(
                self.folder / name,
                columns=columns,
                filters=which,
                use_threads=False,
                memory_map=True,
            )
        except FileNotFoundError:
            raise DataError(Fault("Filen saknas.", f"{self.shown}/{name}", todo=mending(self.folder))) from None
        except (pa.ArrowException, OSError) as error:
            reason = str(error).replace(f"{self.folder}{os.sep}", "").strip().rstrip(".")
            raise DataError(
                Fault(f"Filen går inte att läsa: {reason}.", f"{self.shown}/{name}", todo=mending(self.folder))
            ) from None


def _among(column: str, values: Iterable[str]) -> pc.Expression:
    """Rows whose column holds one of the values."""
    import pyarrow as pa
    import pyarrow.compute as pc

    return pc.field(column).isin(pa.array(sorted(set(values)), pa.string()))
