"""Are the values within regions whole: as their manifest says, and each of them one that fits."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from varddialog.data.rows import Place
from varddialog.data.schema import NUMBERS, PLACES, WITHIN
from varddialog.data.within import check
from varddialog.data.within.database import PLACE_KEY, database, names, parquet, text
from varddialog.data.within.files import inside, keyed
from varddialog.errors import Fault
from varddialog.model.catalogue import Catalogue

if TYPE_CHECKING:
    from varddialog.data.store import Store


def within_faults(store: Store, catalogue: Catalogue) -> list[Fault]:
    """Rows that do not fit, and series that are not what the manifest says. Nothing is read when there are none."""
    known = store.manifest.within
    if not known:
        return []
    where = f"{store.shown}/{WITHIN}"
    regions = [unit.code for unit in catalogue.units.regions]
    with TemporaryDirectory(prefix="varddialog-") as folder, database(Path(folder)) as connection:
        connection.execute(f"CREATE TABLE known AS SELECT {names(Place._fields)} FROM {parquet(store.folder / PLACES)}")
        stored = f"SELECT {names([*PLACE_KEY, *NUMBERS])} FROM {parquet(store.folder / WITHIN)}"
        faults = [
            fault
            for key in known
            for fault in check.faults(connection, f"{stored} WHERE indicator = {text(key)}", f"{where}, {key}", regions)
        ]
        found = inside(connection, store.folder)
    said = {key: one.regions for key, one in keyed(known).items()}
    return faults + [
        Fault(f"Serien {key[0]} är inte den som förteckningen beskriver.", where, todo="Hämta uppgifterna på nytt.")
        for key in sorted(said.keys() | found.keys())
        if said.get(key) != found.get(key)
    ]
