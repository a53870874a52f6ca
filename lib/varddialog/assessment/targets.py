"""Target levels (målnivåer): where a value lies, whether that is reached, and how far there is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from varddialog.assessment.points import Point
from varddialog.model.indicator import Target

Reached = Literal["nådd", "inte nådd"]
Place = Literal["nådd", "inte nådd", "måttlig", "hög", "under", "inom", "över"]


@dataclass(frozen=True)
class TargetResult:
    """A target level and whether the value as such reaches it; None when it cannot be told.

    gap: how far the value is from reaching it, in the indicator's unit. Of two levels, the lower demand.
    """

    target: Target
    reached: Reached | None
    gap: float | None


def target_result(target: Target, turn: int, latest: Point) -> TargetResult:
    """The level beside the latest value. A questioned value, or another definition, is not compared."""
    if target.match == "annat" or target.kind == "riktning" or latest.is_questioned:
        return TargetResult(target, None, None)
    reached = place(target, turn, latest.value) in ("nådd", "måttlig", "hög", "inom")
    return TargetResult(target, "nådd" if reached else "inte nådd", max(_missing(target, turn, latest.value), 0.0))


def place(target: Target, turn: int, value: float) -> Place:
    """Where the value lies. A limit belongs to what is reached, except the upper end of an interval.

    turn: 1 when higher is better, −1 when lower is. Of two levels, `level` is the lower number: måttlig where more
    is better, hög where less is.
    """
    first, second = _levels(target)
    if target.kind == "minst":
        return "nådd" if value >= first else "inte nådd"
    if target.kind == "högst":
        return "nådd" if value <= first else "inte nådd"
    if target.kind == "intervall":
        return "under" if value < first else "inom" if value < second else "över"
    if turn < 0:
        return "hög" if value <= first else "måttlig" if value <= second else "inte nådd"
    return "hög" if value >= second else "måttlig" if value >= first else "inte nådd"


def _missing(target: Target, turn: int, value: float) -> float:
    first, second = _levels(target)
    if target.kind == "intervall":
        return max(first - value, value - second)
    if target.kind == "högst":
        return value - first
    return value - second if target.kind == "två nivåer" and turn < 0 else first - value


def _levels(target: Target) -> tuple[float, float]:
    """Both levels; a lone one twice."""
    assert target.level is not None
    return target.level, target.level if target.upper is None else target.upper
