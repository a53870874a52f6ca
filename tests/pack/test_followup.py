"""Actions and evaluation on a page: from made-up rounds, and from none."""

from __future__ import annotations

import re

import pytest
from tests.dialogue.followed import ARENA, CYCLE, action, ratings, round_of

from varddialog.assessment.ground import Ground, ground
from varddialog.config import Project
from varddialog.dialogue.rounds import Round
from varddialog.pack.followup import actions, evaluation


@pytest.fixture(scope="module")
def on(project: Project) -> Ground:
    return ground(project, "2026-2027")


def page(on: Ground, *rounds: Round) -> str:
    return actions(on.catalogue.arena(ARENA), rounds, on, on.catalogue.cycle("2026-2027")).html


def test_without_actions_that_is_said(on):
    html = page(on)
    assert "Inga åtgärder är registrerade ännu." in html
    assert "<table" not in html


def test_actions_stand_with_owner_days_and_state(on):
    html = page(on, round_of(action("a", indicators=("U70450",))))
    for told in ("Åtgärden a.", "Regionen", "Skåne", "3\u00a0november\u00a02022", "30\u00a0juni\u00a02024", "försenad"):
        assert told in html
    assert html.count("visar inte att åtgärden är orsaken") == 1
    assert re.search(r'href="\.\./matt/[a-z0-9-]+\.html#skane"', html)
    assert 'href="#atgard-1"' in html
    assert 'id="atgard-1"' in html


def test_what_an_action_says_is_text_and_nothing_else(on):
    html = page(on, round_of(action("a", text="<script>1</script>", source="<b>x</b>")))
    assert "<script>" not in html
    assert "<b>x</b>" not in html


def test_made_up_actions_are_marked(on):
    assert "Exempel: påhittade uppgifter" in page(on, round_of(action("a"), example=True))
    assert "Exempel" not in page(on, round_of(action("a")))


def test_without_answers_the_questionnaire_is_shown(on):
    arena = on.catalogue.arena(ARENA)
    found = evaluation(arena, Round(ARENA, CYCLE), on.catalogue)
    assert found is not None
    assert "Inga svar är registrerade ännu." in found.html
    assert all(scale.text in found.html for scale in arena.evaluation)
    assert "<svg" not in found.html


def test_an_arena_without_a_questionnaire_has_no_evaluation(on):
    bare = on.catalogue.arena(ARENA).model_copy(update={"evaluation": []})
    assert evaluation(bare, Round(ARENA, CYCLE), on.catalogue) is None


def test_no_unit_with_few_answers_is_named_and_comments_have_no_place(on):
    arena = on.catalogue.arena(ARENA)
    first = arena.evaluation[0].slug
    given = ratings(
        first, {("12", "regionen"): [1, 2, 5], ("14", "regionen"): [4, 4, 4], ("01", "regionen"): [2]}, "Bra."
    )
    found = evaluation(arena, Round(ARENA, CYCLE, ratings=given), on.catalogue)
    assert found is not None
    assert "Stockholm" not in found.html
    # Skåne is left out too, so that Stockholm's answer cannot be had by subtraction
    assert "Västra Götaland" in found.html
    assert "Skåne" not in found.html
    assert found.html.count("<li>Bra.</li>") == 1
