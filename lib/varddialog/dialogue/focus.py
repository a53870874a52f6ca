"""What a focus sheet compares: a region beside those it can learn from, and for Riket where every region stands.

Only values of today that nobody questions are compared, always at the same time, and never counts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from varddialog.assessment.answer import Class
from varddialog.assessment.assess import Assessment, assess
from varddialog.assessment.material import Material
from varddialog.assessment.results import Result
from varddialog.dialogue.lessons import Offer, givers, offers, tagged
from varddialog.dialogue.raised import KINDS, Kind, Raised, of_assessments
from varddialog.dialogue.rounds import Round, Statement
from varddialog.model.catalogue import Catalogue
from varddialog.model.focus import FocusArea
from varddialog.model.units import Unit, Units

# fewer others than this are no company to be best or worst in
FEWEST_OTHERS = 2


@dataclass(frozen=True)
class Beside:
    """A region's value, and those of other regions at the same time: code → value."""

    result: Result
    others: dict[str, float]

    def place(self, codes: Iterable[str]) -> Literal["bäst", "sämst", "mellan", ""]:
        """Where the value as printed lies among those of `codes`; empty where neither way is better or few have one."""
        turn, places = self.result.indicator.turn, self.result.indicator.decimals
        them = [turn * round(self.others[c], places) for c in codes if c in self.others]
        mine = turn * round(self.result.latest.value, places)
        if not turn or len(them) < FEWEST_OTHERS:
            return ""
        if mine >= max(them) and mine > min(them):
            return "bäst"
        return "sämst" if mine <= min(them) and mine < max(them) else "mellan"


@dataclass(frozen=True)
class Stands:
    """Riket's value, and the class against it of each region that has a value at the same time."""

    result: Result
    classes: dict[str, Class]

    def of(self, *classes: Class) -> list[str]:
        """Codes of the regions with one of the classes."""
        return [code for code, found in self.classes.items() if found in classes]

    @property
    def judged(self) -> list[str]:
        """Codes of the regions that can be told from Riket, or told to be level with it."""
        return self.of("bättre", "sämre", "i nivå", "högre", "lägre")


def beside(results: Iterable[Result], codes: Iterable[str]) -> list[Beside]:
    """The region's values that may be compared, each beside those of the regions in `codes`."""
    wanted = dict.fromkeys(codes)
    return [
        Beside(r, {c: r.regions_now[c] for c in wanted if c in r.regions_now and c != r.unit.code})
        for r in results
        if _may_be_compared(r)
    ]


def stands(results: Sequence[Result], units: Units, material: Material) -> list[Stands]:
    """Riket's values that may be compared, each with how every region is assessed against it."""
    made = []
    for nation in (r for r in results if _may_be_compared(r)):
        classes: dict[str, Class] = {}
        for unit in units.regions:
            for r in material.results(nation.indicator, unit):
                if r.sex == nation.sex and r.latest.when == nation.latest.when:
                    answer = assess(r, ()).vs_nation
                    classes[unit.code] = answer.klass if answer else "kan ej bedömas"
        made.append(Stands(nation, classes))
    return made


def _may_be_compared(result: Result) -> bool:
    return result.state == "aktuell" and not (result.is_flagged or result.indicator.is_count)


def in_turn(
    assessments: Iterable[Assessment], area_of: Mapping[str, str], most: int
) -> list[tuple[Raised, Assessment]]:
    """What the values raise: the heaviest of each kind, then the next heaviest, each value once, `most` in all."""
    by_kind: dict[Kind, list[tuple[Raised, Assessment]]] = {kind: [] for kind in KINDS}
    for pair in of_assessments(assessments, 0, area_of):  # the number of a report, of which none is told here
        by_kind[pair[0].kind].append(pair)
    waiting = [sorted(found, key=lambda pair: (-pair[0].weight, pair[0].anchor)) for found in by_kind.values()]
    taken: dict[str, tuple[Raised, Assessment]] = {}
    for turn in range(max(map(len, waiting))):
        for pair in (found[turn] for found in waiting if turn < len(found)):
            taken.setdefault(pair[0].anchor, pair)
    return list(taken.values())[:most]


@dataclass(frozen=True)
class Lesson:
    """A lesson that meets the focus area. offer: why the unit's own figures call for it, where they do."""

    round: Round
    statement: Statement
    offer: Offer | None


def lessons(
    focus: FocusArea,
    unit: Unit,
    given: Iterable[tuple[Round, Statement]],
    assessments: Mapping[str, Sequence[Assessment]],
    catalogue: Catalogue,
) -> list[Lesson]:
    """The lessons of others whose theme or indicators meet the focus area; those that the figures call for first.

    assessments: indicator id → the unit's, of the area's own indicators.
    """
    themes, own = set(focus.themes), set(focus.indicators)
    met = [(r, s) for r, s in given if s.theme in themes or own.intersection(tagged(s, catalogue))]
    met = [(r, s) for r, s in met if unit.is_nation or unit.code not in givers(s, catalogue)]
    offered = offers(unit, met, assessments, catalogue)
    first = [Lesson(o.round, o.lesson, o) for o in offered]
    called = {id(o.lesson) for o in offered}
    return first + [Lesson(r, s, None) for r, s in met if id(s) not in called]
