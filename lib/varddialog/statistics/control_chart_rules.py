"""The four rules of NHS England's Making Data Count for points on a control chart, and what a point is called.

Rules as in NHSRplotthedots 0.2.2, in order of precedence: outside the limits; seven rising or falling; two of three
near a limit with all three on the same side of the mean; seven on one side of the mean.
Side is −1 below the mean, 0 on it, 1 above. Every function answers one flag a point.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

RUN = 7

Special = Literal[
    "Common Cause",
    "Above UCL",
    "Below LCL",
    "7 Point Trend (Increasing)",
    "7 Point Trend (Decreasing)",
    "2 in 3 Above CL",
    "2 in 3 Below CL",
    "7 Points Above CL",
    "7 Points Below CL",
]
Direction = Literal["increase", "decrease", "neutral"]
PointType = Literal[
    "common_cause",
    "special_cause_improvement",
    "special_cause_concern",
    "special_cause_neutral_high",
    "special_cause_neutral_low",
]


def sign(number: float) -> int:
    """−1, 0 or 1; 0 for a missing number."""
    return (number > 0) - (number < 0)


def ends_run_on_one_side(side: Sequence[int]) -> list[int]:
    """1 where this point and the six before it lie on the same side of the mean."""
    return [int(i >= RUN - 1 and side[i] != 0 and len(set(side[i - RUN + 1 : i + 1])) == 1) for i in range(len(side))]


def ends_trend(values: Sequence[float]) -> list[int]:
    """1 where this point and the six before it rise all the way, −1 where they fall, else 0."""
    steps = [sign(later - earlier) for earlier, later in pairwise(values)]
    flags = [0] * len(values)
    for i in range(RUN - 1, len(values)):
        run = set(steps[i - RUN + 1 : i])
        if run in ({1}, {-1}):
            flags[i] = run.pop()
    return flags


def spread_back(markers: Sequence[int]) -> list[int]:
    """1 for every point of a run of seven whose end is marked (1 or −1)."""
    return [int(any(markers[i : i + RUN])) for i in range(len(markers))]


def in_window_with_two_near_limit(near: Sequence[bool | int], side: Sequence[int]) -> list[int]:
    """1 for every point of three in a row on one side of the mean, of which at least two lie near a limit."""
    flags = [0] * len(near)
    for i in range(len(near) - 2):
        if sum(map(bool, near[i : i + 3])) >= 2 and abs(sum(side[i : i + 3])) == 3:
            flags[i : i + 3] = [1, 1, 1]
    return flags


def two_of_three(near: Sequence[bool | int], side: Sequence[int]) -> list[int]:
    """1 for the points near a limit that belong to such a window, not for the third point in it."""
    windows = in_window_with_two_near_limit(near, side)
    return [int(bool(flag) and bool(close)) for flag, close in zip(windows, near, strict=True)]


def special_causes(
    values: Sequence[float], side: Sequence[int], near: Sequence[bool], outside: Sequence[bool]
) -> list[Special]:
    """What each point is called by the first rule that it meets. ValueError: lists of different length."""
    if len({len(values), len(side), len(near), len(outside)}) != 1:
        raise ValueError("values, side, near and outside: one of each for every point")
    trend = spread_back(ends_trend(values))
    pair = two_of_three(near, side)
    run = spread_back(ends_run_on_one_side(side))
    names: list[Special] = []
    for i in range(len(values)):
        if outside[i]:
            names.append("Above UCL" if side[i] > 0 else "Below LCL")
        elif trend[i]:
            names.append("7 Point Trend (Increasing)" if _step(values, trend, i) > 0 else "7 Point Trend (Decreasing)")
        elif pair[i]:
            names.append("2 in 3 Above CL" if side[i] > 0 else "2 in 3 Below CL")
        elif run[i]:
            names.append("7 Points Above CL" if side[i] > 0 else "7 Points Below CL")
        else:
            names.append("Common Cause")
    return names


def point_type(special: Special, improvement: Direction) -> PointType:
    """Whether a special cause is for the better or the worse, or merely high or low where neither is meant."""
    if special == "Common Cause":
        return "common_cause"
    high = "Above" in special or "Increasing" in special
    if improvement == "neutral":
        return "special_cause_neutral_high" if high else "special_cause_neutral_low"
    return "special_cause_improvement" if high == (improvement == "increase") else "special_cause_concern"


def _step(values: Sequence[float], trend: Sequence[int], i: int) -> int:
    """Direction at a point of a trend: towards the next point if that belongs to a trend too, else from the last."""
    after = i + 1 < len(values) and trend[i + 1]
    return sign(values[i + 1] - values[i]) if after else sign(values[i] - values[i - 1])
