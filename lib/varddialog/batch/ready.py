"""An engine whose kernels stand on the ground of the packs from the start."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from varddialog.batch.kernels import Engine, EngineName, open_engine
from varddialog.config import OUTPUTS_VARIABLE, Project

READY = "varddialog.pack.warm.ready"


@contextmanager
def ready_engine(here: Project, cycle: str, wanted: EngineName, memory_mb: int | None) -> Iterator[Engine]:
    """`open_engine`; forked kernels then have the catalogue and all figures without reading them.

    A ground that cannot be read is left out: the notebooks that need it say what is wrong with it.
    """
    # the ground and the imports of this process take seconds, in which the parent gets warm
    with TemporaryDirectory(prefix="varddialog-") as folder, open_engine(wanted, memory_mb, preload=None) as engine:
        if engine.forks:
            ground = _ground(here, cycle, Path(folder))
            engine.nursery.preload(READY if ground else "", ground)
        with _without("rfc3987_syntax"):
            importlib.import_module("varddialog.batch.execute")
        yield engine


@contextmanager
def results_in(output: Path) -> Iterator[None]:
    """Kernels that are started meanwhile find the results of other reports there."""
    before = os.environ.get(OUTPUTS_VARIABLE)
    os.environ[OUTPUTS_VARIABLE] = str(output)
    try:
        yield
    finally:
        if before is None:
            del os.environ[OUTPUTS_VARIABLE]
        else:
            os.environ[OUTPUTS_VARIABLE] = before


@contextmanager
def _without(package: str) -> Iterator[None]:
    """As if an optional package were not installed.

    jsonschema, which nbformat imports, takes up a grammar of web addresses where it is: two seconds, for a kind of text
    that no notebook has.
    """
    if package in sys.modules:
        yield
        return
    sys.modules[package] = None  # type: ignore[assignment]  # Python's own way to say that there is none
    try:
        yield
    finally:
        del sys.modules[package]


def _ground(here: Project, cycle: str, folder: Path) -> str:
    from varddialog.assessment.ground import hand_over  # slow to import, and only a build needs it

    path = folder / "ground"
    try:
        hand_over(here, cycle, path)
    except Exception:  # whatever is wrong with params/ or the store
        return ""
    return str(path)
