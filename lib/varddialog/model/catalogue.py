"""All of params/ in one place: framework, indicators, units and cycle, read once and checked together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

from varddialog.config import Project
from varddialog.errors import Fault, ParamsError, UsageError
from varddialog.model.arena import Arena
from varddialog.model.base import Model
from varddialog.model.cycle import Cycle
from varddialog.model.dialogue import Dialogue, dialogue_faults, read_dialogue
from varddialog.model.focus import FocusArea
from varddialog.model.framework import Area, Dimension, Framework
from varddialog.model.grading import GradedGrouping, GradingFile, Judgement
from varddialog.model.indicator import Gap, Indicator, IndicatorFile
from varddialog.model.live import ForeignFile, ForeignSeries
from varddialog.model.parameters import UnitParameters
from varddialog.model.read import read_yaml
from varddialog.model.units import NATION, UnitFile, Units
from varddialog.swedish import did_you_mean, fold

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Catalogue:
    """What params/ says, after every check."""

    framework: Framework
    areas: dict[str, tuple[Indicator, ...]]
    units: Units
    cycles: dict[str, Cycle]
    judgements: dict[tuple[str, GradedGrouping], Judgement] = field(default_factory=dict)
    foreign: dict[str, ForeignSeries] = field(default_factory=dict)
    dialogue: Dialogue = field(default_factory=Dialogue)

    @cached_property
    def indicators(self) -> dict[str, Indicator]:
        """Every indicator by id, in report order."""
        return {i.id: i for leaf in self.framework.leaves() for i in self.areas.get(leaf.slug, ())}

    @cached_property
    def area_of(self) -> dict[str, str]:
        """Indicator id → slug of its area."""
        return {i.id: area for area, indicators in self.areas.items() for i in indicators}

    def with_figures(self, last_years: Mapping[str, int], lacking: Mapping[str, str]) -> Catalogue:
        """The catalogue as it is beside a store: the last year of each series that it has, why it lacks others.

        An indicator whose figures have come is no gap, and one whose figures could not be fetched is one. A series that
        has figures after its last year goes on.
        """

        def known(indicator: Indicator) -> Indicator:
            if indicator.id in lacking:
                gap = Gap(missing=lacking[indicator.id], holder=indicator.source.publisher)
                return indicator.model_copy(update={"gap": gap})
            last = last_years.get(indicator.id)
            if last is None or not indicator.live:
                return indicator
            changed: dict[str, object] = {}
            if indicator.gap is not None:
                exceptions = {key: why for key, why in indicator.exceptions.items() if key != "mätbar"}
                changed = {"gap": None, "exceptions": exceptions}
            if indicator.discontinued is not None and last > indicator.discontinued:
                changed["discontinued"] = None
            return indicator.model_copy(update=changed) if changed else indicator

        areas = {area: tuple(known(i) for i in indicators) for area, indicators in self.areas.items()}
        return replace(self, areas=areas)

    def of_dimension(self, dimension: Dimension) -> list[Indicator]:
        """The dimension's own indicators in report order."""
        return [i for leaf in dimension.leaves() for i in self.areas.get(leaf.slug, ())]

    @cached_property
    def dimension_of(self) -> dict[str, Dimension]:
        """Indicator id → its dimension; those of the context have none."""
        return {i.id: d for d in self.framework.dimensions for i in self.of_dimension(d)}

    def dimension(self, name: str | int) -> Dimension:
        """The dimension with that number, slug or name. Raises UsageError with a suggestion."""
        wanted = fold(str(name))
        for d in self.framework.dimensions:
            if wanted in (str(d.number), fold(d.slug), fold(d.name), fold(d.notebook)):
                return d
        slugs = [d.slug for d in self.framework.dimensions]
        allowed = ", ".join(f"{d.number} ({d.slug})" for d in self.framework.dimensions)
        raise UsageError(Fault(f"Okänd dimension: «{name}».", allowed=allowed, todo=did_you_mean(str(name), slugs)))

    def area(self, slug: str) -> Area:
        """The area that holds indicators under that slug. Raises UsageError with a suggestion."""
        leaves = {leaf.slug: leaf for leaf in self.framework.leaves()}
        if slug not in leaves:
            raise UsageError(
                Fault(f"Okänt område: «{slug}».", allowed=", ".join(leaves), todo=did_you_mean(slug, list(leaves)))
            )
        return leaves[slug]

    def focus_area(self, slug: str) -> FocusArea:
        """The focus area under that slug. Raises UsageError with a suggestion."""
        return _known(slug, self.dialogue.focus_areas, "Okänt fokusområde")

    def arena(self, slug: str) -> Arena:
        """The arena under that slug. Raises UsageError with a suggestion."""
        return _known(slug, self.dialogue.arenas, "Okänd arena")

    def cycle(self, name: str) -> Cycle:
        """The cycle of that name (2026-2027). Raises UsageError with a suggestion."""
        return _known(name, self.cycles, "Okänd dialogomgång")


def _known(name: str, known: Mapping[str, M], unknown: str) -> M:
    if name not in known:
        allowed = list(known)
        raise UsageError(Fault(f"{unknown}: «{name}».", allowed=", ".join(allowed), todo=did_you_mean(name, allowed)))
    return known[name]


