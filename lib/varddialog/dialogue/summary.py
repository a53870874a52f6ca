"""What a round holds, counted: themes × kinds with who stands behind them, actions by state, the questionnaire."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from varddialog.dialogue.rounds import Kind, Round, State


@dataclass(frozen=True)
class ThemeCount:
    """How often a theme is spoken of, by kind, and how many units and parties do."""

    theme: str
    kinds: Mapping[Kind, int]
    units: int
    parties: int


@dataclass(frozen=True)
class RoundCount:
    """A round, counted. themes: in the order given. units, parties: behind any of its statements."""

    round: Round
    themes: Sequence[ThemeCount]
    states: Mapping[State, int]
    units: int
    parties: int


def count(round_: Round, themes: Sequence[str]) -> RoundCount:
    """The round, counted; a theme that nobody speaks of is left out."""
    said = round_.statements
    found = []
    for theme in themes:
        mine = [s for s in said if s.theme == theme]
        if mine:
            units, parties = len({s.unit for s in mine}), len({s.party for s in mine})
            found.append(ThemeCount(theme, Counter(s.kind for s in mine), units, parties))
    states = Counter(action.state for action in round_.actions)
    return RoundCount(round_, found, states, len({s.unit for s in said}), len({s.party for s in said}))
