"""What differs within regions between two snapshots: counted, and told value by value when there are few."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from varddialog.data.changes import Change, Count, Kind
from varddialog.data.manifest import Manifest
from varddialog.data.schema import NUMBERS, PLACES, WITHIN
from varddialog.data.within.database import PLACE_KEY, database, equal, names, parquet, same, text
from varddialog.data.within.write import NO_ROWS

if TYPE_CHECKING:
    import duckdb

    from varddialog.data.store import Store

# more values than this are only counted
MOST_TOLD = 200
_KINDS: tuple[Kind, ...] = ("ny", "ändrad", "försvunnen")


@dataclass
class Changes:
    """counts: a line for each series. values: each value, its `region` being the place's name; none if too many."""

    counts: list[Count] = field(default_factory=list)
    values: list[Change] = field(default_factory=list)


def changes(before: Store | None, after: Store, series: Collection[str] = (), regions: Collection[str] = ()) -> Changes:
    """What differs in the series and regions that are named, in all when none is.

    Only what has other checksums is read, one series at a time, and of a large series that is new only how much it is.
    before: None when there was no store.
    """
    wanted: dict[str, list[str]] = {}
    for key, region in _differing(before.manifest if before else None, after.manifest):
        if (not series or key in series) and (not regions or region in regions):
            wanted.setdefault(key, []).append(region)
    found = Changes()
    known = before.manifest.within if before else {}
    for key in [key for key in wanted if key not in known]:
        if (count := _all_new(key, wanted[key], after.manifest)).new > MOST_TOLD:
            found.counts.append(count)
            del wanted[key]
    if not wanted:
        return found
    with TemporaryDirectory(prefix="varddialog-") as folder, database(Path(folder)) as connection:
        for key, inside in wanted.items():
            differ = f"""
                SELECT {", ".join(f'coalesce(n."{c}", o."{c}") AS "{c}"' for c in PLACE_KEY)},
                    coalesce(n.name, o.name) AS name, o.value AS was, n.value AS becomes,
                    CASE WHEN o.place IS NULL THEN 'ny' WHEN n.place IS NULL THEN 'försvunnen' ELSE 'ändrad' END AS kind
                FROM ({_rows(before, key, inside)}) o FULL JOIN ({_rows(after, key, inside)}) n
                    ON {equal(PLACE_KEY, "o", "n")}
                WHERE o.place IS NULL OR n.place IS NULL OR NOT ({same(NUMBERS, "o", "n")})"""
            _take(connection, key, differ, found)
    if sum(c.new + c.revised + c.vanished for c in found.counts) > MOST_TOLD:
        found.values.clear()
    return found


def _all_new(series: str, regions: Collection[str], manifest: Manifest) -> Count:
    """What a series holds that was not there before, as the manifest has it."""
    inside = [i for one in manifest.within[series] for region, i in one.regions.items() if region in regions]
    years = range(max(i.last_year for i in inside), min(i.first_year for i in inside) - 1, -1)
    return Count(series, sum(i.observations for i in inside), 0, 0, tuple(years))


def _differing(before: Manifest | None, after: Manifest) -> list[tuple[str, str]]:
    """Series and region of which something differs."""

    def digests(of: Manifest | None) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        for key, several in of.within.items() if of else ():
            for one in several:
                for region, inside in one.regions.items():
                    found.setdefault((key, region), []).append(inside.digest)
        return found

    then, now = digests(before), digests(after)
    return sorted(key for key in then.keys() | now.keys() if then.get(key) != now.get(key))


def _rows(store: Store | None, series: str, regions: Collection[str]) -> str:
    """SQL that gives the rows of one series in the regions, with the names of places."""
    if store is None or series not in store.manifest.within:
        return f"SELECT *, NULL::VARCHAR AS name FROM ({NO_ROWS})"
    return f"""SELECT {names([*PLACE_KEY, *NUMBERS], "w")}, k.name
        FROM {parquet(store.folder / WITHIN)} w JOIN {parquet(store.folder / PLACES)} k ON k.code = w.place
        WHERE w.indicator = {text(series)} AND w.region IN ({", ".join(map(text, regions))})"""


def _take(connection: duckdb.DuckDBPyConnection, series: str, differ: str, found: Changes) -> None:
    """Count what differs in one series, and keep its values as long as all in all are few."""
    rows = connection.execute(f"SELECT kind, year, count(*) FROM ({differ}) GROUP BY ALL").fetchall()
    if not rows:
        return
    new, revised, vanished = (sum(count for of, _, count in rows if of == kind) for kind in _KINDS)
    years = tuple(sorted({year for kind, year, _ in rows if kind == "ny"}, reverse=True))
    found.counts.append(Count(series, new, revised, vanished, years))
    if new + revised + vanished > MOST_TOLD - len(found.values):
        return
    query = f"SELECT * FROM ({differ}) ORDER BY year DESC, kind = 'ny', kind, name, {names(PLACE_KEY)}"
    for _, _, year, period, sex, grouping, group, name, was, becomes, kind in connection.execute(query).fetchall():
        found.values.append(Change(kind, series, name, year, period, sex, grouping, group, was, becomes))
