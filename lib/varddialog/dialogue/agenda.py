"""The agenda of a visit, or of the national dialogue: its points in time order, each with the material for it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from varddialog.dialogue.questions import FocusChoice, Group
from varddialog.dialogue.supplement.place import OWN_PAGE
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import AgendaKind, AgendaPoint, Cycle
from varddialog.model.focus import FocusArea
from varddialog.model.units import Unit

QUESTIONS = "diskussionsfragor.html"
# files beside the reports that a unit's presentation can lean on, in the order that they are read
_BESIDE = ("kortrapport.html", "faktablad.pdf")
# what is made for the whole country, and leads its dialogue
_NATIONAL = ("slutrapport.html", "nationell-oversikt.html")
SUPPLEMENT = f"{OWN_PAGE}.html"
# which questions are talked about at which kind of point
_GROUP: dict[AgendaKind, Group] = {"regionen": "resultat", "fokusområde": "båda", "departementet": "staten"}


@dataclass(frozen=True)
class Point:
    """One point. start, end: minutes from the start of the visit; None for what lies beside the hours.

    area: the focus area that it is about, with the number of indicators that the figures raise in it. material: names
    of files in the unit's folder. group: the questions for it; None where it has none.
    """

    point: AgendaPoint
    start: int | None
    end: int | None
    area: tuple[FocusArea, int] | None
    material: tuple[str, ...]
    group: Group | None

    @property
    def kind(self) -> AgendaKind:
        return self.point.kind


@dataclass(frozen=True)
class Agenda:
    """The points, how many minutes they take together, and the focus areas."""

    points: tuple[Point, ...]
    minutes: int
    focus: FocusChoice


def agenda(unit: Unit, catalogue: Catalogue, cycle: Cycle, made: Collection[str], focus: FocusChoice) -> Agenda:
    """The unit's agenda, with the material that is made. made: names of files in the unit's folder.

    The points on focus areas take the areas in order; a point without one has no sheet.
    """
    points = cycle.national_agenda if unit.is_nation else cycle.agenda
    areas = iter(focus.areas)
    found, clock = [], 0
    for point in points:
        area = next(areas, None) if point.kind == "fokusområde" else None
        end = None if point.minutes is None else clock + point.minutes
        material = tuple(name for name in _material(point.kind, area, unit, catalogue) if name in made)
        group = _GROUP.get(point.kind) if QUESTIONS in made else None
        found.append(Point(point, None if end is None else clock, end, area, material, group))
        clock = clock if end is None else end
    return Agenda(tuple(found), clock, focus)


def _material(kind: AgendaKind, area: tuple[FocusArea, int] | None, unit: Unit, catalogue: Catalogue) -> list[str]:
    """What a point could have, whether it is made or not."""
    if kind == "regionen":
        reports = [f"{d.notebook}.html" for d in catalogue.framework.dimensions]
        return [*(_NATIONAL if unit.is_nation else ()), *_BESIDE, *reports, SUPPLEMENT]
    if kind == "fokusområde" and area is not None:
        return [f"fokusomrade-{area[0].slug}.html"]
    return []
