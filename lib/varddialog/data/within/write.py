"""The files written: kept and fresh rows joined series by series, then all sorted so that a region's lie together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from varddialog.data.rows import Observation, Place
from varddialog.data.schema import NUMBERS, PLACES, RETRIEVAL, WITHIN
from varddialog.data.within.database import ORDER, PLACE_KEY, equal, names, parquet, same, text
from varddialog.data.within.part import Part
from varddialog.data.write import ROW_GROUP

if TYPE_CHECKING:
    import duckdb

    from varddialog.data.store import Store

# the columns of the file, in order
COLUMNS = [*ORDER, *NUMBERS, RETRIEVAL]
_TYPES = {"year": "BIGINT", RETRIEVAL: "INTEGER", **dict.fromkeys(NUMBERS, "DOUBLE")}
_TYPED = {name: _TYPES.get(name, "VARCHAR") for name in COLUMNS}
# the rows of a part that has none
NO_ROWS = f"SELECT {', '.join(f'NULL::{_TYPED[n]} AS {names([n])}' for n in [*PLACE_KEY, *NUMBERS])} WHERE false"
# what was there of one series, with its places
_OLD = """FROM before b JOIN known k ON k.code = b.place
    WHERE b.indicator = {series} AND CASE k.kind WHEN 'egen' THEN k.region ELSE '' END = {own}"""


def begin(connection: duckdb.DuckDBPyConnection, before: Store | None, places: Iterable[Place]) -> None:
    """The tables `before`, with what was there, and `known`, with every place as it is called now."""
    there = before if before is not None and before.manifest.within else None
    connection.execute("CREATE TABLE known (code VARCHAR PRIMARY KEY, name VARCHAR, region VARCHAR, kind VARCHAR)")
    if there:
        connection.execute(f"CREATE VIEW before AS SELECT * FROM {parquet(there.folder / WITHIN)}")
        connection.execute(f"INSERT INTO known SELECT {names(Place._fields)} FROM {parquet(there.folder / PLACES)}")
    else:
        connection.execute(f"CREATE TABLE before ({_typed(COLUMNS)})")
    _fill(connection, "INSERT OR REPLACE INTO known", Place._fields, list(places))


def piece(
    connection: duckdb.DuckDBPyConnection, part: Part, rows: str, gone: Sequence[Observation], path: Path
) -> None:
    """Write what the part's series holds from now on. rows: SQL that gives the part's rows. gone: those that go."""
    connection.execute(f"CREATE OR REPLACE TEMP TABLE gone ({_typed(PLACE_KEY)})")
    _fill(connection, "INSERT INTO gone", PLACE_KEY, [row[: len(PLACE_KEY)] for row in gone])
    old = _OLD.format(series=text(part.series), own=text(part.own))
    kept = f"""
        SELECT o.* FROM (SELECT k.region, {names([*PLACE_KEY, *NUMBERS, RETRIEVAL], "b")} {old}) o
        ANTI JOIN staged s ON {equal(PLACE_KEY, "o", "s")} ANTI JOIN gone g ON {equal(PLACE_KEY, "o", "g")}
        UNION ALL"""
    unchanged = f"CASE WHEN {same(NUMBERS, 'b', 's')} THEN b.{RETRIEVAL} ELSE {part.retrieval} END::INTEGER"
    fresh = f"""
        SELECT k.region, {names([*PLACE_KEY, *NUMBERS], "s")}, {unchanged} AS {RETRIEVAL}
        FROM staged s JOIN known k ON k.code = s.place
        LEFT JOIN (SELECT b.* {old}) b ON {equal(PLACE_KEY, "s", "b")}"""
    _copy(connection, f"WITH staged AS ({rows}) {kept if part.partial else ''} {fresh}", path)


def files(connection: duckdb.DuckDBPyConnection, pieces: Sequence[tuple[Part, Path]], folder: Path) -> None:
    """Write the two files: the pieces, and what was there of all other series."""
    connection.execute("CREATE TABLE asked (series VARCHAR, own VARCHAR)")
    connection.executemany("INSERT INTO asked VALUES (?, ?)", [(part.series, part.own) for part, _ in pieces])
    everything = f"""
        SELECT {names(COLUMNS)} FROM {parquet(*(path for _, path in pieces))}
        UNION ALL
        SELECT k.region, {names(COLUMNS[1:], "b")} FROM before b JOIN known k ON k.code = b.place
        ANTI JOIN asked a ON a.series = b.indicator AND a.own = CASE k.kind WHEN 'egen' THEN k.region ELSE '' END"""
    _copy(connection, f"SELECT * FROM ({everything}) ORDER BY {names(ORDER)}", folder / WITHIN)
    there = f"code IN (SELECT place FROM {parquet(folder / WITHIN)})"
    fields = names(Place._fields)
    _copy(connection, f"SELECT {fields} FROM known WHERE {there} ORDER BY region, kind, name, code", folder / PLACES)


def _typed(columns: Iterable[str]) -> str:
    return ", ".join(f"{names([column])} {_TYPED[column]}" for column in columns)


def _copy(connection: duckdb.DuckDBPyConnection, query: str, path: Path) -> None:
    how = f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROW_GROUP}"
    connection.execute(f"COPY ({query}) TO {text(path)} ({how})")


def _fill(
    connection: duckdb.DuckDBPyConnection, insert: str, columns: Sequence[str], rows: Sequence[Sequence[object]]
) -> None:
    """Insert rows by way of Arrow: one by one they would take seconds."""
    import pyarrow as pa

    if not rows:
        return
    handed = pa.table({name: list(values) for name, values in zip(columns, zip(*rows, strict=True), strict=True)})
    connection.register("handed_over", handed)
    connection.execute(f"{insert} SELECT {names(columns)} FROM handed_over")
    connection.unregister("handed_over")
