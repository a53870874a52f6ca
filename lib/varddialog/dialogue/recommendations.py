"""Recommendations by rule: what an arena's params recommend when the records meet a condition, with the evidence."""

from __future__ import annotations

from dataclasses import dataclass

from varddialog.dialogue.rounds import Round, Statement
from varddialog.dialogue.themes import CHALLENGE, STRENGTH, Told
from varddialog.model.arena import Arena, Recommendation


@dataclass(frozen=True)
class Recommended:
    """A recommendation and the statements that call for it; for «saknas» the answers, whose units lack something."""

    rule: Recommendation
    evidence: Told


def recommend(arena: Arena, found: Round) -> list[Recommended]:
    """What the round calls for, in the order of the arena's file; nothing without evidence."""
    made = [Recommended(rule, Told(_evidence(rule, arena, found))) for rule in arena.recommendations]
    return [one for one in made if one.evidence]


def _evidence(rule: Recommendation, arena: Arena, found: Round) -> tuple[Statement, ...]:
    if rule.question is not None:
        lacking = arena.question(rule.question).lacking
        return tuple(s for s in found.statements if s.question == rule.question and s.answer in lacking)
    assert rule.theme is not None  # the model sees to it
    told = Told(found.statements).about(rule.theme)
    match rule.when:
        case "olika bild":
            return told.of(STRENGTH, CHALLENGE).statements if told.is_opposed else ()
        case "delad utmaning":
            challenges = told.of(CHALLENGE)
            return challenges.statements if len(challenges.parties) > 1 else ()
        case _:
            return told.of(CHALLENGE).statements
