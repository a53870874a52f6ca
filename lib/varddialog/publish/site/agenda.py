"""The agenda of a unit's visit, or of the national dialogue, on one sheet: when, what for, who leads, what to read."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from varddialog.dialogue.agenda import QUESTIONS, SUPPLEMENT, Point, agenda
from varddialog.dialogue.questions import focus_again
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import AgendaKind, Cycle
from varddialog.model.units import Unit
from varddialog.prose import questions as say
from varddialog.publish.page import render
from varddialog.swedish import listing, number, plural, slugify, span

PAGE = "dagordning.html"
OPEN = "Inte bestämt än"
_LEADS: dict[AgendaKind, str] = {"fokusområde": "Parterna tillsammans", "departementet": "Socialdepartementet"}
_NAMES = {
    "kortrapport.html": "Kortrapport",
    "faktablad.pdf": "Faktablad",
    "slutrapport.html": "Slutrapport",
    "nationell-oversikt.html": "Nationell översikt",
    SUPPLEMENT: "Regionens tillägg",
}


@dataclass(frozen=True)
class Row:
    """One point as it stands on the sheet. material: address and name."""

    time: str
    title: str
    about: str
    leads: str
    material: list[tuple[str, str]]


def agenda_page(
    unit: Unit, catalogue: Catalogue, cycle: Cycle, made: Collection[str], focus: Mapping[str, Any] | None = None
) -> str:
    """The page as HTML. made: names of files in the unit's folder, which alone are led to.

    focus: what the unit's questions glued of the focus areas; None where there are no questions yet.
    """
    found = agenda(unit, catalogue, cycle, made, focus_again(focus, unit, cycle, catalogue))
    visit = cycle.visits.get(unit.folder)
    return render(
        "site/agenda",
        cycle,
        home="../",
        unit=unit,
        visit=visit,
        open=OPEN,
        length=_length(found.minutes),
        focus=say.focus_of_visit(found.focus, unit),
        rows=[_row(point, unit, catalogue, found.focus.is_decided) for point in found.points],
    )


def _row(point: Point, unit: Unit, catalogue: Catalogue, is_decided: bool) -> Row:
    time = "Vid sidan av" if point.start is None or point.end is None else span(_clock(point.start), _clock(point.end))
    names = _NAMES | {f"{d.notebook}.html": f"{d.number} {d.name}" for d in catalogue.framework.dimensions}
    area = point.area[0] if point.area else None
    if area:
        names[f"fokusomrade-{area.slug}.html"] = f"Fokusområde: {area.name}"
    material = [(name, names[name]) for name in point.material]
    if point.group:
        material.append((f"{QUESTIONS}#{slugify(point.group)}", f"Frågor: {say.heading(point.group, unit).lower()}"))
    leads = _LEADS.get(point.kind, "Regionerna" if unit.is_nation else unit.official_name)
    title = point.point.title
    if area:
        title += f": {area.name}" if is_decided else f" (förslag: {area.name})"
    return Row(time, title, point.point.about, leads, material)


def _clock(minutes: int) -> str:
    """Hours and minutes from the start: `1:30`."""
    return f"{minutes // 60}:{minutes % 60:02d}"


def _length(minutes: int) -> str:
    """`4 timmar`, `3 timmar och 30 minuter`."""
    hours, rest = divmod(minutes, 60)
    parts = [plural(hours, "timme", "timmar") if hours else "", plural(rest, "minut", "minuter") if rest else ""]
    return listing(part for part in parts if part) or number(0)
