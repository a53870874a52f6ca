"""What params/ says of the dialogue itself, checked against the catalogue: themes, focus areas, arenas, cycles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from varddialog.config import Project
from varddialog.errors import Fault, ParamsError
from varddialog.model.arena import Arena
from varddialog.model.calendar_faults import calendar_faults
from varddialog.model.cycle import Cycle
from varddialog.model.focus import FocusArea
from varddialog.model.read import place, read_yaml
from varddialog.model.theme import Theme, ThemeFile
from varddialog.model.units import Units
from varddialog.swedish import did_you_mean, listing

M = TypeVar("M", FocusArea, Arena)


@dataclass(frozen=True)
class Dialogue:
    """Themes, focus areas and arenas by slug, in the order of their files."""

    themes: dict[str, Theme] = field(default_factory=dict)
    focus_areas: dict[str, FocusArea] = field(default_factory=dict)
    arenas: dict[str, Arena] = field(default_factory=dict)


def read_dialogue(project: Project) -> tuple[Dialogue, list[Fault]]:
    """What can be read, and what is wrong with the rest. A project without a dialogue has none of the files."""
    faults: list[Fault] = []
    themes: dict[str, Theme] = {}
    path = project.params / "themes.yml"
    if path.is_file():
        try:
            themes = {theme.slug: theme for theme in read_yaml(path, ThemeFile, project).themes}
        except ParamsError as error:
            faults.extend(error.faults)
    focus_areas, wrong_focus = _read_folder("focus-areas", FocusArea, project)
    arenas, wrong_arenas = _read_folder("arenas", Arena, project)
    return Dialogue(themes, focus_areas, arenas), [*faults, *wrong_focus, *wrong_arenas]


def _read_folder(folder: str, model: type[M], project: Project) -> tuple[dict[str, M], list[Fault]]:
    """Each file of the folder by its slug; a file of another name would never be found again, and is a fault."""
    found: dict[str, M] = {}
    faults: list[Fault] = []
    for path in sorted((project.params / folder).glob("*.y*ml")):
        if path.suffix != ".yml":
            faults.append(Fault(f"Filen ska heta {path.stem}.yml.", project.show(path)))
            continue
        try:
            one = read_yaml(path, model, project)
        except ParamsError as error:
            faults.extend(error.faults)
            continue
        found[one.slug] = one
        if path.stem != one.slug:
            faults.append(Fault(f"Filen ska heta {one.slug}.yml, som dess slug.", project.show(path)))
    return found, faults


def dialogue_faults(
    dialogue: Dialogue, indicators: Collection[str] | None, cycles: Mapping[str, Cycle], units: Units, project: Project
) -> list[Fault]:
    """What refers to something that does not exist. indicators: None when some of them could not be read."""
    params = project.params
    faults: list[Fault] = []
    # a file that could not be read may hold what is referred to, and is told of already
    themes = dialogue.themes if dialogue.themes or not (params / "themes.yml").is_file() else None
    areas, arenas = (_names(params / folder) for folder in ("focus-areas", "arenas"))
    for i, theme in enumerate(dialogue.themes.values()):
        at = ("themes", i, "indicators")
        faults += _unknown(params / "themes.yml", f"{theme.slug}: måttet", theme.indicators, indicators, project, at)
    for folder, found in (("focus-areas", dialogue.focus_areas), ("arenas", dialogue.arenas)):
        for slug, one in found.items():
            path = params / folder / f"{slug}.yml"
            if path.is_file():  # a file of another name is told of already
                faults += _unknown(path, f"{slug}: måttet", one.indicators, indicators, project, ("indicators",))
                faults += _unknown(path, f"{slug}: temat", one.themes, themes, project, ("themes",))
    for name, cycle in cycles.items():
        path = params / "cycles" / f"{name}.yml"
        if arenas:  # else the cycle has only named the usual one
            faults += _unknown(path, "Arenan", [cycle.arena], arenas, project, ("arena",))
        faults += _unknown(path, "Fokusområdet", cycle.focus_areas, areas, project, ("focus_areas",))
        faults += _outside(path, cycle, dialogue, project)
        faults += calendar_faults(path, cycle, units, project)
    return faults


def _names(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("*.yml"))


def _unknown(
    path: Path,
    what: str,
    keys: Sequence[str],
    known: Collection[str] | None,
    project: Project,
    at: tuple[str | int, ...],
) -> Iterator[Fault]:
    """The keys that nothing answers to. known: None when it cannot be told."""
    for i, key in enumerate(keys):
        if known is not None and key not in known:
            # the catalogue is too long to list
            allowed = ", ".join(known) if len(known) < 50 else "ett id ur params/indicators/"
            todo = did_you_mean(key, sorted(known))
            yield Fault(f"{what} «{key}» finns inte.", place(path, project, *at, i), allowed, todo)


def _outside(path: Path, cycle: Cycle, dialogue: Dialogue, project: Project) -> Iterator[Fault]:
    """Focus areas with themes that the cycle's arena lacks: what is said of them could not be written down."""
    arena = dialogue.arenas.get(cycle.arena)
    for i, slug in enumerate(cycle.focus_areas):
        area = dialogue.focus_areas.get(slug)
        if arena and area and (lacking := [theme for theme in area.themes if theme not in arena.themes]):
            yield Fault(
                f"Fokusområdet «{slug}» har teman som arenan «{arena.slug}» saknar: {listing(lacking)}.",
                place(path, project, "focus_areas", i),
                todo=f"Lägg dem bland arenans teman i params/arenas/{arena.slug}.yml.",
            )
