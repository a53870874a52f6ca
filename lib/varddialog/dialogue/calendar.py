"""The cycle as a calendar file (iCalendar, RFC 5545): its phases, milestones and visits, each as whole days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle, Visit
from varddialog.model.units import Unit

if TYPE_CHECKING:
    import icalendar

FILE = "besok.ics"
# what makes an event's name unlike all others in the world; not an address that anything is fetched from
_NAMESPACE = "varddialog"


@dataclass(frozen=True)
class Entry:
    """One event. last: its last day, the first one too when it is a single day. busy: whether the day is taken.

    is_decided: False for days that are only proposed.
    slug: names the event within the cycle, so that a new file replaces it instead of adding another.
    """

    slug: str
    first: dt.date
    last: dt.date
    summary: str
    about: str = ""
    place: str = ""
    busy: bool = False
    is_decided: bool = True


def entries(cycle: Cycle, catalogue: Catalogue) -> Iterator[Entry]:
    """What has a date: the phases, then the milestones, then the visits, each in the order of params/."""
    agreed = cycle.timetable_agreed
    for phase in cycle.phases:
        first, last = dt.date.fromisoformat(phase.start), dt.date.fromisoformat(phase.end)
        yield Entry(f"fas-{phase.slug}", first, last, f"Fas i dialogen: {phase.name}", phase.purpose, is_decided=agreed)
    roles = {role.slug: role.name for role in cycle.roles}
    for milestone in cycle.milestones:
        if milestone.date is not None:
            day = dt.date.fromisoformat(milestone.date)
            whose = f"Ansvar: {', '.join(roles.get(slug, slug) for slug in milestone.by)}."
            yield Entry(f"milstolpe-{milestone.slug}", day, day, milestone.name, whose, is_decided=agreed)
    for unit in catalogue.units.all:
        visit = cycle.visits.get(unit.folder)
        if visit is not None and visit.date is not None:
            yield _visit(unit, visit, dt.date.fromisoformat(visit.date), catalogue)


def _visit(unit: Unit, visit: Visit, day: dt.date, catalogue: Catalogue) -> Entry:
    summary = "Nationell dialog" if unit.is_nation else f"Besök i {unit.official_name}"
    areas = ", ".join(catalogue.focus_area(slug).name for slug in visit.focus_areas)
    told = [f"Fokusområden: {areas}." if areas else "", "Genomfört." if visit.held else ""]
    about = "\n".join(part for part in told if part)
    return Entry(f"besok-{unit.folder}", day, day, summary, about, visit.place or "", busy=True)


def calendar_file(cycle: Cycle, catalogue: Catalogue) -> bytes | None:
    """The file; None while nothing has a date, since a calendar must hold something. The same input, the same bytes.

    Raises UsageError when a visit has a focus area that does not exist.
    """
    # only here, since few commands need it
    from icalendar import Calendar

    found = list(entries(cycle, catalogue))
    if not found:
        return None
    calendar = Calendar()
    arena = catalogue.dialogue.arenas.get(cycle.arena)
    name = f"{arena.name if arena else 'Dialogomgången'} {cycle.name}"
    for key, value in (("prodid", "-//Varddialog//Dialogomgang//SV"), ("version", "2.0"), ("calscale", "GREGORIAN")):
        calendar.add(key, value)
    # the standard's name of the calendar, and the one that most programs read
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    for entry in found:
        calendar.add_component(_event(entry, cycle))
    written: bytes = calendar.to_ical()
    return written


def _event(entry: Entry, cycle: Cycle) -> icalendar.Event:
    from icalendar import Event

    event = Event()
    event.add("uid", f"{cycle.years[0]}-{cycle.years[1]}-{entry.slug}@{_NAMESPACE}")
    # the day that the pack speaks from, not the clock's
    event.add("dtstamp", dt.datetime.combine(cycle.today, dt.time(), tzinfo=dt.UTC))
    event.add("dtstart", entry.first)
    event.add("dtend", entry.last + dt.timedelta(days=1))  # the standard's end is the first day that is not included
    event.add("summary", entry.summary)
    if entry.about:
        event.add("description", entry.about)
    if entry.place:
        event.add("location", entry.place)
    event.add("status", "CONFIRMED" if entry.is_decided else "TENTATIVE")
    event.add("transp", "OPAQUE" if entry.busy else "TRANSPARENT")
    return event
