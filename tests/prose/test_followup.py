"""What is said of the actions and of the evaluation agrees with the records, and claims no cause."""

from __future__ import annotations

import datetime as dt

import pytest
from tests.dialogue.followed import ARENA, CYCLE, action, ratings, round_of

from varddialog.assessment.ground import Ground, ground
from varddialog.config import Project
from varddialog.dialogue.actions import Followed, follow_up
from varddialog.dialogue.evaluation import evaluate
from varddialog.dialogue.rounds import Action, FollowUp, Round
from varddialog.prose import evaluation, followup
from varddialog.swedish import NBSP


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


@pytest.fixture(scope="module")
def on(project: Project) -> Ground:
    return ground(project, "2026-2027")


def followed(on: Ground, *actions: Action) -> tuple[Followed, ...]:
    return follow_up([round_of(*actions)], on, on.catalogue.cycle("2026-2027"))


def test_states_are_counted_and_the_late_told(on):
    told = followed(on, action("a"), action("b", "klar"), action("c", "klar"), action("d", "planerad", "2027-01-01"))
    assert plain(followup.standing(told, on.catalogue.cycle("2026-2027"))) == (
        "4 åtgärder: 2 klara, 1 pågår och 1 planerad. 1 skulle ha varit klar före den 21 november 2026 men är inte "
        "redovisad som klar."
    )


def test_that_none_is_late_is_said_only_where_one_could_be(on):
    cycle = on.catalogue.cycle("2026-2027")
    assert followup.standing(followed(on, action("a", due="2027-01-01")), cycle).endswith("Ingen är försenad.")
    assert followup.standing(followed(on, action("a", "klar")), cycle).endswith("1 klar.".replace(" ", " "))


def test_what_nobody_has_looked_at_since_its_day_is_not_called_late(on):
    looked = followed(on, action("a"))[0]
    assert plain(followup.state(looked)) == "pågår (1 maj 2025), försenad"
    before = followed(on, action("a", history=(FollowUp(dt.date(2023, 5, 1), "pågår"),)))[0]
    assert plain(followup.state(before)) == "pågår (1 maj 2023), därefter inte uppföljd"


def test_movements_are_counted_and_the_rest_is_said_to_be_unknown(on):
    told = followed(on, action("a", unit="norra", decided=dt.date(2021, 2, 3), indicators=("U79049",)))
    classes = [aim.movement.answer.klass for one in told for aim in one.aims if aim.movement]
    assert classes.count("försämras") == 2
    assert plain(followup.moved(told)) == (
        "Av 4 siffror som åtgärderna siktar på har 2 försämrats sedan beslutet. För 2 går det inte att säga."
    )


def test_actions_without_aims_say_so(on):
    assert followup.moved(followed(on, action("a"))) == "Ingen av åtgärderna anger vilka mått den siktar på."
    assert followup.moved(()) == ""


def test_aims_that_cannot_be_followed_say_why(on):
    (one,) = followed(on, action("a", decided=None, indicators=("U70450",)))
    assert followup.answer(one.aims[0], one.action) == "Det framgår inte när åtgärden beslutades."
    assert plain(followup.moved([one])).endswith("För ingen av dem går det att säga om den har rört sig.")
    (two,) = followed(on, action("a", indicators=("N79179",)))
    assert "brott 2024" in followup.answer(two.aims[0], two.action)


def test_both_values_are_told_with_their_years(on):
    (one,) = followed(on, action("a", indicators=("U70450",)))
    movement = one.aims[0].movement
    assert movement is not None
    assert movement.before is not None
    assert "(2021) → " in followup.course(movement)
    assert " → " in followup.nation(movement)


def test_no_sentence_claims_a_cause(on):
    assert "visar inte att åtgärden är orsaken" in followup.CAUSE


def test_the_evaluation_names_what_they_agree_with_most_and_least(on):
    arena = on.catalogue.arena(ARENA)
    first, second = arena.evaluation[:2]
    given = ratings(first.slug, {("12", "regionen"): [5, 5, 4]}) + ratings(second.slug, {("12", "regionen"): [1, 2, 2]})
    found = evaluate(arena, Round(ARENA, CYCLE, ratings=given))
    said = plain(evaluation.ends(found))
    assert said == (
        f"Mest instämmer de svarande i ”{first.text.rstrip('.')}” (median 5), minst i ”{second.text.rstrip('.')}” "
        "(median 2)."
    )
    assert plain(evaluation.answered(found)).startswith("0 till 3 svar på varje påstående.")
    assert plain(evaluation.picture(found[0])).endswith("1: 0; 2: 0; 3: 0; 4: 1; 5: 2. Median 5.")


def test_one_median_is_told_of_what_is_shown_alone(on):
    arena = on.catalogue.arena(ARENA)
    given = ratings(arena.evaluation[0].slug, {("12", "regionen"): [4, 4, 4]})
    said = evaluation.ends(evaluate(arena, Round(ARENA, CYCLE, ratings=given)))
    assert plain(said) == "Medianen är 4 för de påståenden som visas."


def test_few_answers_are_said_to_be_few(on):
    arena = on.catalogue.arena(ARENA)
    given = ratings(arena.evaluation[0].slug, {("12", "regionen"): [5, 5]})
    found = evaluate(arena, Round(ARENA, CYCLE, ratings=given))
    assert "Färre än 3" in evaluation.ends(found)
    assert plain(evaluation.hidden(found[0])) == "2 svar, för få för att visas."
    assert evaluation.hidden(found[1]) == "Inga svar."
