"""The answers to an arena's questions: how the dialogue is built in each unit, and what the parties answer in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from varddialog.dialogue.rounds import Round
from varddialog.dialogue.themes import Told
from varddialog.model.arena import Arena, Question


@dataclass(frozen=True)
class Answered:
    """A question and what was answered; empty when nobody has."""

    question: Question
    told: Told

    @property
    def lacking(self) -> tuple[str, ...]:
        """The units where some party answers that it is missing."""
        return Told(tuple(s for s in self.told.statements if s.answer in self.question.lacking)).units

    def unanswered(self, units: Iterable[str]) -> tuple[str, ...]:
        """Those of the units where nobody has answered."""
        return tuple(unit for unit in units if unit not in self.told.units)


def structure(arena: Arena, found: Round) -> list[Answered]:
    """Every question on how the dialogue is built, in the order of the arena's file."""
    return [_answered(q, found) for q in arena.questions if q.structure]


def in_words(arena: Arena, found: Round) -> list[Answered]:
    """The other questions that someone has answered."""
    made = [_answered(q, found) for q in arena.questions if not q.structure]
    return [one for one in made if one.told]


def _answered(question: Question, found: Round) -> Answered:
    return Answered(question, Told(tuple(s for s in found.statements if s.question == question.slug)))
