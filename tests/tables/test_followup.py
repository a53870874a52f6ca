"""The tables of actions and answers: what is late is marked, what has moved has its shape and word."""

from __future__ import annotations

import pytest
from tests.dialogue.followed import ARENA, CYCLE, action, ratings, round_of

from varddialog.assessment.ground import Ground, ground
from varddialog.config import Project
from varddialog.dialogue.actions import follow_up
from varddialog.dialogue.evaluation import evaluate
from varddialog.dialogue.rounds import Action, Round
from varddialog.tables.evaluation import statements
from varddialog.tables.followup import actions, aims


@pytest.fixture(scope="module")
def on(project: Project) -> Ground:
    return ground(project, "2026-2027")


def followed(on: Ground, *told: Action):
    return follow_up([round_of(*told)], on, on.catalogue.cycle("2026-2027"))


def test_only_what_is_late_is_marked(on):
    html = actions(followed(on, action("sen"), action("klar", "klar")), on.catalogue.arena(ARENA), on.catalogue)
    late, done = html.split('id="atgard-2"')
    assert "✕" in late
    assert "✕" not in done


def test_a_figure_that_has_moved_has_its_shape_and_its_word(on):
    told = followed(on, action("a", unit="25", decided=action("a").decided.replace(year=2021), indicators=("U79049",)))
    html = aims(told, {})
    assert html is not None
    assert "▼</span> Försämras, osäkerheten skattad ur tidsserien." in html


def test_without_aims_there_is_no_table_of_them(on):
    assert aims(followed(on, action("a")), {}) is None


def test_each_group_that_may_be_shown_has_its_own_row(on):
    arena = on.catalogue.arena(ARENA)
    given = ratings(arena.evaluation[0].slug, {("12", "regionen"): [1, 2, 3], ("01", "regionen"): [4, 4, 5]})
    html = statements(
        evaluate(arena, Round(ARENA, CYCLE, ratings=given)), {"12": "Skåne", "01": "Stockholm", "regionen": "R"}
    )
    assert html.count("<tr>") == 1 + 1 + 1 + 2
    assert "<td>Stockholm</td><td>0</td><td>0</td><td>0</td><td>2</td><td>1</td><td>3</td><td>4</td>" in html
