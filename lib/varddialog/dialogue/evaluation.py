"""The evaluation of the dialogue: what those who took part answered to its questionnaire, without telling who.

Nothing is shown of a group with fewer than three answers, nor of so many groups that the answers of those left out
could be had by subtraction: then the smallest group shown is left out too. Comments are told without unit and party.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from varddialog.dialogue.rounds import Rating, Round
from varddialog.model.arena import Arena, Scale

FEWEST = 3
SCORES = (1, 2, 3, 4, 5)


@dataclass(frozen=True)
class Distribution:
    """Answers to one statement. counts: how many gave each score from 1 to 5."""

    counts: tuple[int, ...]

    @classmethod
    def of(cls, ratings: Sequence[Rating]) -> Distribution:
        found = Counter(rating.score for rating in ratings)
        return cls(tuple(found[score] for score in SCORES))

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def median(self) -> float:
        """The middle score; halfway between the two in the middle for an even number."""
        return median(score for score, count in zip(SCORES, self.counts, strict=True) for _ in range(count))


@dataclass(frozen=True)
class Evaluated:
    """One statement. answers: how many there are. whole: None for fewer than three.

    parties, units: slug or code → distribution, of those that may be shown, in the order of the arena or by code.
    comments: in the order of the alphabet, which tells nothing of whom they come from; empty for fewer than three
    answers.
    """

    scale: Scale
    answers: int
    whole: Distribution | None
    parties: dict[str, Distribution]
    units: dict[str, Distribution]
    comments: tuple[str, ...]


def evaluate(arena: Arena, round_: Round) -> tuple[Evaluated, ...]:
    """Each statement of the arena's questionnaire, with the round's answers."""
    return tuple(
        _evaluated(scale, [r for r in round_.ratings if r.scale == scale.slug], arena) for scale in arena.evaluation
    )


def _evaluated(scale: Scale, ratings: Sequence[Rating], arena: Arena) -> Evaluated:
    enough = len(ratings) >= FEWEST
    parties = _shown(ratings, lambda r: r.party, [party.slug for party in arena.parties])
    units = _shown(ratings, lambda r: r.unit, sorted({r.unit for r in ratings}))
    comments = tuple(sorted({r.comment for r in ratings if r.comment})) if enough else ()
    return Evaluated(scale, len(ratings), Distribution.of(ratings) if enough else None, parties, units, comments)


def _shown(ratings: Sequence[Rating], group: Callable[[Rating], str], order: Sequence[str]) -> dict[str, Distribution]:
    """The groups that may be shown: at least three answers in each, and none or at least three in the rest together."""
    of = {name: [r for r in ratings if group(r) == name] for name in order}
    shown = [name for name in order if len(of[name]) >= FEWEST]
    while shown and 0 < len(ratings) - sum(len(of[name]) for name in shown) < FEWEST:
        shown.remove(min(shown, key=lambda name: len(of[name])))
    return {name: Distribution.of(of[name]) for name in shown}
