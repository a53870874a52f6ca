"""The cycle's page: where in the two years we are, who does what, the visits, and how far the material has come."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from varddialog.dialogue import calendar
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle, Duty, Role
from varddialog.model.focus import FocusArea
from varddialog.model.units import Unit
from varddialog.publish.page import render
from varddialog.publish.site.how_far import added, how_far, links, one, totals
from varddialog.publish.site.material import Material
from varddialog.publish.site.position import called, held, now, upcoming
from varddialog.publish.site.timeline import timeline
from varddialog.publish.site.whole import Cell
from varddialog.swedish import date

PAGE = "omgang.html"
OPEN = "inte bestämt än"


@dataclass(frozen=True)
class InFocus:
    """A focus area, Riket's sheet on it and the regions' own."""

    area: FocusArea
    nation: str
    regions: list[tuple[Unit, str]]


def cycle_page(catalogue: Catalogue, cycle: Cycle, cells: Mapping[str, Sequence[Cell]], own: Mapping[str, int]) -> str:
    """The page as HTML. cells: unit code → its reports, made or not. own: unit code → how many texts it has added."""
    units = catalogue.units
    material = [Material.of(unit, cells.get(unit.code, ()), cycle, own.get(unit.code, 0)) for unit in units.all]
    regions = [m for m in material if not m.unit.is_nation]
    line, visits = timeline(cycle, units), called(catalogue, cycle)
    national = [p for m in material if m.unit.is_nation for kind in ("nationell", "slutrapport") for p in m[kind]]
    arenas = [p for m in material if m.unit.is_nation for p in m["arena"]]
    return render(
        "site/cycle",
        cycle,
        home="",
        here="omgang",
        arena=catalogue.dialogue.arenas.get(cycle.arena),
        now=now(cycle, line),
        upcoming=upcoming(line, visits),
        held=held(cycle, catalogue),
        how_far=how_far(regions),
        calendar=calendar.FILE if any(True for _ in calendar.entries(cycle, catalogue)) else "",
        line=line,
        roles=[(role, [_duties(role, phase.slug, cycle) for phase in cycle.phases]) for role in cycle.roles],
        called=visits,
        undated=[u.name for u in units.regions if not _dated(cycle, u)],
        nation_dated=_dated(cycle, units.nation),
        chosen=_chosen(catalogue, cycle),
        material=material,
        totals=totals(regions),
        has_agenda=any(m.agenda for m in material),
        links=links,
        one=one,
        added=added,
        focus=_in_focus(catalogue, cycle, material),
        nation=units.nation,
        national=[p for p in national if p.is_there],
        arenas=[p for p in arenas if p.is_there],
        open=OPEN,
    )


def _dated(cycle: Cycle, unit: Unit) -> bool:
    visit = cycle.visits.get(unit.folder)
    return visit is not None and visit.date is not None


def _chosen(catalogue: Catalogue, cycle: Cycle) -> list[tuple[Unit, str]]:
    """Focus areas chosen for visits that have no date yet."""
    found = [(u, v) for u in catalogue.units.all if (v := cycle.visits.get(u.folder)) and not v.date and v.focus_areas]
    return [(unit, ", ".join(catalogue.focus_area(slug).name for slug in v.focus_areas)) for unit, v in found]


def _duties(role: Role, phase: str, cycle: Cycle) -> list[tuple[Duty, str]]:
    """What the role does in a phase, and by when: its milestone's day, or that it is open."""
    milestones = {m.slug: m for m in cycle.milestones}
    made = []
    for duty in role.duties:
        if duty.phase == phase:
            due = milestones.get(duty.milestone or "")
            when = "" if due is None else f"senast {date(due.date)}" if due.date else f"datum {OPEN}"
            made.append((duty, when))
    return made


def _in_focus(catalogue: Catalogue, cycle: Cycle, material: Sequence[Material]) -> list[InFocus]:
    made: list[InFocus] = []
    # params/ may do without the files of the areas that a cycle names
    for slug in (slug for slug in cycle.focus_areas if slug in catalogue.dialogue.focus_areas):
        sheets = [(m.unit, p.file) for m in material for p in m["fokusområde"] if p.subject == slug and p.is_there]
        nation = next((f"{unit.folder}/{file}" for unit, file in sheets if unit.is_nation), "")
        own = [(unit, f"{unit.folder}/{file}") for unit, file in sheets if not unit.is_nation]
        made.append(InFocus(catalogue.focus_area(slug), nation, own))
    return made
