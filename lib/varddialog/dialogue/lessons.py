"""Lessons where they are called for: a region whose figures show the problem meets those who have dealt with it.

A lesson is matched through the indicators that it is tagged with, or else those of its theme. What a figure shows is
what its assessment says; that the lesson would help is not claimed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from varddialog.assessment import told
from varddialog.assessment.assess import Assessment
from varddialog.assessment.results import Result
from varddialog.dialogue.rounds import Round, Statement
from varddialog.model.catalogue import Catalogue
from varddialog.model.theme import Theme
from varddialog.model.units import Unit

# what in an assessment shows a problem, the most telling first; «långt från»: of a value whose uncertainty is unknown
Signal = Literal["sämre", "halkar efter", "försämras", "mål", "långt från"]
_TELLING: tuple[Signal, ...] = ("sämre", "halkar efter", "försämras")


@dataclass(frozen=True)
class Offer:
    """A lesson offered to a unit, because of these assessments of it; the strongest first."""

    lesson: Statement
    round: Round
    because: tuple[Assessment, ...]
    theme: Theme
    unit: Unit


@dataclass(frozen=True)
class Called:
    """A lesson, and the offers of it to the regions whose figures call for it; the strongest first.

    indicators: ids of those that would show the problem. untold: codes of the regions whose figures cannot tell whether
    they have it, the givers left out.
    """

    lesson: Statement
    round: Round
    theme: Theme
    offers: tuple[Offer, ...]
    indicators: tuple[str, ...]
    untold: tuple[str, ...]


def signals(assessment: Assessment) -> tuple[Signal, ...]:
    """What the assessment shows of a problem, by the rules of the reports; empty for an old or questioned value."""
    result = assessment.result
    if result is None or not _speaks_of_today(result):
        return ()
    found: dict[Signal, bool] = {
        "sämre": assessment.vs_nation is not None and assessment.vs_nation.klass == "sämre",
        "halkar efter": told.relation(assessment) == "halkar efter riket",
        "försämras": told.trend(assessment) == "försämras",
        "mål": told.is_reached(assessment) is False,
        "långt från": told.is_far(assessment) and (result.distance or 0) < 0,
    }
    return tuple(signal for signal, shown in found.items() if shown)


def can_tell(assessment: Assessment) -> bool:
    """Whether anything in the assessment could have shown a problem."""
    result = assessment.result
    if result is None or not _speaks_of_today(result):
        return False
    sides = assessment.vs_nation is not None and assessment.vs_nation.klass in ("bättre", "sämre", "i nivå")
    known = told.is_reached(assessment) is not None or told.trend(assessment) is not None
    return sides or known or result.distance is not None


def _speaks_of_today(result: Result) -> bool:
    return result.state == "aktuell" and not result.is_flagged


def tagged(lesson: Statement, catalogue: Catalogue) -> tuple[str, ...]:
    """Ids of the indicators that tell whether a region has the problem."""
    return lesson.indicators or tuple(catalogue.dialogue.themes[lesson.theme].indicators)


def offers(
    unit: Unit,
    lessons: Sequence[tuple[Round, Statement]],
    assessments: Mapping[str, Sequence[Assessment]],
    catalogue: Catalogue,
) -> list[Offer]:
    """The lessons that the unit's figures call for, where they speak the most strongly first.

    assessments: indicator id → the unit's. Riket, and those who have given a lesson, are not offered it. Made-up rounds
    count only where there are no real ones.
    """
    made = []
    for found, lesson in _real(lessons):
        if unit.is_nation or unit.code in givers(lesson, catalogue):
            continue
        shown = [a for key in tagged(lesson, catalogue) for a in assessments.get(key, ()) if signals(a)]
        if shown:
            because = tuple(sorted(shown, key=_strength))
            made.append(Offer(lesson, found, because, catalogue.dialogue.themes[lesson.theme], unit))
    return sorted(made, key=lambda offer: (_speaking(offer), _giver(offer.lesson, catalogue), offer.lesson.key))


def called(
    lessons: Sequence[tuple[Round, Statement]],
    assessments: Mapping[str, Mapping[str, Sequence[Assessment]]],
    catalogue: Catalogue,
) -> list[Called]:
    """Each lesson in its order, with the regions whose figures call for it. assessments: code → as for `offers`."""
    kept = _real(lessons)
    regions = catalogue.units.by_code
    found = [o for code, own in assessments.items() for o in offers(regions[code], kept, own, catalogue)]
    made = []
    for given, lesson in kept:
        mine = [offer for offer in found if offer.lesson is lesson]
        ordered = tuple(sorted(mine, key=lambda offer: (_speaking(offer), offer.unit.name)))
        asked = tagged(lesson, catalogue)
        untold = [
            code
            for code, own in assessments.items()
            if code not in givers(lesson, catalogue) and not any(can_tell(a) for key in asked for a in own.get(key, ()))
        ]
        made.append(Called(lesson, given, catalogue.dialogue.themes[lesson.theme], ordered, asked, tuple(untold)))
    return made


def _real(lessons: Iterable[tuple[Round, Statement]]) -> list[tuple[Round, Statement]]:
    """The lessons that someone has really given; the made-up ones where there are no others."""
    every = list(lessons)
    return [(found, lesson) for found, lesson in every if not found.example] or every


def givers(lesson: Statement, catalogue: Catalogue) -> set[str]:
    """Codes of those that the lesson comes from: a region, or the members of a collaboration region."""
    together = {c.slug: {u.code for u in c.members} for c in catalogue.units.collaboration_regions}
    return together.get(lesson.unit, {lesson.unit})


def _giver(lesson: Statement, catalogue: Catalogue) -> str:
    unit = catalogue.units.by_code.get(lesson.unit)
    return unit.name if unit else lesson.unit


def _strength(assessment: Assessment) -> tuple[bool, int, float, str]:
    """Orders by whether anything is worse or worsens, how much is shown, and the distance from Riket.

    A target level that nearly every region misses, and a value that nobody knows the uncertainty of, say less.
    """
    shown = signals(assessment)
    distance = (assessment.result.distance if assessment.result else None) or 0.0
    return not set(shown) & set(_TELLING), -len(shown), distance, assessment.indicator.id


def _speaking(offer: Offer) -> tuple[bool, int, int, float]:
    """Orders by the strongest assessment, then by how many there are."""
    telling, count, distance, _ = _strength(offer.because[0])
    return telling, count, -len(offer.because), distance
