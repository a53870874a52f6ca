"""The only place that knows folders. Importing it opens nothing; a folder is looked up when it is asked for."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from varddialog.errors import Fault, UsageError

ROOT_VARIABLE = "VARDDIALOG_ROOT"
DEFAULT_CYCLE = "2026-2027"
CURRENT = "current"


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
        """The snapshot of the figures that counts: the one that `CURRENT` names, or the embedded one, which has no name
        and lies in the folder itself."""
        try:
            name = (self.stores / CURRENT).read_text(encoding="utf-8").strip()
        except FileNotFoundError:
            return self.stores
        return self.stores / Path(name).name

    @property
    def cache(self) -> Path:
        """What may be thrown away: answers of the open APIs, kept to be validated instead of fetched again."""
        return self.root / ".cache"

    @property
    def outputs(self) -> Path:
        return self.root / "outputs"

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
