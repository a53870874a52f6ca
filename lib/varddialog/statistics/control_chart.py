"""Control chart of single values (XmR) with the rules of NHS England's Making Data Count."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from varddialog.statistics.checks import finite_array
from varddialog.statistics.control_chart_rules import Direction, PointType, Special, point_type, sign, special_causes

# limits at mean ± 2.66 × mean moving range, that is three standard deviations; near = beyond two of the three
LIMIT = 2.66
NEAR = 2 / 3
# upper limit of the moving ranges, as a multiple of their mean
RANGE_LIMIT = 3.267

Assurance = Literal["consistent_pass", "consistent_fail", "inconsistent"]


@dataclass(frozen=True)
class Point:
    """One value with the mean and limits that apply to it; limits are nan where nothing varies."""

    value: float
    mean: float
    lower: float
    upper: float
    side: int
    outside: bool
    near: bool
    special: Special


@dataclass(frozen=True)
class Chart:
    """The points in time order. `no_variation`: the values of the latest baseline are all alike, nothing is judged."""

    points: tuple[Point, ...]
    no_variation: bool

    def point_types(self, improvement: Direction) -> list[PointType]:
        """Improvement, concern or common cause for each point."""
        return [point_type(point.special, improvement) for point in self.points]

    def assurance(self, target: float, improvement: Literal["increase", "decrease"]) -> Assurance | None:
        """Whether the process as it is now will keep reaching the target; None where nothing varies."""
        latest = self.points[-1]
        if self.no_variation:
            return None
        if latest.lower <= target <= latest.upper:
            return "inconsistent"
        return "consistent_pass" if (target < latest.lower) == (improvement == "increase") else "consistent_fail"


def xmr(
    values: Sequence[float],
    *,
    rebase_at: Sequence[int] = (),
    baseline_points: int | None = None,
    screen_outliers: bool = True,
) -> Chart:
    """Mean, limits and special causes of a series in time order.

    `rebase_at`: positions (0 = first) where a new baseline starts; rules never reach across them. `baseline_points`:
    the mean and limits of each baseline come from its first so many points. `screen_outliers`: moving ranges from
    3.267 times their mean up are left out once before the limits are set.
    ValueError: no value, a gap, a rebase outside the series, a baseline of fewer than two points.
    Source: NHS England, Making Data Count; arithmetic as in NHSRplotthedots 0.2.2. The reference calls a series
    without variation "common cause"; here it is `no_variation`.
    """
    series: list[float] = finite_array("values", values).tolist()
    if not series or any(not 0 < start < len(series) for start in rebase_at):
        raise ValueError("values: at least one; rebase_at: positions after the first and inside the series")
    if baseline_points is not None and baseline_points < 2:
        raise ValueError("baseline_points: at least two")
    edges = [0, *sorted(set(rebase_at)), len(series)]
    parts = [series[start:end] for start, end in pairwise(edges)]
    points = [point for part in parts for point in _segment(part, baseline_points, screen_outliers)]
    return Chart(tuple(points), no_variation=len(set(parts[-1][:baseline_points])) == 1)


def _segment(values: list[float], baseline_points: int | None, screen: bool) -> list[Point]:
    """The points of one baseline."""
    base = values[:baseline_points]
    mean = math.fsum(base) / len(base)
    ranges = [abs(later - earlier) for earlier, later in pairwise(base)]
    average = _mean(ranges)
    if screen:
        average = _mean([size for size in ranges if size < RANGE_LIMIT * average])
    reach = LIMIT * average
    side = [sign(value - mean) for value in values]
    outside = [value > mean + reach or value < mean - reach for value in values]
    near = [
        not out and (value > mean + NEAR * reach or value < mean - NEAR * reach)
        for value, out in zip(values, outside, strict=True)
    ]
    special = special_causes(values, side, near, outside)
    return [
        Point(value, mean, mean - reach, mean + reach, side[i], outside[i], near[i], special[i])
        for i, value in enumerate(values)
    ]


def _mean(numbers: list[float]) -> float:
    return math.fsum(numbers) / len(numbers) if numbers else math.nan
