"""What must be the same on every machine of a run, so that it does not matter where a report is made."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from varddialog.config import Project
from varddialog.dialogue.supplement.folder import FOLDERS

# part → how it is named when it is not the same; every other part is Python or a package, with its version
PROGRAM = {
    "library": "programmet (lib/varddialog) är ett annat",
    "loaded": "programmet har ändrats sedan arbetaren läste in det",
}
INPUTS = {
    "params": "params/ är inte lika",
    "notebooks": "notebooks/ är inte lika",
    "data": "data/store/ är inte lika",
    "dialogue": "data/dialogue/ är inte lika",
    "lock": "requirements.lock är inte lika",
}
PYTHON = "Python"

Likeness = Mapping[str, str]


def packages() -> list[str]:
    """The packages that the project asks for, those of extras apart, and the one that carries the jobs."""
    asked = [text for text in requires("varddialog") or [] if ";" not in text]
    names = {text[: next((i for i, c in enumerate(text) if c in "<>=!~[ ("), None)] for text in asked}
    return sorted(names | {"distributed"})


def program(names: Iterable[str]) -> dict[str, str]:
    """This process: Python, the versions of the named packages (empty for a missing one), and the program's checksum.

    The program is told both as it lies on the disk and as it was when the process first was asked: a worker
    lives longer than a version of the program.
    """
    found = {PYTHON: platform.python_version(), **{name: _version(name) for name in names}}
    library = Path(__file__).resolve().parents[1]
    return {**found, "library": _library(library), "loaded": _loaded(library)}


def inputs(here: Project) -> dict[str, str]:
    """Checksums of what this machine's checkout gives to every notebook."""
    added = [path for folder in FOLDERS.values() for path in (here.params / folder).rglob("*")]
    return {
        "params": _digest([*here.params.rglob("*.yml"), *added], here.params),
        "notebooks": _digest(here.notebooks.glob("*.ipynb"), here.notebooks),
        "data": _digest(here.store.rglob("*"), here.store),
        "dialogue": _digest(here.dialogue.rglob("*"), here.dialogue),
        "lock": _digest([here.lock], here.root),
    }


def differences(here: Likeness, there: Likeness) -> list[str]:
    """In words, in what `there` is not like `here`; only the parts of `here` count."""
    named = {**PROGRAM, **INPUTS}
    return [
        named.get(part) or f"{part} {there.get(part) or 'saknas'} där, {here[part] or 'saknas'} här"
        for part in here
        if here[part] != there.get(part, "")
    ]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _library(folder: Path) -> str:
    return _digest((p for p in folder.rglob("*") if p.suffix != ".pyc"), folder)


@cache
def _loaded(folder: Path) -> str:
    return _library(folder)


def _digest(paths: Iterable[Path], root: Path) -> str:
    """One checksum over the files among `paths`, by their place below `root` and their bytes."""
    total = hashlib.sha256()
    for path in sorted(p for p in paths if p.is_file()):
        total.update(path.relative_to(root).as_posix().encode() + b"\0")
        with path.open("rb") as file:
            total.update(hashlib.file_digest(file, "sha256").digest())
    return total.hexdigest()
