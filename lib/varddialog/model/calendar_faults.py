"""What is wrong with a cycle's calendar: phases, milestones and visits in order, inside each other, of known units."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from varddialog.config import Project
from varddialog.errors import Fault
from varddialog.model.base import twice
from varddialog.model.cycle import Cycle, Phase, Visit
from varddialog.model.read import place
from varddialog.model.units import Units
from varddialog.swedish import did_you_mean, listing

# a visit is a part of a day, and never more than all of it
LONGEST_DAY = 8 * 60
FORM = "kod och namn, som 12-skane"


def calendar_faults(path: Path, cycle: Cycle, units: Units, project: Project) -> list[Fault]:
    """Every fault of the cycle in the file at `path`. A cycle may do without phases, milestones, roles and visits."""
    return list(_Calendar(path, cycle, units, project).faults())


@dataclass(frozen=True)
class _Calendar:
    path: Path
    cycle: Cycle
    units: Units
    project: Project

    def faults(self) -> Iterator[Fault]:
        yield from self._doubled()
        yield from self._phases()
        yield from self._milestones()
        yield from self._duties()
        yield from self._agenda()
        yield from self._which_visits()
        for name, visit in self.cycle.visits.items():
            yield from self._visit(name, visit)
        yield from self._same_day()

    def _at(self, *location: str | int) -> str:
        return place(self.path, self.project, *location)

    def _doubled(self) -> Iterator[Fault]:
        for field, slugs in (
            ("phases", [phase.slug for phase in self.cycle.phases]),
            ("milestones", [milestone.slug for milestone in self.cycle.milestones]),
            ("roles", [role.slug for role in self.cycle.roles]),
            ("focus_areas", self.cycle.focus_areas),
        ):
            for slug in twice(slugs):
                yield Fault(f"{field}: «{slug}» står flera gånger.", self._at(field), "varje slug en gång")
        if self.cycle.agreed and not self.cycle.focus_areas:
            yield Fault(
                "agreed: parterna kan inte ha enats när inget fokusområde står här.",
                self._at("agreed"),
                "false, eller true när focus_areas är ifyllt",
            )

    def _unknown(self, what: str, slug: str, known: Collection[str], *location: str | int) -> Iterator[Fault]:
        if slug not in known:
            todo = did_you_mean(slug, list(known))
            yield Fault(
                f"{what} «{slug}» finns inte i dialogomgången.",
                self._at(*location),
                ", ".join(known) or "inget än",
                todo,
            )

    # phases

    def _phases(self) -> Iterator[Fault]:
        first, last = f"{self.cycle.years[0]}-01-01", f"{self.cycle.years[-1]}-12-31"
        for i, phase in enumerate(self.cycle.phases):
            for field, day in (("start", phase.start), ("end", phase.end)):
                if not first <= day <= last:
                    what = f"Fasen «{phase.name}» ligger utanför dialogomgången: {field} är {day}."
                    yield Fault(what, self._at("phases", i, field), f"{first} till {last}")
            if phase.end < phase.start:
                what = f"Fasen «{phase.name}» slutar {phase.end}, innan den börjar {phase.start}."
                yield Fault(what, self._at("phases", i, "end"), f"{phase.start} eller senare")
            if i and phase.start <= (before := self.cycle.phases[i - 1]).end:
                yield Fault(
                    f"Fasen «{phase.name}» börjar {phase.start}, men «{before.name}» slutar först {before.end}.",
                    self._at("phases", i, "start"),
                    "faser i tidsordning, en i taget",
                    "Ändra dagarna, eller byt plats på faserna.",
                )

    def _phase(self, slug: str) -> Phase | None:
        return next((phase for phase in self.cycle.phases if phase.slug == slug), None)

    # milestones and duties

    def _milestones(self) -> Iterator[Fault]:
        phases = [phase.slug for phase in self.cycle.phases]
        roles = [role.slug for role in self.cycle.roles]
        latest_day, latest_phase = "", 0
        for i, milestone in enumerate(self.cycle.milestones):
            what = f"Milstolpen «{milestone.name}»"
            yield from self._unknown(f"{what}: fasen", milestone.phase, phases, "milestones", i, "phase")
            for role in milestone.by:
                yield from self._unknown(f"{what}: rollen", role, roles, "milestones", i, "by")
            if phase := self._phase(milestone.phase):
                if milestone.date and not phase.start <= milestone.date <= phase.end:
                    yield Fault(
                        f"{what} ligger {milestone.date}, utanför fasen «{phase.name}».",
                        self._at("milestones", i, "date"),
                        f"{phase.start} till {phase.end}",
                    )
                if phases.index(phase.slug) < latest_phase:
                    yield Fault(
                        f"{what} står efter en milstolpe i en senare fas.",
                        self._at("milestones", i),
                        "milstolpar i fasernas ordning",
                    )
                latest_phase = max(latest_phase, phases.index(phase.slug))
            if milestone.date and milestone.date < latest_day:
                yield Fault(
                    f"{what} ligger {milestone.date}, men en milstolpe före den ligger {latest_day}.",
                    self._at("milestones", i, "date"),
                    "milstolpar i tidsordning",
                    "Ändra dagen, eller byt plats på milstolparna.",
                )
            latest_day = max(latest_day, milestone.date or "")

    def _duties(self) -> Iterator[Fault]:
        phases = [phase.slug for phase in self.cycle.phases]
        milestones = {milestone.slug: milestone for milestone in self.cycle.milestones}
        for i, role in enumerate(self.cycle.roles):
            for j, duty in enumerate(role.duties):
                at = ("roles", i, "duties", j)
                yield from self._unknown(f"{role.name}: fasen", duty.phase, phases, *at, "phase")
                if duty.milestone is None:
                    continue
                yield from self._unknown(f"{role.name}: milstolpen", duty.milestone, milestones, *at, "milestone")
                milestone = milestones.get(duty.milestone)
                if milestone and milestone.phase != duty.phase:
                    yield Fault(
                        f"{role.name}: uppgiften hör till fasen «{duty.phase}», men dess milstolpe till "
                        f"«{milestone.phase}».",
                        self._at(*at, "milestone"),
                        "en milstolpe i samma fas",
                    )

    def _agenda(self) -> Iterator[Fault]:
        for field, points in (("agenda", self.cycle.agenda), ("national_agenda", self.cycle.national_agenda)):
            minutes = sum(point.minutes or 0 for point in points)
            if minutes > LONGEST_DAY:
                yield Fault(
                    f"{field}: punkterna tar {minutes} minuter, mer än en arbetsdag.",
                    self._at(field),
                    f"högst {LONGEST_DAY} minuter tillsammans",
                    "Korta punkter, eller utelämna minuterna för det som ligger vid sidan av samtalet.",
                )

    # visits

    def _which_visits(self) -> Iterator[Fault]:
        folders = [unit.folder for unit in self.units.all]
        for name in self.cycle.visits:
            if name not in folders:
                todo = did_you_mean(name, folders)
                yield Fault(f"visits: «{name}» är ingen enhet.", self._at("visits", name), FORM, todo)
        missing = [unit.folder for unit in self.units.regions if unit.folder not in self.cycle.visits]
        if self.cycle.visits and missing:
            yield Fault(
                f"visits: {listing(missing)} saknas.",
                self._at("visits"),
                "alla regioner, eller inga besök alls",
                "Skriv regionen med {} när inget är bestämt.",
            )

    def _visit(self, name: str, visit: Visit) -> Iterator[Fault]:
        focus = self.cycle.focus_areas
        for slug in visit.focus_areas:
            yield from self._unknown(f"{name}: fokusområdet", slug, focus, "visits", name, "focus_areas")
        for slug in twice(visit.focus_areas):
            what = f"{name}: fokusområdet «{slug}» står två gånger."
            yield Fault(what, self._at("visits", name, "focus_areas"), "högst två olika")
        if visit.held and not visit.date:
            what = f"{name}: besöket har hållits, men dagen saknas."
            yield Fault(what, self._at("visits", name, "held"), "held: true tillsammans med date")
        if visit.date:
            yield from self._when(name, visit, visit.date)

    def _when(self, name: str, visit: Visit, day: str) -> Iterator[Fault]:
        at, until = ("visits", name, "date"), self.cycle.data_until
        if visit.held and day > until:
            yield Fault(
                f"{name}: besöket {day} kan inte ha hållits, uppgifterna gäller till {until}.",
                self._at(*at),
                f"en dag till och med {until}",
                "Ta bort «held», eller flytta fram «data_until».",
            )
        if not visit.held and day < until:
            yield Fault(
                f"{name}: besöket {day} ligger i det förflutna, uppgifterna gäller till {until}.",
                self._at(*at),
                f"{until} eller senare",
                "Skriv «held: true» om det har hållits, annars en ny dag.",
            )
        national = self.units.nation.folder == name
        phases = [p for p in self.cycle.phases if p.visits == ("Riket" if national else "regionerna")]
        if phases and not any(phase.start <= day <= phase.end for phase in phases):
            spans = listing([f"{phase.start} till {phase.end}" for phase in phases])
            names = listing([f"«{phase.name}»" for phase in phases])
            yield Fault(f"{name}: besöket {day} ligger utanför fasen {names}.", self._at(*at), spans)
        elif not phases and dt.date.fromisoformat(day).year not in self.cycle.years:
            years = listing([str(year) for year in self.cycle.years])
            yield Fault(f"{name}: besöket {day} ligger utanför dialogomgången.", self._at(*at), f"en dag {years}")

    def _same_day(self) -> Iterator[Fault]:
        """The minister is in one place at a time."""
        days: dict[str, list[str]] = defaultdict(list)
        for name, visit in self.cycle.visits.items():
            if visit.date:
                days[visit.date].append(name)
        for day, names in days.items():
            if len(names) > 1:
                yield Fault(
                    f"visits: {listing(names)} har besök samma dag, {day}.",
                    self._at("visits", names[-1], "date"),
                    "ett besök om dagen",
                )
