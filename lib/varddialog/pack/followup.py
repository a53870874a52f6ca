"""What every notebook shows of what came of a dialogue: the actions and their figures, and the evaluation."""

from __future__ import annotations

from collections.abc import Sequence

from varddialog.assessment.ground import Ground
from varddialog.dialogue.actions import Followed, follow_up
from varddialog.dialogue.evaluation import evaluate
from varddialog.dialogue.rounds import Round
from varddialog.figures.evaluation import scores
from varddialog.model.arena import Arena
from varddialog.model.catalogue import Catalogue
from varddialog.model.cycle import Cycle
from varddialog.pack.fragment import Fragment, fragment
from varddialog.prose import evaluation as say_of_evaluation
from varddialog.prose import followup as say
from varddialog.prose.arena import EXAMPLE, place
from varddialog.swedish import capital
from varddialog.tables import evaluation as evaluation_table
from varddialog.tables import followup as tables


def actions(arena: Arena, rounds: Sequence[Round], on: Ground, cycle: Cycle) -> Fragment:
    """The actions of the rounds: how they stand, which are late, and whether the figures they aimed at have moved."""
    followed = follow_up(rounds, on, cycle)
    standing, moved = say.standing(followed, cycle) if followed else say.EMPTY, say.moved(followed)
    return fragment(
        "arena_actions",
        f"{standing} {moved}".strip(),
        followed=followed,
        empty=say.EMPTY,
        example=EXAMPLE if any(one.round.example for one in followed) else "",
        standing=standing,
        moved=moved,
        cause=say.CAUSE,
        actions=tables.actions(followed, arena, on.catalogue),
        aims=tables.aims(followed, links(followed)),
        say=say,
    )


def links(followed: Sequence[Followed]) -> dict[tuple[str, str], str]:
    """(region code, indicator) → the region on the page of the indicator, there whichever reports are made."""
    return {
        (aim.unit.code, aim.indicator.id): f"../matt/{aim.indicator.slug}.html#{aim.movement.result.row}"
        for one in followed
        for aim in one.aims
        if aim.movement
    }


def evaluation(arena: Arena, round_: Round, catalogue: Catalogue) -> Fragment | None:
    """The answers to the arena's questionnaire; the questions where there are none. None without a questionnaire."""
    found = evaluate(arena, round_)
    if not found:
        return None
    names = {party.slug: party.name for party in arena.parties}
    names |= {r.unit: capital(place(r.unit, catalogue.units)) for r in round_.ratings}
    answers = any(one.answers for one in found)
    shown = [one for one in found if one.whole]
    alt = " ".join(say_of_evaluation.picture(one) for one in shown)
    ends = say_of_evaluation.ends(found)
    return fragment(
        "arena_evaluation",
        ends if answers else say_of_evaluation.EMPTY,
        found=found,
        answers=answers,
        empty=say_of_evaluation.EMPTY,
        example=EXAMPLE if round_.example else "",
        ends=ends,
        answered=say_of_evaluation.answered(found),
        scores=say_of_evaluation.SCORES,
        drawing=scores(shown, alt, f"{arena.slug}-utvardering") if shown else None,
        table=evaluation_table.statements(found, names),
        hidden=say_of_evaluation.hidden,
        comments=[(one.scale.text, one.comments) for one in found if one.comments],
        protected=say_of_evaluation.PROTECTED,
    )
