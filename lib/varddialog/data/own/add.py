"""A region's own figures put into the store: the same snapshot as before but for them, in one step or not at all."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path

from varddialog.config import Project, current
from varddialog.data import snapshots
from varddialog.data.forms.personal import warnings
from varddialog.data.forms.table import read_table
from varddialog.data.manifest import Origin, Retrieval, StoredFile
from varddialog.data.own.columns import FORM
from varddialog.data.own.rows import Own, observations
from varddialog.data.schema import PLACES, WITHIN
from varddialog.data.store import Store
from varddialog.data.update.asked import read_asked, write_asked
from varddialog.data.update.staging import OBSERVATION
from varddialog.data.within.build import build
from varddialog.data.within.changes import Changes, changes
from varddialog.data.within.files import Files
from varddialog.data.within.part import Part
from varddialog.data.write import write_manifest
from varddialog.errors import DataError, Fault, UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit

CHANNEL = "regionens egna uppgifter"


@dataclass(frozen=True)
class Added:
    """What came of it. snapshot: the new one's name, None when the store holds the same already.

    own: what the file holds. changes: what differs now. warnings: cells that look like personal data.
    """

    unit: Unit
    own: Own
    snapshot: str | None = None
    changes: Changes = field(default_factory=Changes)
    warnings: list[str] = field(default_factory=list)


def add(here: Project, catalogue: Catalogue, path: Path, region: str, day: dt.date) -> Added:
    """Let the figures of a file replace the region's own of the indicators that the file has.

    Raises UsageError for a region that does not exist; DataError with everything that is wrong in the file, or when the
    store is damaged or another process changes it. Nothing has changed then.
    """
    unit = catalogue.units.find(region)
    if unit.is_nation:
        raise UsageError(Fault(f"{unit.name} är ingen region.", "--region", "en av regionerna i params/units.yml"))
    lines = read_table(path, FORM)
    own = observations(lines, path.name, unit, catalogue, day)
    told = warnings(lines, path.name)
    with snapshots.writing(here.stores) as fresh:
        before, name = Store.of(here), current(here.stores)
        before.verify_files()
        number = max(map(int, before.manifest.retrievals), default=0) + 1
        parts = _parts(own, unit, catalogue, number, path.name, day, fresh / "egna")
        built = build(before, parts, own.places.values(), catalogue, fresh / "inom")
        if built.faults:
            raise DataError(*built.faults)
        if not built.changed:
            return Added(unit, own, warnings=told)
        folder = fresh / "lager"
        retrieval = Retrieval(day=day.isoformat(), source=f"{CHANNEL}, {unit.official_name}")
        after = carried(before, name, built.files, {str(number): retrieval}, folder)
        found = changes(before, after)
        asked = read_asked(here.stores, name)
        snapshot = snapshots.commit(here.stores, folder, day.isoformat())
        with contextlib.suppress(OSError):  # the sources have nothing new because of this; without it they are asked
            write_asked(here.stores, snapshot, asked)
    return Added(unit, own, snapshot, found, told)


def _parts(
    own: Own, unit: Unit, catalogue: Catalogue, retrieval: int, where: str, day: dt.date, folder: Path
) -> list[Part]:
    """The rows of each indicator in a file of their own."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir()
    made: list[Part] = []
    for key in sorted({row.indicator for row in own.rows}):
        rows = folder / f"{len(made)}.parquet"
        mine = [row._asdict() for row in own.rows if row.indicator == key]
        pq.write_table(pa.Table.from_pylist(mine, OBSERVATION), rows)
        origin = _origin(unit, catalogue.indicators[key], day)
        made.append(Part(key, origin, retrieval, f"{where}, {key}", rows, own=unit.code))
    return made


def _origin(unit: Unit, indicator: Indicator, day: dt.date) -> Origin:
    return Origin(
        publisher=unit.official_name,
        channel=CHANNEL,
        unit=indicator.unit.label,
        period=indicator.period.kind,
        retrieved=day.isoformat(),
        licence=None,
    )


def carried(before: Store, name: str, within: Files, retrievals: dict[str, Retrieval], folder: Path) -> Store:
    """A snapshot like the one before, called `name`, but for what it has within regions."""
    folder.mkdir()
    files: dict[str, StoredFile] = {}
    for file, stored in before.manifest.files.items():
        if file not in (WITHIN, PLACES):
            shutil.copyfile(before.folder / file, folder / file)
            files[file] = stored
    changed = {
        "files": files | within.copy(folder),
        "within": dict(within.series),
        "retrievals": before.manifest.retrievals | retrievals,
        "previous": name,
    }
    write_manifest(before.manifest.model_copy(update=changed), folder)
    return Store(folder, before.shown)
