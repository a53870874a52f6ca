"""The records of the dialogues: every round in data/dialogue/, read and checked together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from varddialog.config import Project
from varddialog.dialogue.round_files import RoundFiles
from varddialog.dialogue.rounds import Round, Statement
from varddialog.errors import DataError, Fault, UsageError
from varddialog.model.catalogue import Catalogue
from varddialog.swedish import did_you_mean

_CYCLE = re.compile(r"(\d{4})-(\d{4})")


@dataclass(frozen=True)
class Rounds:
    """Every round by arena and cycle. Made-up rounds are in `all`; elsewhere they stand only where nothing is real."""

    all: tuple[Round, ...] = ()

    def of(self, arena: str) -> tuple[Round, ...]:
        """The arena's rounds in time order: the real ones, or the made-up ones where it has no other."""
        return _real(round_ for round_ in self.all if round_.arena == arena)

    def before(self, arena: str, cycle: str) -> Round | None:
        """The arena's latest round earlier than the cycle that holds something."""
        return next((r for r in reversed(self.of(arena)) if r.cycle < cycle and not r.is_empty), None)

    def at(self, arena: str, cycle: str) -> Round:
        """The arena's round in the cycle; an empty one when nothing is registered."""
        return next((r for r in self.of(arena) if r.cycle == cycle), Round(arena, cycle))

    def latest(self, arena: str, cycle: str) -> Round:
        """The arena's newest round not later than the cycle that holds something, or an empty one of the cycle."""
        found = (r for r in reversed(self.of(arena)) if r.cycle <= cycle and not r.is_empty)
        return next(found, Round(arena, cycle))

    def lessons(self, cycle: str) -> tuple[tuple[Round, Statement], ...]:
        """Every lesson of every arena not later than the cycle: real ones, or made-up ones where there are no other."""
        having = _real(r for r in self.all if r.cycle <= cycle and r.lessons)
        return tuple((r, lesson) for r in having for lesson in r.lessons)


def _real(rounds: Iterable[Round]) -> tuple[Round, ...]:
    """The real rounds that hold something, or all of them when none does."""
    found = tuple(rounds)
    return tuple(r for r in found if not r.example) if any(not (r.example or r.is_empty) for r in found) else found


@dataclass(frozen=True)
class Checked:
    """Rounds as far as they can be read, everything that is wrong, and cells that look like personal data."""

    rounds: tuple[Round, ...]
    faults: list[Fault]
    warnings: list[str]


def read_rounds(here: Project, catalogue: Catalogue) -> Rounds:
    """Every round in data/dialogue/, by arena and in time order. Raises DataError with every fault of every file."""
    checked = check_rounds(here, catalogue)
    if checked.faults:
        raise DataError(*checked.faults)
    return Rounds(checked.rounds)


def check_rounds(here: Project, catalogue: Catalogue) -> Checked:
    """Everything in data/dialogue/."""
    read = [files for folder in round_folders(here) if (files := RoundFiles.of(folder, here, catalogue))]
    return _together(read, misplaced(here, catalogue))


def check_files(files: Sequence[Path], arena: str | None, here: Project, catalogue: Catalogue) -> Checked:
    """These files alone: each in its round, or as the arena's when it lies elsewhere.

    Raises UsageError when such a file's arena is not told, or there is no such arena.
    """
    folders = {folder.resolve(): folder for folder in round_folders(here)}
    grouped: dict[Path, list[Path]] = {}
    loose = []
    for path in dict.fromkeys(path.resolve() for path in files):
        if path.parent in folders:
            grouped.setdefault(folders[path.parent], []).append(path)
        else:
            loose.append(path)
    read = [found for folder, mine in grouped.items() if (found := RoundFiles.of(folder, here, catalogue, mine))]
    if loose:
        if arena is None:
            what = "Vilken arena gäller filen?"
            raise UsageError(Fault(what, loose[0].name, ", ".join(catalogue.dialogue.arenas), "Ange --arena."))
        read.append(RoundFiles.loose(loose, catalogue.arena(arena).slug, here, catalogue))
    return _together(read, misplaced(here, catalogue) if grouped else [])


def _together(read: Sequence[RoundFiles], faults: list[Fault]) -> Checked:
    found = [*faults, *(fault for files in read for fault in files.faults)]
    return Checked(tuple(files.round for files in read), found, [w for files in read for w in files.warnings])


def round_folders(here: Project) -> list[Path]:
    """The folders of the rounds, data/dialogue/<arena>/<cycle>, in order."""
    return [folder for arena in _folders(here.dialogue) for folder in _folders(arena)]


def misplaced(here: Project, catalogue: Catalogue) -> list[Fault]:
    """Folders that are no arena or no cycle, and files that lie beside the folders of the rounds."""
    faults: list[Fault] = []
    arenas = list(catalogue.dialogue.arenas)
    for arena in _folders(here.dialogue):
        if arena.name not in arenas:
            todo = did_you_mean(arena.name, arenas)
            faults.append(Fault(f"Okänd arena: «{arena.name}».", here.show(arena), ", ".join(arenas), todo))
        for folder in _folders(arena):
            if not is_cycle(folder.name):
                what = f"«{folder.name}» är ingen dialogomgång."
                faults.append(Fault(what, here.show(folder), "två år i följd, som 2026-2027"))
    for folder in (here.dialogue, *_folders(here.dialogue)):
        for path in _inside(folder):
            if not path.is_dir():
                todo = "Flytta den till mappen för sin arena och omgång, eller ta bort den."
                faults.append(Fault("Filen ligger inte i någon omgång.", here.show(path), todo=todo))
    return faults


def is_cycle(name: str) -> bool:
    found = _CYCLE.fullmatch(name)
    return found is not None and int(found[2]) == int(found[1]) + 1


def _folders(folder: Path) -> list[Path]:
    return [path for path in _inside(folder) if path.is_dir()]


def _inside(folder: Path) -> Sequence[Path]:
    """What lies in a folder, in order, but for what is hidden."""
    return sorted(path for path in folder.glob("*") if not path.name.startswith(".")) if folder.is_dir() else ()