def load_catalogue(project: Project) -> Catalogue:
    """Read and check everything in params/.

    Raises ParamsError with all faults of all files at once.
    """
    faults: list[Fault] = []

    def attempt(path: Path, model: type[M]) -> M | None:
        try:
            return read_yaml(path, model, project)
        except ParamsError as error:
            faults.extend(error.faults)
            return None

    params = project.params
    framework = attempt(params / "framework.yml", Framework)
    unit_file = attempt(params / "units.yml", UnitFile)
    cycles = {path.stem: attempt(path, Cycle) for path in sorted((params / "cycles").glob("*.yml"))}
    files = {path: attempt(path, IndicatorFile) for path in sorted((params / "indicators").glob("*.yml"))}
    # nobody needs to have judged anything: without the file every expert part is unknown
    expert_file = params / "grading.yml"
    experts = attempt(expert_file, GradingFile) if expert_file.is_file() else None
    foreign_file = params / "international.yml"
    foreign = attempt(foreign_file, ForeignFile) if foreign_file.is_file() else None
    dialogue, found = read_dialogue(project)
    faults += found
    areas = {file.area: tuple(file.indicators) for file in files.values() if file}
    if framework:
        faults += _area_faults({p: f for p, f in files.items() if f}, framework, project)
    faults += _indicator_faults({p: f for p, f in files.items() if f}, project)
    if unit_file:
        faults += _unit_faults(Units(unit_file.units), params / "regions", set(cycles), project)
        # what could not be read may be what is referred to
        whole = all(files.values())
        known = [i.id for file in files.values() if file for i in file.indicators] if whole else None
        read = {k: v for k, v in cycles.items() if v}
        faults += dialogue_faults(dialogue, known, read, Units(unit_file.units), project)
    if faults or framework is None or unit_file is None:
        raise ParamsError(*faults)
    return Catalogue(
        framework,
        areas,
        Units(unit_file.units),
        {k: v for k, v in cycles.items() if v},
        experts.by_key if experts else {},
        {s.id: s for s in foreign.series} if foreign else {},
        dialogue,
    )


def _area_faults(files: dict[Path, IndicatorFile], framework: Framework, project: Project) -> list[Fault]:
    """Files whose area the framework does not have, or whose name does not fit it; areas with two files."""
    names = {leaf.slug: d.number for d in framework.dimensions for leaf in d.leaves()}
    names |= {leaf.slug: 0 for leaf in framework.context.leaves()}
    faults = []
    for path, file in files.items():
        shown = project.show(path)
        if file.area not in names:
            hint = did_you_mean(file.area, list(names))
            faults.append(Fault(f"Området «{file.area}» finns inte i ramverket.", f"{shown}:1", ", ".join(names), hint))
        elif path.stem != (expected := f"{names[file.area]}-{file.area}"):
            faults.append(Fault(f"Filen för området «{file.area}» ska heta {expected}.yml.", f"{shown}:1"))
    return faults


def _indicator_faults(files: dict[Path, IndicatorFile], project: Project) -> list[Fault]:
    """Ids or slugs that stand twice, duplicates of what does not exist, parts that stand alone."""
    faults: list[Fault] = []
    seen: dict[str, str] = {}
    everything = [(i, project.show(path)) for path, file in files.items() for i in file.indicators]
    ids = {i.id for i, _ in everything}
    families: dict[str, int] = {}
    for indicator, _ in everything:
        if indicator.part:
            families[indicator.part.family] = families.get(indicator.part.family, 0) + 1
    for indicator, shown in everything:
        for key in {indicator.id, indicator.slug}:
            if key in seen:
                faults.append(
                    Fault(f"«{key}» står också i {seen[key]}.", shown, todo="Ett mått beskrivs på ett ställe.")
                )
            seen[key] = shown
        if indicator.duplicate_of and indicator.duplicate_of not in ids:
            hint = did_you_mean(indicator.duplicate_of, sorted(ids))
            faults.append(
                Fault(f"{indicator.id}: duplicate_of «{indicator.duplicate_of}» finns inte.", shown, todo=hint)
            )
        if indicator.part and families[indicator.part.family] < 2:
            faults.append(Fault(f"{indicator.id}: familjen «{indicator.part.family}» har bara en grupp.", shown))
    return faults


def _unit_faults(units: Units, folder: Path, cycles: set[str], project: Project) -> list[Fault]:
    """Units named twice or without Riket, and parameter files that are missing, left over or wrong."""
    faults: list[Fault] = []
    shown = project.show(project.params / "units.yml")
    codes = [unit.code for unit in units.all]
    faults += [Fault(f"Koden {c} står två gånger.", shown) for c in sorted(set(codes)) if codes.count(c) > 1]
    if NATION not in codes:
        faults.append(Fault("Riket (kod 00) saknas.", shown))
    expected = {f"{unit.folder}.yml": unit for unit in units.all}
    present = {path.name for path in folder.glob("*.yml")}
    for name in sorted(expected.keys() - present):
        faults.append(Fault("Filen saknas.", project.show(folder / name), todo="En enhet har en parameterfil."))
    for name in sorted(present - expected.keys()):
        hint = did_you_mean(name, sorted(expected))
        faults.append(Fault("Filen hör inte till någon enhet i units.yml.", project.show(folder / name), todo=hint))
    for name in sorted(present & expected.keys()):
        path = folder / name
        try:
            parameters = read_yaml(path, UnitParameters, project)
        except ParamsError as error:
            faults.extend(error.faults)
            continue
        where = project.show(path)
        if parameters.region != expected[name].folder:
            faults.append(Fault(f"region är «{parameters.region}».", where, allowed=expected[name].folder))
        if parameters.cycle not in cycles:
            faults.append(Fault(f"cycle «{parameters.cycle}» finns inte i cycles/.", where, ", ".join(sorted(cycles))))
    return faults
