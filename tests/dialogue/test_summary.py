"""A round is counted as its rows are."""

from __future__ import annotations

import datetime as dt

from varddialog.dialogue.rounds import Action, FollowUp, Kind, Round, State, Statement
from varddialog.dialogue.summary import ThemeCount, count


def said(unit: str, party: str, theme: str, kind: Kind) -> Statement:
    return Statement("a.csv:2", unit, party, "", theme, kind, "Något.")


def action(*states: State) -> Action:
    history = tuple(FollowUp(dt.date(2026 + at, 1, 1), state) for at, state in enumerate(states))
    return Action("b.csv:2", "12", "regionen", "x", "Gör något.", None, None, history)


def test_themes_are_counted_by_kind_with_who_stands_behind() -> None:
    statements = (
        said("12", "regionen", "y", "styrka"),
        said("12", "regionen", "x", "utmaning"),
        said("12", "staten", "x", "utmaning"),
        said("13", "regionen", "x", "lärdom"),
    )
    counted = count(Round("a", "2026-2027", statements), ["x", "z", "y"])
    assert counted.themes == [
        ThemeCount("x", {"utmaning": 2, "lärdom": 1}, 2, 2),
        ThemeCount("y", {"styrka": 1}, 1, 1),
    ]
    assert (counted.units, counted.parties, counted.states) == (2, 2, {})


def test_an_action_is_counted_in_the_state_that_it_had_last() -> None:
    actions = (action("planerad", "klar"), action("pågår"), action("planerad", "pågår"))
    assert count(Round("a", "2026-2027", actions=actions), []).states == {"klar": 1, "pågår": 2}
