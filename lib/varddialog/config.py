"""The only place that knows folders. Importing it opens nothing; a folder is looked up when it is asked for."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

from varddialog.errors import DataError, Fault, UsageError

ROOT_VARIABLE = "VARDDIALOG_ROOT"
OUTPUTS_VARIABLE = "VARDDIALOG_OUTPUTS"
DEFAULT_CYCLE = "2026-2027"
CURRENT = "current"
SNAPSHOT = re.compile(r"\d{4}-\d{2}-\d{2}(-\d+)?")


@dataclass(frozen=True)
class Project:
    """Where a checkout keeps its things. All paths are absolute."""

    root: Path

    @property
    def notebooks(self) -> Path:
        return self.root / "notebooks"

    @property
    def params(self) -> Path:
        return self.root / "params"

    @property
    def stores(self) -> Path:
        return self.root / "data" / "store"

    @property
    def store(self) -> Path:
        """The snapshot of the figures that counts. Raises DataError when that cannot be told."""
        return self.stores / current(self.stores)

    @property
    def dialogue(self) -> Path:
        """What was said and agreed in the dialogues: a folder for each arena and cycle."""
        return self.root / "data" / "dialogue"

    @property
    def cache(self) -> Path:
        """What may be thrown away: answers of the open APIs, kept to be validated instead of fetched again."""
        return self.root / ".cache"

    @property
    def outputs(self) -> Path:
        """Where the results lie; a build elsewhere says so in OUTPUTS_VARIABLE, for the notebooks that read them."""
        named = os.environ.get(OUTPUTS_VARIABLE)
        return Path(named).resolve() if named else self.root / "outputs"

    @property
    def library(self) -> Path:
        return Path(__file__).resolve().parent

    @property
    def lock(self) -> Path:
        return self.root / "requirements.lock"

    def show(self, path: Path) -> str:
        """`path` as written to a person: relative to the project when it lies there."""
        path = path.resolve()
        return path.relative_to(self.root).as_posix() if path.is_relative_to(self.root) else path.name


def current(stores: Path) -> str:
    """The name of the snapshot that counts, which the file `CURRENT` holds; empty for the embedded one, which lies in
    the folder itself. Raises DataError when the file holds something else."""
    name = ""
    try:
        name = (stores / CURRENT).read_bytes().decode(errors="replace").strip()
    except (FileNotFoundError, NotADirectoryError):
        return ""
    except OSError:
        pass  # as little use as one that holds something else
    if not SNAPSHOT.fullmatch(name):
        raise DataError(
            Fault(
                "Filen säger inte vilken ögonblicksbild som gäller.",
                f"data/store/{CURRENT}",
                allowed="en mapp i data/store, som 2026-11-26",
                todo="Gå tillbaka med «varddialog data rollback».",
            )
        )
    return name


def project() -> Project:
    """The project that this package belongs to, or the one that VARDDIALOG_ROOT names.

    The package is installed in editable form, so the checkout is found from the package's own
    place, whatever folder a notebook is opened in.
    """
    named = os.environ.get(ROOT_VARIABLE)
    root = Path(named).resolve() if named else Path(__file__).resolve().parents[2]
    if not (root / "params").is_dir():
        raise UsageError(
            Fault(
                "Hittar inte projektets mapp params/.",
                where=ROOT_VARIABLE if named else "varddialog",
                todo=f"Låt {ROOT_VARIABLE} peka på projektets rot, eller installera paketet med «pip install -e .».",
            )
        )
    return Project(root)
