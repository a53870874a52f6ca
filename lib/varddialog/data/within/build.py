"""The table of values within regions for the next snapshot: what was there, and what the parts replace in it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from varddialog.data.manifest import Inside, WithinSeries
from varddialog.data.rows import Observation, Place
from varddialog.data.schema import NUMBERS
from varddialog.data.sexes import own_sex
from varddialog.data.within import check, write
from varddialog.data.within.database import database, names, parquet, text
from varddialog.data.within.files import Files, Key, inside, keyed
from varddialog.data.within.part import Part
from varddialog.errors import Fault
from varddialog.model.catalogue import Catalogue

if TYPE_CHECKING:
    import duckdb

    from varddialog.data.store import Store


@dataclass
class Built:
    """What the next snapshot has within regions, and what there is to tell of the way there.

    changed: what differs from before. faulty: series with rows that do not fit (`faults`), which are as they were.
    told: series → what the one who asked ought to know.
    """

    files: Files
    changed: set[Key] = field(default_factory=set)
    faulty: set[str] = field(default_factory=set)
    faults: list[Fault] = field(default_factory=list)
    told: list[tuple[str, str]] = field(default_factory=list)


def build(
    before: Store | None, parts: Sequence[Part], places: Iterable[Place], catalogue: Catalogue, folder: Path
) -> Built:
    """The values of the store with those of the parts, checked; what did not change keeps its retrieval.

    folder: where the files are made, which must not exist. Without parts nothing is read.
    """
    known = before.manifest.within if before else {}
    built = Built(Files(before.folder if before else folder, known))
    if not parts:
        return built
    folder.mkdir()
    room = folder / "utrymme"
    with database(room) as connection:
        room.mkdir(exist_ok=True)
        write.begin(connection, before, places)
        pieces = []
        for n, part in enumerate(parts):
            if (rows := _sound(connection, part, catalogue, built)) is not None:
                pieces.append((part, room / f"{n}.parquet"))
                write.piece(connection, part, rows, _gone(part, catalogue), pieces[-1][1])
        if not pieces:
            return built
        write.files(connection, pieces, folder)
        made = _described(inside(connection, folder), keyed(known), [part for part, _ in pieces])
    shutil.rmtree(room)
    built.changed = {key for key in made.keys() | keyed(known).keys() if made.get(key) != keyed(known).get(key)}
    if built.changed:
        series: dict[str, list[WithinSeries]] = {}
        for (indicator, _), one in sorted(made.items()):
            series.setdefault(indicator, []).append(one)
        built.files = Files(folder, series)
    return built


def _sound(connection: duckdb.DuckDBPyConnection, part: Part, catalogue: Catalogue, built: Built) -> str | None:
    """SQL that gives the rows of a part, as a snapshot has them but for `region`; None when some do not fit."""
    rows = _rows(connection, part, own_sex(catalogue.indicators[part.series]))
    regions = [unit.code for unit in catalogue.units.regions]
    if faults := check.faults(connection, rows, part.where, regions):
        built.faults += faults
        built.faulty.add(part.series)
        return None
    outside = check.outside_unit(connection, rows, catalogue.indicators[part.series])
    built.told += [(part.series, said) for said in outside]
    return rows


def _rows(connection: duckdb.DuckDBPyConnection, part: Part, own: str | None) -> str:
    if part.rows is None:
        return write.NO_ROWS
    source, sex, which = parquet(part.rows), "sex", ""
    if own is not None:
        # a source that has the sex by itself has the total too, which says the same
        apart = connection.execute(f"SELECT count(*) FROM {source} WHERE sex = {text(own)}").fetchall()[0][0]
        sex, which = ("sex", f"WHERE sex = {text(own)}") if apart else (text(own), "")
    return f"""SELECT indicator, region AS place, "year", period, {sex} AS sex, grouping, "group", {names(NUMBERS)}
        FROM {source} {which}"""


def _gone(part: Part, catalogue: Catalogue) -> list[Observation]:
    """The rows that are gone, under the sex that an indicator concerns alone."""
    own = own_sex(catalogue.indicators[part.series])
    if own is None:
        return list(part.deleted)
    return [row for row in part.deleted if row.sex == own] or [row._replace(sex=own) for row in part.deleted]


def _described(
    found: Mapping[Key, dict[str, Inside]], known: Mapping[Key, WithinSeries], parts: Iterable[Part]
) -> dict[Key, WithinSeries]:
    """What the manifest is to say. What holds the same as before keeps its provenance."""
    given = {(part.series, part.own): part.origin for part in parts}
    made = {}
    for key, regions in found.items():
        old = known.get(key)
        origin = old.origin if old and (old.regions == regions or key not in given) else given[key]
        made[key] = WithinSeries(**origin.model_dump(), own=key[1], regions=regions)
    return made
