"""What a round of dialogue left behind: statements, actions and ratings, as plain rows. Read by `records`.

A unit is the code of a region, `00` for Riket, or the slug of a collaboration region.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

Kind = Literal["styrka", "utmaning", "återkoppling till staten", "förslag", "lärdom", "svar"]
State = Literal["planerad", "pågår", "klar", "avbruten"]


@dataclass(frozen=True)
class Statement:
    """What a party said about a theme. key: file and row, `12-skane.csv:4`; it names the record in anchors.

    kind «lärdom» is a lesson that the unit offers others; «svar» answers `question`, with `answer` where it has
    choices. indicators: ids of the catalogue that it is about. source: minutes or a publication, in words.
    """

    key: str
    unit: str
    party: str
    role: str
    theme: str
    kind: Kind
    text: str
    question: str = ""
    answer: str = ""
    indicators: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True)
class FollowUp:
    """How an action stood on a day."""

    day: dt.date
    state: State
    comment: str = ""


@dataclass(frozen=True)
class Action:
    """What someone took upon itself. owner: slug of a party. history: at least one, in time order.

    decided: None where the source tells that it is decided, but not when.
    """

    key: str
    unit: str
    owner: str
    theme: str
    text: str
    decided: dt.date | None
    due: dt.date | None
    history: tuple[FollowUp, ...]
    indicators: tuple[str, ...] = ()
    source: str = ""

    @property
    def state(self) -> State:
        return self.history[-1].state


@dataclass(frozen=True)
class Rating:
    """One answer to the questionnaire: scale is the slug of its statement, score 1 to 5."""

    key: str
    unit: str
    party: str
    scale: str
    score: int
    comment: str = ""


@dataclass(frozen=True)
class Round:
    """One arena in one cycle. material: what it rests on, in words («90 intervjuer …»), empty when nobody has said.

    source: who published it. example: made up to show how it works; never shown as something that was said.
    """

    arena: str
    cycle: str
    statements: tuple[Statement, ...] = ()
    actions: tuple[Action, ...] = ()
    ratings: tuple[Rating, ...] = ()
    material: str = ""
    source: str = ""
    example: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.statements or self.actions or self.ratings)

    @property
    def lessons(self) -> Sequence[Statement]:
        return [s for s in self.statements if s.kind == "lärdom"]
