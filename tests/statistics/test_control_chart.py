"""Control chart and its rules: by hand, against published limits, and as properties."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varddialog.statistics.control_chart import xmr
from varddialog.statistics.control_chart_rules import (
    ends_run_on_one_side,
    ends_trend,
    in_window_with_two_near_limit,
    point_type,
    special_causes,
    spread_back,
    two_of_three,
)

STEADY = [50, 52, 49, 51, 50, 53, 48, 50, 51, 49, 52, 50]
TURNED = {
    "Above UCL": "Below LCL",
    "7 Point Trend (Increasing)": "7 Point Trend (Decreasing)",
    "2 in 3 Above CL": "2 in 3 Below CL",
    "7 Points Above CL": "7 Points Below CL",
    "Common Cause": "Common Cause",
}
MIRROR = TURNED | {below: above for above, below in TURNED.items()}
SERIES = st.lists(st.floats(-100, 100).map(lambda x: round(x, 2)), min_size=2, max_size=20)


def test_limits_by_hand():
    # mean 3, moving ranges 2 2 2, limits 3 ± 5.32
    first = xmr([2, 4, 2, 4]).points[0]
    assert (first.mean, first.lower, first.upper) == pytest.approx((3, -2.32, 8.32))


def test_screening_drops_a_wild_moving_range_once():
    # ranges 1 × 8 and 20 twice: mean 4.8, limit 15.7, so both go
    values = [1, 2, 1, 2, 1, 21, 1, 2, 1, 2, 1]
    plain, screened = xmr(values, screen_outliers=False).points[0], xmr(values).points[0]
    assert plain.upper - plain.mean == pytest.approx(2.66 * 4.8)
    assert screened.upper - screened.mean == pytest.approx(2.66)
    assert xmr(values).points[5].special == "Above UCL"


def test_baseline_and_rebase():
    values = [*STEADY, 57, 58, 56, 58, 57, 59, 56, 60]
    fixed, rebased = xmr(values, baseline_points=12), xmr(values, rebase_at=[12])
    assert {point.mean for point in fixed.points} == {sum(STEADY) / 12}
    assert fixed.points[12].special == "Above UCL"
    assert fixed.points[14].special == "7 Points Above CL"
    assert [point.mean for point in rebased.points] == [sum(STEADY) / 12] * 12 + [57.625] * 8
    assert {point.special for point in rebased.points} == {"Common Cause"}


def test_both_rebase_and_baseline():
    values = [*STEADY, 57, 58, 56, 70]
    assert xmr(values, rebase_at=[12], baseline_points=3).points[-1].mean == 57


def test_constant_series_is_no_variation():
    chart = xmr([5.0] * 12)
    assert chart.no_variation
    assert {point.special for point in chart.points} == {"Common Cause"}
    assert all(math.isnan(point.upper) for point in chart.points)
    assert chart.assurance(4, "increase") is None
    assert not xmr([5.0] * 11 + [6]).no_variation


def test_assurance_by_the_latest_baseline():
    chart = xmr([10, 11] * 6 + [90, 91] * 6, rebase_at=[12])
    assert chart.assurance(50, "increase") == "consistent_pass"
    assert chart.assurance(50, "decrease") == "consistent_fail"
    assert chart.assurance(99, "increase") == "consistent_fail"
    assert chart.assurance(99, "decrease") == "consistent_pass"
    assert chart.assurance(90.5, "increase") == "inconsistent"


@settings(max_examples=40)
@given(SERIES, st.integers(-100, 100))
def test_shift_moves_the_limits_and_mirror_turns_the_words(values, shift):
    plain, moved, mirrored = xmr(values), xmr([v + shift for v in values]), xmr([-v for v in values])
    for one, other, turned in zip(plain.points, moved.points, mirrored.points, strict=True):
        assert other.mean == pytest.approx(one.mean + shift, abs=1e-9)
        assert other.upper == pytest.approx(one.upper + shift, abs=1e-9, nan_ok=True)
        assert turned.side == -one.side
        assert MIRROR[one.special] == turned.special


@pytest.mark.parametrize(
    ("side", "flags"),
    [
        ([1] * 6, [0] * 6),
        ([1] * 8 + [-1], [0] * 6 + [1, 1, 0]),
        ([-1] * 7, [0] * 6 + [1]),
        ([0] * 8, [0] * 8),
    ],
)
def test_seven_on_one_side(side, flags):
    assert ends_run_on_one_side(side) == flags


@pytest.mark.parametrize(
    ("values", "flags"),
    [
        ([], []),
        ([1, 2, 3, 3, 4, 5, 6], [0] * 7),
        ([2, 1, 2, 3, 4, 5, 6, 7, 3], [0] * 7 + [1, 0]),
        ([7, 6, 5, 4, 3, 2, 1], [0] * 6 + [-1]),
    ],
)
def test_seven_rising_or_falling(values, flags):
    assert ends_trend(values) == flags


def test_runs_reach_back_seven():
    assert spread_back([0] * 7 + [-1, 0]) == [0] + [1] * 7 + [0]


@pytest.mark.parametrize(
    ("near", "side", "window", "flagged"),
    [
        ([1, 0, 1], [1, 1, 1], [1, 1, 1], [1, 0, 1]),
        ([1, 0, 1], [-1, -1, -1], [1, 1, 1], [1, 0, 1]),
        ([1, 0, 1], [1, -1, 1], [0, 0, 0], [0, 0, 0]),
        ([1, 0, 0, 1, 1], [1] * 5, [0, 0, 1, 1, 1], [0, 0, 0, 1, 1]),
        ([1, 1], [1, 1], [0, 0], [0, 0]),
    ],
)
def test_two_of_three(near, side, window, flagged):
    assert in_window_with_two_near_limit(near, side) == window
    assert two_of_three(near, side) == flagged


def test_precedence_of_the_rules():
    side, nothing = [1] * 7, [False] * 7
    rising = [1, 2, 3, 4, 5, 6, 7]
    assert set(special_causes(rising, side, nothing, nothing)) == {"7 Point Trend (Increasing)"}
    assert special_causes(rising, side, nothing, [True] + [False] * 6)[0] == "Above UCL"
    level = [1, 2, 1, 2, 1, 2, 1]
    near = [True, True] + [False] * 5
    assert special_causes(level, side, near, nothing) == ["2 in 3 Above CL"] * 2 + ["7 Points Above CL"] * 5
    assert set(special_causes(level, [-1] * 7, nothing, nothing)) == {"7 Points Below CL"}


def test_a_turning_point_belongs_to_the_trend_after_it():
    up_and_down = [1, 2, 3, 4, 5, 6, 7, 6, 5, 4, 3, 2, 1]
    words = special_causes(up_and_down, [0] * 13, [False] * 13, [False] * 13)
    assert words == ["7 Point Trend (Increasing)"] * 6 + ["7 Point Trend (Decreasing)"] * 7


def test_better_worse_or_neither():
    assert point_type("Above UCL", "increase") == "special_cause_improvement"
    assert point_type("7 Point Trend (Decreasing)", "increase") == "special_cause_concern"
    assert point_type("2 in 3 Below CL", "decrease") == "special_cause_improvement"
    assert point_type("7 Points Above CL", "neutral") == "special_cause_neutral_high"
    assert point_type("Below LCL", "neutral") == "special_cause_neutral_low"
    assert xmr([1, 2, 1]).point_types("neutral") == ["common_cause"] * 3


@pytest.mark.parametrize(
    ("values", "options"),
    [
        ([], {}),
        ([1, float("nan")], {}),
        ([1, 2], {"rebase_at": [2]}),
        ([1, 2], {"rebase_at": [0]}),
        ([1, 2], {"baseline_points": 1}),
    ],
)
def test_refusals(values, options):
    with pytest.raises(ValueError, match=":"):
        xmr(values, **options)


def test_flags_of_different_length_are_refused():
    with pytest.raises(ValueError, match="one of each"):
        special_causes([1, 2], [1], [False], [False])
