"""Where in the cycle the pack's day is, what comes next, and how many visits are held: in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle, Visit
from varddialog.model.units import Unit
from varddialog.publish.site.timeline import Timeline, day_of
from varddialog.swedish import date, number


@dataclass(frozen=True)
class Called:
    """A visit that has a date, with the names of the focus areas chosen for it."""

    unit: Unit
    visit: Visit
    areas: str
    state: str


def called(catalogue: Catalogue, cycle: Cycle) -> list[Called]:
    """The visits that have a date, in time order."""
    made = []
    for unit in catalogue.units.all:
        visit = cycle.visits.get(unit.folder)
        if visit is not None and visit.date is not None:
            areas = ", ".join(catalogue.focus_area(slug).name for slug in visit.focus_areas)
            late = day_of(visit.date) < cycle.today
            state = "genomfört" if visit.held else "dagen har passerat" if late else "kommande"
            made.append(Called(unit, visit, areas, state))
    return sorted(made, key=lambda c: (c.visit.date or "", c.unit.code))


def now(cycle: Cycle, line: Timeline | None) -> str:
    """Which phase the pack's day falls in."""
    if line is None:
        return "Omgångens faser är inte bestämda än."
    count = number(len(line.stretches))
    for s in line.stretches:
        if s.when == "pågår":
            return f"Fas {number(s.number)} av {count}, {s.phase.name}, till och med {date(s.phase.end)}."
    coming = next((s for s in line.stretches if s.when == "kommande"), None)
    if coming is None:
        return f"Omgången är avslutad. Den sista fasen slutade {date(line.stretches[-1].phase.end)}."
    return f"Fas {number(coming.number)} av {count}, {coming.phase.name}, börjar {date(coming.phase.start)}."


def upcoming(line: Timeline | None, visits: Sequence[Called]) -> str:
    """The nearest milestone or visit that the pack's day has not passed."""
    coming = []
    for step in (s for stretch in (line.stretches if line else ()) for s in stretch.steps):
        if step.milestone.date and not step.is_past:
            coming.append((step.milestone.date, f"{step.milestone.name}, {date(step.milestone.date)} ({step.who})."))
    for c in visits:
        if c.state == "kommande" and c.visit.date:
            what = "Nationell dialog" if c.unit.is_nation else f"Besök i {c.unit.official_name}"
            coming.append((c.visit.date, f"{what}, {date(c.visit.date)}."))
    return min(coming, key=lambda found: found[0])[1] if coming else "Ingen kommande milstolpe har fått datum än."


def held(cycle: Cycle, catalogue: Catalogue) -> str:
    regions = catalogue.units.regions
    visits = [v for u in regions if (v := cycle.visits.get(u.folder))]
    held, dated = sum(v.held for v in visits), sum(v.date is not None for v in visits)
    if not held and not dated:
        return f"Inget av {number(len(regions))} besök har fått datum än."
    return f"Genomförda: {number(held)} av {number(len(regions))}. Med datum: {number(dated)}."
