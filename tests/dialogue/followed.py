"""Makers of actions and ratings with one thing changed at a time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from varddialog.dialogue.rounds import Action, FollowUp, Rating, Round, State

ARENA, CYCLE = "tillganglighet", "2022-2023"


def action(key: str, state: State = "pågår", due: str | None = "2024-06-30", **changes: Any) -> Action:
    """An action of Skåne's, decided in November 2022 and followed up once."""
    fields: dict[str, Any] = {
        "key": key,
        "unit": "12",
        "owner": "regionen",
        "theme": "vardgarantienhet",
        "text": f"Åtgärden {key}.",
        "decided": dt.date(2022, 11, 3),
        "due": dt.date.fromisoformat(due) if due else None,
        "history": (FollowUp(dt.date(2025, 5, 1), state),),
    }
    return Action(**{**fields, **changes})


def round_of(*actions: Action, **changes: Any) -> Round:
    return Round(ARENA, CYCLE, actions=actions, **changes)


def ratings(scale: str, scores: dict[tuple[str, str], list[int]], comment: str = "") -> tuple[Rating, ...]:
    """Answers to one statement. scores: unit and party → what was answered."""
    found = [(unit, party, score) for (unit, party), given in scores.items() for score in given]
    return tuple(
        Rating(f"svar.csv:{i}", unit, party, scale, score, comment) for i, (unit, party, score) in enumerate(found, 2)
    )
