"""An engine whose kernels stand on the ground of the packs from the start."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from varddialog.batch.kernels import Engine, EngineName, open_engine
from varddialog.config import Project

READY = "varddialog.pack.warm.ready"


@contextmanager
def ready_engine(here: Project, cycle: str, wanted: EngineName, memory_mb: int | None) -> Iterator[Engine]:
    """`open_engine`; forked kernels then have the catalogue and all figures without reading them.

    A ground that cannot be read is left out: the notebooks that need it say what is wrong with it.
    """
    with TemporaryDirectory(prefix="varddialog-") as folder:
        preload = (READY, _ground(here, cycle, Path(folder))) if wanted == "fork" else ("", "")
        with open_engine(wanted, memory_mb, preload if preload[1] else ("", "")) as engine:
            importlib.import_module("varddialog.batch.execute")  # takes a second, in which the parent gets warm
            yield engine


def _ground(here: Project, cycle: str, folder: Path) -> str:
    from varddialog.assessment.ground import hand_over  # slow to import, and only a build needs it

    path = folder / "ground"
    try:
        hand_over(here, cycle, path)
    except Exception:  # whatever is wrong with params/ or the store
        return ""
    return str(path)
