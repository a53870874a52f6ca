"""Values within regions, made up, and put into a project as an update would put them there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from varddialog.config import Project, current
from varddialog.data import snapshots
from varddialog.data.manifest import Origin, Retrieval
from varddialog.data.own.add import carried
from varddialog.data.rows import Observation, Place
from varddialog.data.store import Store
from varddialog.data.update.staging import OBSERVATION
from varddialog.data.within.build import Built, build
from varddialog.data.within.part import Part
from varddialog.model.catalogue import load_catalogue

LUND, MALMO, YSTAD = (Place(c, n, "12", "kommun") for c, n in (("1281", "Lund"), ("1280", "Malmö"), ("1286", "Ystad")))
VISBY = Place("0980", "Gotland", "09", "kommun")
UNIT = Place("V12E1", "Vårdcentralen Ett", "12", "enhet")
PLACES = (LUND, MALMO, YSTAD, VISBY, UNIT)


def row(series: str, place: str, year: int, value: float | None, **changes: Any) -> Observation:
    plain = {"period": "", "sex": "T", "grouping": "", "group": "", "low": None, "high": None}
    counts = {"numerator": None, "denominator": None}
    fields = {"indicator": series, "region": place, "year": year, "value": value, **plain, **counts, **changes}
    return Observation(**fields)


def origin(day: str = "2026-02-01", **changes: Any) -> Origin:
    fields = {"publisher": "Utgivaren", "channel": "Kanalen", "unit": "procent", "period": "år", "retrieved": day}
    return Origin(**{**fields, "licence": None, "api": "kolada", **changes})


def part(folder: Path, rows: Sequence[Observation], series: str = "", **changes: Any) -> Part:
    """What a source gave of one series."""
    series = series or rows[0].indicator
    path = folder / f"{series}-{len(list(folder.iterdir()))}.parquet"
    if rows:
        pq.write_table(pa.Table.from_pylist([r._asdict() for r in rows], OBSERVATION), path)
    fields: dict[str, Any] = {"origin": origin(), "retrieval": 2, "where": f"kolada, {series}"}
    return Part(series, rows=path if rows else None, **{**fields, **changes})


def put(project: Project, *parts: Part, places: Iterable[Place] = PLACES, day: str = "2026-02-01") -> Built:
    """Let the parts count from now on."""
    with snapshots.writing(project.stores) as fresh:
        before, name = Store.of(project), current(project.stores)
        built = build(before, parts, places, load_catalogue(project), fresh / "inom")
        if built.changed:
            retrievals = {str(p.retrieval): Retrieval(day=day, source="kolada") for p in parts}
            carried(before, name, built.files, retrievals, fresh / "lager")
            snapshots.commit(project.stores, fresh / "lager", day)
    return built


def stored(project: Project) -> list[dict[str, Any]]:
    """Every value within regions as it lies in the store."""
    found: list[dict[str, Any]] = pq.read_table(project.store / "within.parquet").to_pylist()
    return found
