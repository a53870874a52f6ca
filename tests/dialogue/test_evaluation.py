"""The evaluation tells what was answered and never who."""

from __future__ import annotations

import pytest
from tests.dialogue.followed import ARENA, CYCLE, ratings

from varddialog.dialogue.evaluation import Evaluated, evaluate
from varddialog.dialogue.rounds import Rating, Round
from varddialog.model.arena import Arena
from varddialog.model.catalogue import Catalogue

SCALE = "rattvisande"


@pytest.fixture(scope="module")
def arena(catalogue: Catalogue) -> Arena:
    return catalogue.arena(ARENA)


def evaluated(arena: Arena, given: tuple[Rating, ...]) -> Evaluated:
    return next(one for one in evaluate(arena, Round(ARENA, CYCLE, ratings=given)) if one.scale.slug == SCALE)


def test_scores_are_counted_and_have_a_median(arena):
    one = evaluated(arena, ratings(SCALE, {("12", "regionen"): [1, 4, 5, 5]}))
    assert one.whole is not None
    assert one.whole.counts == (1, 0, 0, 1, 2)
    assert (one.whole.total, one.whole.median) == (4, 4.5)


def test_every_statement_is_there_without_answers(arena):
    found = evaluate(arena, Round(ARENA, CYCLE))
    assert [one.scale for one in found] == arena.evaluation
    assert {one.answers for one in found} == {0}


def test_fewer_than_three_answers_are_not_told(arena):
    one = evaluated(arena, ratings(SCALE, {("12", "regionen"): [1, 5]}, "Så tycker jag."))
    assert (one.answers, one.whole, one.parties, one.units, one.comments) == (2, None, {}, {}, ())


def test_a_unit_with_three_answers_is_told_when_the_rest_are_none_or_three(arena):
    one = evaluated(arena, ratings(SCALE, {("12", "regionen"): [1, 2, 3], ("01", "regionen"): [4, 5, 5]}))
    assert list(one.units) == ["01", "12"]
    assert one.units["12"].counts == (1, 1, 1, 0, 0)


def test_a_unit_with_few_answers_cannot_be_had_by_subtraction(arena):
    given = {("12", "regionen"): [1, 2, 3], ("01", "regionen"): [4, 5, 5, 5], ("03", "regionen"): [2]}
    assert list(evaluated(arena, ratings(SCALE, given)).units) == ["01"]


def test_two_units_with_few_answers_hide_each_other_when_they_are_three_together(arena):
    given = {("12", "regionen"): [1, 2, 3], ("01", "regionen"): [4, 5], ("03", "regionen"): [2]}
    assert list(evaluated(arena, ratings(SCALE, given)).units) == ["12"]


def test_parties_are_protected_in_the_same_way(arena):
    given = {("12", "regionen"): [1, 2, 3], ("01", "socialstyrelsen"): [4]}
    assert evaluated(arena, ratings(SCALE, given)).parties == {}
    more = {("12", "regionen"): [1, 2, 3], ("01", "socialstyrelsen"): [4, 4, 5]}
    assert list(evaluated(arena, ratings(SCALE, more)).parties) == ["socialstyrelsen", "regionen"]


def test_comments_come_in_the_order_of_the_alphabet(arena):
    given = ratings(SCALE, {("12", "regionen"): [1]}, "Öppet.") + ratings(SCALE, {("01", "regionen"): [2, 3]}, "Bra.")
    assert evaluated(arena, given).comments == ("Bra.", "Öppet.")
