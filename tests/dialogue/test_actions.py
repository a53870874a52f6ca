"""The actions of a dialogue: which are late, and how the figures they aimed at have moved."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from tests.dialogue.followed import action, round_of

from varddialog.assessment.ground import Ground, ground
from varddialog.config import Project
from varddialog.dialogue.actions import Followed, follow_up, is_late, states, units_of
from varddialog.dialogue.rounds import FollowUp

TODAY = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def on(project: Project) -> Ground:
    return ground(project, "2026-2027")


def followed(on: Ground, *actions: object) -> tuple[Followed, ...]:
    return follow_up([round_of(*actions)], on, on.catalogue.cycle("2026-2027"))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "due", "late"),
    [
        ("pågår", "2026-11-20", True),
        ("planerad", "2026-11-20", True),
        ("pågår", "2026-11-21", False),
        ("pågår", None, False),
        ("klar", "2026-11-20", False),
        ("avbruten", "2026-11-20", False),
    ],
)
def test_an_action_is_late_when_its_day_has_passed_and_somebody_still_has_to_finish_it(state, due, late):
    assert is_late(action("a", state, due), TODAY) is late


def test_the_late_come_first_then_the_open_ones_by_day_then_the_finished(on):
    told = followed(
        on,
        action("klar", "klar", "2023-01-01"),
        action("utan dag", "pågår", None),
        action("senare", "planerad", "2027-12-31"),
        action("snart", "pågår", "2027-01-01"),
        action("sen", "pågår", "2025-01-01"),
    )
    assert [one.action.key for one in told] == ["sen", "snart", "senare", "utan dag", "klar"]
    assert [one.number for one in told] == [1, 2, 3, 4, 5]
    assert [one.late for one in told] == [True, False, False, False, False]
    assert states(told) == {"pågår": 3, "planerad": 1, "klar": 1}


def test_what_is_told_of_an_action_after_the_packs_day_does_not_count(on):
    before, after = FollowUp(dt.date(2026, 6, 1), "pågår"), FollowUp(dt.date(2026, 12, 1), "klar")
    (one,) = followed(on, replace(action("a", "pågår", "2026-07-01"), history=(before, after)))
    assert (one.action.history, one.late) == ((before,), True)
    (kept,) = followed(on, replace(action("b", "planerad", None), history=(after,)))
    assert kept.action.history == (after,)


def test_an_aim_is_followed_from_the_year_before_the_decision(on):
    (one,) = followed(on, action("a", indicators=("U70450",)))
    (aim,) = one.aims
    assert aim.movement is not None
    assert aim.movement.before is not None
    assert aim.movement.now is not None
    assert aim.movement.before.year == 2021
    assert aim.movement.now.year > 2022
    assert aim.movement.nation is not None


def test_an_action_of_a_collaboration_region_is_followed_in_each_member(on):
    (one,) = followed(on, action("a", unit="norra", indicators=("U70450",)))
    assert [aim.unit.code for aim in one.aims] == ["22", "23", "24", "25"]


def test_an_action_of_the_whole_country_is_followed_in_riket(on):
    assert [unit.code for unit in units_of("00", on.catalogue.units)] == ["00"]


def test_without_a_day_of_decision_or_a_value_nothing_has_moved(on):
    undated, unvalued = followed(
        on, action("a", decided=None, indicators=("U70450",)), action("b", indicators=("U72552",))
    )
    assert [aim.movement for aim in undated.aims] == [None]
    assert [aim.movement for aim in unvalued.aims] == [None]


def test_no_rounds_have_no_actions(on):
    assert followed(on) == ()
