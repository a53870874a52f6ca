"""The bars of the evaluation: as many as there are scores given, the median's dark."""

from __future__ import annotations

from tests.across import paths, texts
from tests.dialogue.followed import ARENA, CYCLE, ratings

from varddialog.dialogue.evaluation import evaluate
from varddialog.dialogue.rounds import Round
from varddialog.figures.evaluation import scores
from varddialog.figures.style import ACCENT, HALF


def test_each_score_that_was_given_has_a_bar_and_the_median_is_dark(catalogue):
    arena = catalogue.arena(ARENA)
    given = ratings(arena.evaluation[0].slug, {("12", "regionen"): [2, 4, 4, 5]})
    svg = scores(evaluate(arena, Round(ARENA, CYCLE, ratings=given)), "Om", "prov").svg
    ((dark,),), ((*light,),) = paths(svg, fill=ACCENT), paths(svg, fill=HALF)
    assert len(light) == 2
    heights = [max(y for _, y in bar) - min(y for _, y in bar) for bar in (dark, *light)]
    assert round(heights[0] / heights[1], 1) == 2.0
    assert texts(svg).count("4") >= 2  # the score and the median


def test_statements_with_too_few_answers_are_not_drawn(catalogue):
    arena = catalogue.arena(ARENA)
    given = ratings(arena.evaluation[0].slug, {("12", "regionen"): [2, 4]})
    svg = scores(evaluate(arena, Round(ARENA, CYCLE, ratings=given)), "Om", "prov").svg
    assert arena.evaluation[0].text.split()[0] not in " ".join(texts(svg))
