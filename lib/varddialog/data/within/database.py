"""A database that sorts and joins on disk what has no room in memory, and the words that its questions are made of."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from varddialog.data.digests import LENGTH
from varddialog.data.schema import KEY, NUMBERS

if TYPE_CHECKING:
    import duckdb

MEMORY = "1GB"
_PATTERN = re.compile(r"[*?[]")
# each thread holds buffers of its own
_MOST_THREADS = 4

# a row's `region` in a snapshot is the county code, and the place has a column of its own
PLACE_KEY = ["place" if name == "region" else name for name in KEY]
ORDER = ["region", *PLACE_KEY]


@contextmanager
def database(folder: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database in memory, of which what does not fit lies in `folder` as long as it is open."""
    import duckdb  # slow to import, and only writing and comparing snapshots needs it

    config: dict[str, str | bool | int | float | list[str]] = {
        "memory_limit": MEMORY,
        "temp_directory": str(folder),
        "threads": min(_MOST_THREADS, os.cpu_count() or 1),
        "autoinstall_known_extensions": False,  # nothing is fetched
        "autoload_known_extensions": False,
    }
    with duckdb.connect(config=config) as opened:
        yield opened


def text(value: object) -> str:
    """A text, or the path of a file to write, as it is written in SQL."""
    return "'" + str(value).replace("'", "''") + "'"


def parquet(*paths: Path) -> str:
    """The rows of Parquet files as a table in SQL; nothing in a path is taken for a pattern or a column."""
    named = (text(_PATTERN.sub(r"[\g<0>]", str(path))) for path in paths)
    return f"read_parquet([{', '.join(named)}], hive_partitioning = false)"


def names(columns: Iterable[str], table: str = "") -> str:
    """Columns as they are written in SQL, each between quotation marks since `group` is a word of the language."""
    return ", ".join(f'{table}."{column}"' if table else f'"{column}"' for column in columns)


def same(columns: Iterable[str], one: str, other: str) -> str:
    """That two tables agree in all columns; a missing number is the same as another missing one."""
    return " AND ".join(f'{one}."{column}" IS NOT DISTINCT FROM {other}."{column}"' for column in columns)


def equal(columns: Iterable[str], one: str, other: str) -> str:
    """That two tables agree in all columns, none of which is ever missing."""
    return " AND ".join(f'{one}."{column}" = {other}."{column}"' for column in columns)


# a checksum of values (w) and what their places (k) are called; the key keeps two rows from being the same
DIGEST = (
    "lower(left(to_hex(bit_xor(md5_number(concat_ws(chr(31), k.name, "
    + ", ".join(f"""coalesce(w."{column}"::VARCHAR, '')""" for column in [*PLACE_KEY[1:], *NUMBERS])
    + f")))), {LENGTH}))"
)
