"""Checksums of what single series hold, so that a change is traced to the reports that show it.

They are made when the store is written and kept in its manifest; `Store.verify_files` vouches for the files themselves.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from varddialog.data.rows import Observation
from varddialog.statistics.disclosure import is_small

if TYPE_CHECKING:
    import pandas as pd

LENGTH = 16


class SeriesDigests(NamedTuple):
    """One series' checksums. Rows are taken as they lie in the store, sorted by `ORDERINGS`.

    whole: ungrouped rows of all units, and every row of a time with a small count, since hiding that one can hide any
    other. groups: region → its grouped rows. by_sex: whether women and men have rows of their own.
    """

    whole: str
    groups: dict[str, str]
    by_sex: bool


def observation_digests(observations: pd.DataFrame) -> dict[str, SeriesDigests]:
    """Each series' checksums; observations as in data/schema.py, sorted."""
    by_series: dict[str, list[Observation]] = {}
    for row in _rows(observations[list(Observation._fields)]):
        by_series.setdefault(row[0], []).append(Observation(*row))
    return {name: series_digests(rows) for name, rows in by_series.items()}


def table_digests(table: pd.DataFrame, key: str) -> dict[str, str]:
    """One checksum for each value of the column `key`: of the rows that have it, in their order."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    place = list(table.columns).index(key)
    for row in _rows(table):
        found.setdefault(row[place], []).append(row)
    return {name: _digest(rows) for name, rows in found.items()}


def series_digests(rows: Sequence[Observation]) -> SeriesDigests:
    """One series' checksums, from its rows in the order of the store."""
    exposed = {o.when for o in rows if _may_be_hidden(o)}
    grouped: dict[str, list[Observation]] = {}
    for o in rows:
        if o.grouping:
            grouped.setdefault(o.region, []).append(o)
    return SeriesDigests(
        whole=_digest([bool(grouped), *(o for o in rows if not o.grouping or o.when in exposed)]),
        groups={region: _digest(found) for region, found in grouped.items()},
        by_sex=any(o.sex != "T" for o in rows if not o.grouping),
    )


def _may_be_hidden(o: Observation) -> bool:
    """Whether a count of the row is small, if it is a count: only params/ knows, and they change without the store."""
    return any(n == int(n) and is_small(n, o.denominator) for n in (o.value, o.numerator) if n is not None and n >= 0)


def _rows(table: pd.DataFrame) -> Iterable[tuple[Any, ...]]:
    """Rows as plain values; what is missing is None."""
    columns = (table[name].astype(object).where(table[name].notna(), None).tolist() for name in table.columns)
    return zip(*columns, strict=True)


def _digest(rows: Iterable[object]) -> str:
    total = hashlib.sha256()
    for row in rows:
        total.update(repr(tuple(row) if isinstance(row, tuple) else row).encode() + b"\n")
    return total.hexdigest()[:LENGTH]
