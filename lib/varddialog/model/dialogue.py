"""What params/ says of the dialogue itself, checked against the catalogue: themes, focus areas, arenas, cycles."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from varddialog.config import Project
from varddialog.errors import Fault, ParamsError
from varddialog.model.arena import Arena
from varddialog.model.cycle import Cycle
from varddialog.model.focus import FocusArea
from varddialog.model.read import read_yaml
from varddialog.model.theme import Theme, ThemeFile
from varddialog.model.units import Units
from varddialog.swedish import did_you_mean


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
    focus_areas: dict[str, FocusArea] = {}
    for path in _files(project, "focus-areas"):
        try:
            area = read_yaml(path, FocusArea, project)
        except ParamsError as error:
            faults.extend(error.faults)
            continue
        focus_areas[area.slug] = area
        faults += _named(path, area.slug, project)
    arenas: dict[str, Arena] = {}
    for path in _files(project, "arenas"):
        try:
            arena = read_yaml(path, Arena, project)
        except ParamsError as error:
            faults.extend(error.faults)
            continue
        arenas[arena.slug] = arena
        faults += _named(path, arena.slug, project)
    return Dialogue(themes, focus_areas, arenas), faults


def dialogue_faults(
    dialogue: Dialogue, indicators: Collection[str] | None, cycles: Mapping[str, Cycle], units: Units, project: Project
) -> list[Fault]:
    """What refers to something that does not exist. indicators: None when some of them could not be read."""
    params = project.params
    faults = list(_unknown(params / "themes.yml", dialogue.themes.values(), indicators, project))
    for folder, found in (("focus-areas", dialogue.focus_areas), ("arenas", dialogue.arenas)):
        for slug, one in found.items():
            path = params / folder / f"{slug}.yml"
            faults += _unknown(path, [one], indicators, project)
            faults += _missing(path, "themes", one.themes, dialogue.themes, project)
    for name, cycle in cycles.items():
        path = params / "cycles" / f"{name}.yml"
        if dialogue.arenas:
            faults += _missing(path, "arena", [cycle.arena], dialogue.arenas, project)
        if dialogue.focus_areas:
            faults += _missing(path, "focus_areas", cycle.focus_areas, dialogue.focus_areas, project)
        faults += _visits(path, cycle, units, project)
    return faults


def _files(project: Project, folder: str) -> list[Path]:
    return sorted((project.params / folder).glob("*.yml"))


def _named(path: Path, slug: str, project: Project) -> Iterator[Fault]:
    if path.stem != slug:
        yield Fault(f"Filen ska heta {slug}.yml, som dess slug.", project.show(path))


def _unknown(
    path: Path, holders: Collection[Theme | FocusArea | Arena], indicators: Collection[str] | None, project: Project
) -> Iterator[Fault]:
    """Indicators that the catalogue does not have."""
    for holder in holders:
        for key in holder.indicators:
            if indicators is not None and key not in indicators:
                todo = did_you_mean(key, sorted(indicators))
                yield Fault(f"{holder.slug}: måttet «{key}» finns inte i katalogen.", project.show(path), todo=todo)


def _missing(
    path: Path, field_name: str, slugs: Collection[str], known: Collection[str], project: Project
) -> Iterator[Fault]:
    for slug in slugs:
        if slug not in known:
            what = f"{field_name}: «{slug}» finns inte."
            yield Fault(what, project.show(path), ", ".join(known), did_you_mean(slug, list(known)))


def _visits(path: Path, cycle: Cycle, units: Units, project: Project) -> Iterator[Fault]:
    """Visits to units that do not exist."""
    folders = [unit.folder for unit in units.all]
    for name in cycle.visits:
        if name not in folders:
            todo = did_you_mean(name, folders)
            yield Fault(f"visits: «{name}» är ingen enhet.", project.show(path), "kod och namn, som 12-skane", todo)
