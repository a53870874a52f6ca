"""The actions that were agreed: which are late, and whether the indicators that they aimed at have moved since."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from varddialog.assessment.ground import Ground
from varddialog.assessment.relevance import relevance
from varddialog.assessment.since import Movement, since
from varddialog.dialogue.rounds import Action, Round, State
from varddialog.model.cycle import Cycle
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit, Units

# actions that somebody still has to finish; one that was called off is not late
OPEN: tuple[State, ...] = ("planerad", "pågår")


@dataclass(frozen=True)
class Aim:
    """An indicator that an action aimed at, in one unit. movement: None without a value or a day to go from."""

    indicator: Indicator
    unit: Unit
    movement: Movement | None


@dataclass(frozen=True)
class Followed:
    """An action as it stands. number: its own in the list, from 1. late: its day has passed and it is not finished.

    aims: each of its indicators in each unit that it is about: for a collaboration region, its members.
    """

    number: int
    action: Action
    round: Round
    late: bool
    aims: tuple[Aim, ...]


def follow_up(rounds: Sequence[Round], on: Ground, cycle: Cycle) -> tuple[Followed, ...]:
    """Every action of the rounds as it stood on the pack's day.

    The late ones first, then the open ones by day, then those that are finished.
    """
    found = [(as_of(action, cycle.today), one) for one in rounds for action in one.actions]
    order = sorted(found, key=lambda pair: _order(pair[0], cycle.today))
    return tuple(
        Followed(i, action, one, is_late(action, cycle.today), _aims(action, on))
        for i, (action, one) in enumerate(order, 1)
    )


def as_of(action: Action, today: dt.date) -> Action:
    """The action without what was told of it later; what came first is kept, so that the action is never lost."""
    known = tuple(step for step in action.history if step.day <= today)
    return replace(action, history=known or action.history[:1])


def is_late(action: Action, today: dt.date) -> bool:
    """Whether its day has passed without its being finished or called off."""
    return action.state in OPEN and action.due is not None and action.due < today


def states(followed: Sequence[Followed]) -> Counter[State]:
    """How many actions stand in each state."""
    return Counter(one.action.state for one in followed)


def _order(action: Action, today: dt.date) -> tuple[bool, bool, dt.date, str]:
    return not is_late(action, today), action.state not in OPEN, action.due or dt.date.max, action.key


def units_of(name: str, units: Units) -> tuple[Unit, ...]:
    """The units whose figures tell of it: the region itself, Riket, or the members of a collaboration region."""
    if name in units.by_code:
        return (units.by_code[name],)
    return next((region.members for region in units.collaboration_regions if region.slug == name), ())


def _aims(action: Action, on: Ground) -> tuple[Aim, ...]:
    indicators = [on.catalogue.indicators[name] for name in action.indicators]
    return tuple(
        aim
        for i in indicators
        for unit in units_of(action.unit, on.catalogue.units)
        for aim in _of(i, unit, action, on)
    )


def _of(indicator: Indicator, unit: Unit, action: Action, on: Ground) -> list[Aim]:
    """One aim, or one for each sex where there is no value for both together."""
    results = on.material.results(indicator, unit) if indicator.id in on.material.countries else []
    if not results or action.decided is None:
        return [Aim(indicator, unit, None)]
    return [Aim(indicator, unit, since(r, relevance(r), action.decided)) for r in results]
