"""Where the rows of one source wait on disk, series by series, until all of its series are there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from varddialog.data.rows import ForeignValue, Observation
from varddialog.data.sources.base import Abroad, Batch, Done, Event, Heeded, Lacking, Listed, Place, Places, Unchanged
from varddialog.data.write import FOREIGN

_TEXT = {"indicator", "region", "period", "sex", "grouping", "group", "series", "country", "flag"}


def _schema(names: Sequence[str]) -> pa.Schema:
    kinds = {"year": pa.int64(), **dict.fromkeys(_TEXT, pa.string())}
    return pa.schema([(name, kinds.get(name, pa.float64())) for name in names])


PIECE = 20_000  # rows that are written at a time
OBSERVATION = _schema(Observation._fields)
FOREIGN_VALUE = _schema(ForeignValue._fields)


class Stage:
    """The events of one source as they come. Only the thread that asks the source writes to it.

    done, unchanged, lacking: how each series ended. heeded: what ought to be told. listed: the source's own
    lists. places: code → municipality or unit.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._folder = folder
        self._writers: dict[Path, pq.ParquetWriter] = {}
        self._waiting: dict[Path, list[tuple[Any, ...]]] = {}
        self.done: dict[str, Done] = {}
        self.unchanged: dict[str, Unchanged] = {}
        self.lacking: dict[str, str] = {}
        self.heeded: list[Heeded] = []
        self.listed: list[Listed] = []
        self.places: dict[str, Place] = {}

    def take(self, event: Event) -> None:
        """Keep one event."""
        match event:
            case Batch(series, rows, within):
                self._write(self._path(series, "inom" if within else "rader"), rows, OBSERVATION)
            case Abroad(series, rows):
                self._write(self._path(series, "länder"), rows, FOREIGN_VALUE)
            case Places(places):
                self.places |= {place.code: place for place in places}
            case Done(series):
                self._close(series)
                self.done[series] = event
            case Unchanged(series):
                self._close(series)
                self.unchanged[series] = event
            case Lacking(series, why):
                self._close(series)
                self.lacking[series] = why
            case Heeded():
                self.heeded.append(event)
            case Listed():
                self.listed.append(event)

    def close(self) -> None:
        """Close every file, also of series that never ended, whose rows are of no use."""
        self._waiting.clear()
        for writer in self._writers.values():
            writer.close()
        self._writers.clear()

    def rows(self, series: str) -> pd.DataFrame:
        """The observations of a series, in the columns of data/schema.py."""
        return self._read(self._path(series, "rader"), OBSERVATION)

    def foreign(self, series: str) -> pd.DataFrame:
        """The values of an international series (`write.FOREIGN`)."""
        return self._read(self._path(series, "länder"), FOREIGN_VALUE)[FOREIGN]

    def within(self, series: str) -> Path | None:
        """The file of the series' rows of municipalities and units, where it has any."""
        path = self._path(series, "inom")
        return path if path.is_file() else None

    def _path(self, series: str, kind: str) -> Path:
        return self._folder / f"{series}.{kind}.parquet"

    def _write(self, path: Path, rows: Sequence[tuple[Any, ...]], schema: pa.Schema) -> None:
        """Keep rows until there are enough for a piece of the file; a page has few of each series."""
        waiting = self._waiting.setdefault(path, [])
        waiting.extend(rows)
        if len(waiting) >= PIECE:
            self._flush(path, schema)

    def _flush(self, path: Path, schema: pa.Schema) -> None:
        rows = self._waiting.pop(path, [])
        if not rows:
            return
        if path not in self._writers:
            self._writers[path] = pq.ParquetWriter(path, schema, compression="zstd")
        columns = [pa.array(values, field.type) for values, field in zip(zip(*rows, strict=True), schema, strict=True)]
        self._writers[path].write_table(pa.table(columns, schema=schema))

    def _close(self, series: str) -> None:
        for kind, schema in (("rader", OBSERVATION), ("inom", OBSERVATION), ("länder", FOREIGN_VALUE)):
            path = self._path(series, kind)
            self._flush(path, schema)
            if (writer := self._writers.pop(path, None)) is not None:
                writer.close()

    @staticmethod
    def _read(path: Path, schema: pa.Schema) -> pd.DataFrame:
        table = pq.read_table(path) if path.is_file() else schema.empty_table()
        frame: pd.DataFrame = table.to_pandas()
        return frame
