"""The ground that every pack stands on: the catalogue, and all figures put in order. Read once and kept.

A process that opens several packs, or is forked from one that has the ground, reads nothing twice. What is kept is
found by what params/ and the store hold, so a change in either is never missed.
"""

from __future__ import annotations

import hashlib
import pickle
from dataclasses import dataclass
from pathlib import Path

from varddialog.assessment.material import Material
from varddialog.config import Project
from varddialog.data.catalogue import catalogue_with_figures
from varddialog.data.schema import MANIFEST
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue


@dataclass(frozen=True)
class Ground:
    """The catalogue, the store, and the material of every indicator as it stands in one cycle."""

    catalogue: Catalogue
    store: Store
    material: Material


_kept: dict[tuple[str, str], Ground] = {}


def ground(here: Project, cycle: str) -> Ground:
    """The ground of a project and cycle, kept from before when nothing it is made of has changed.

    Raises ParamsError for faulty params, UsageError for an unknown cycle, DataError for a missing or damaged store.
    """
    key = _digest(here), cycle
    if key not in _kept:
        catalogue, store = catalogue_with_figures(here), Store.of(here)
        newest = catalogue.cycle(cycle).newest_year
        made = Ground(catalogue, store, Material.read(catalogue.indicators.values(), store, newest))
        _kept.clear()  # of another time, or another cycle
        _kept[key] = made
    return _kept[key]


def hand_over(here: Project, cycle: str, path: Path) -> None:
    """Write the ground to a file, for a process that must not read the store itself (reading starts threads)."""
    path.write_bytes(pickle.dumps(((_digest(here), cycle), ground(here, cycle)), pickle.HIGHEST_PROTOCOL))


def take_over(path: Path) -> tuple[Ground, str]:
    """Keep the ground that `hand_over` wrote to the file; the ground and its cycle."""
    key, made = pickle.loads(path.read_bytes())  # written by the process that started this one
    _kept[key] = made
    return made, key[1]


def _digest(here: Project) -> str:
    """One checksum over params/ and the store's manifest, which holds those of the store's files."""
    total = hashlib.sha256()
    for path in [*sorted(here.params.rglob("*.yml")), here.store / MANIFEST]:
        total.update(path.as_posix().encode() + b"\0")
        total.update(path.read_bytes() if path.is_file() else b"")
    return total.hexdigest()
