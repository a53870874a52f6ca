"""Funnel limits from chance alone: they are the intervals of the single units, turned inside out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varddialog.statistics.funnels import proportion_flag, proportion_limits, ratio_flag, ratio_limits
from varddialog.statistics.intervals import exact_poisson_limits, wilson_interval


def test_proportion_by_hand():
    # 0.5 ± 1.96·0.05 and ± 3.09·0.05
    limits = proportion_limits(100, 0.5)
    assert (limits.baseline, limits.lower_95, limits.upper_95) == pytest.approx((50, 40.2002, 59.7998), abs=1e-4)
    assert (limits.lower_99_8, limits.upper_99_8) == pytest.approx((34.5488, 65.4512), abs=1e-4)
    assert proportion_limits(1, 0.8).upper_95 == 100


@given(st.integers(30, 100_000), st.floats(0.3, 0.7))
def test_a_share_on_the_limit_has_an_interval_that_touches_the_average(population, average):
    limits = proportion_limits(population, average, multiplier=1)
    assert wilson_interval(limits.upper_95 * population, population, 0.95).lower == pytest.approx(average)
    assert wilson_interval(limits.lower_95 * population, population, 0.95).upper == pytest.approx(average)


@given(st.integers(1, 100_000), st.floats(0, 1))
def test_proportion_limits_are_nested_and_close_in(population, average):
    limits, more = proportion_limits(population, average), proportion_limits(2 * population, average)
    assert 0 <= limits.lower_99_8 <= limits.lower_95 <= limits.baseline
    assert limits.baseline <= limits.upper_95 <= limits.upper_99_8 <= 100
    assert limits.lower_95 <= more.lower_95 <= more.upper_95 <= limits.upper_95


@given(st.integers(1, 5000))
def test_expected_events_on_the_limit_are_the_poisson_limits(observed):
    limits = ratio_limits(observed)
    assert (limits.expected_upper_95, limits.expected_lower_95) == exact_poisson_limits(observed, 0.95)
    ratios = limits.ratios
    assert ratios.lower_99_8 < ratios.lower_95 < ratios.baseline < ratios.upper_95 < ratios.upper_99_8
    assert ratios.lower_95 == observed / limits.expected_lower_95


@pytest.mark.parametrize(
    ("numerator", "flag"),
    [(34, "low_99_8"), (36, "low_95"), (45, "not_significant"), (60, "high_95"), (66, "high_99_8")],
)
def test_flags_of_shares(numerator, flag):
    assert proportion_flag(numerator, 100, 0.5) == flag


@pytest.mark.parametrize(
    ("observed", "expected", "flag"),
    [
        (0, 3.6, "not_significant"),
        (0, 3.7, "low_95"),
        (0, 7, "low_99_8"),
        (9, 9, "not_significant"),
        (9, 4, "high_95"),
        (20, 8, "high_99_8"),
        (20, 31, "low_95"),
    ],
)
def test_flags_of_ratios(observed, expected, flag):
    assert ratio_flag(observed, expected) == flag


def test_what_has_no_funnel_is_refused():
    for refused in (
        lambda: proportion_limits(0, 0.5),
        lambda: proportion_limits(10, 1.5),
        lambda: ratio_limits(0),
        lambda: proportion_flag(11, 10, 0.5),
        lambda: proportion_flag(-1, 10, 0.5),
        lambda: ratio_flag(1, 0),
        lambda: ratio_flag(-1, 1),
    ):
        with pytest.raises(ValueError, match="allowed"):
            refused()
