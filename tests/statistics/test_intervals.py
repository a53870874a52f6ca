"""Intervals of shares, counts and rates: published examples, and what must always hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from varddialog.statistics.intervals import (
    byar_limits,
    count_interval,
    exact_poisson_limits,
    normal_quantile,
    rate_interval,
    wilson_interval,
)

LEVELS = st.sampled_from([0.9, 0.95, 0.99, 0.998])
COUNTS = st.integers(0, 100_000)


# Newcombe, Stat Med 1998;17:857
@pytest.mark.parametrize(
    ("numerator", "denominator", "lower", "upper"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_as_published(numerator, denominator, lower, upper):
    interval = wilson_interval(numerator, denominator)
    assert (interval.lower, interval.upper) == pytest.approx((lower, upper), abs=5e-5)
    assert wilson_interval(numerator, denominator, multiplier=100).upper == pytest.approx(100 * interval.upper)


def test_wilson_at_the_ends_of_the_scale():
    assert wilson_interval(0, 7).lower == 0
    assert wilson_interval(7, 7).upper == 1


def test_poisson_limits_as_published():
    # Garwood 1936, and Byar's approximation in Breslow and Day 1987
    assert exact_poisson_limits(10) == pytest.approx((4.795, 18.390), abs=1e-3)
    assert exact_poisson_limits(0) == pytest.approx((0, 3.6889), abs=1e-4)
    assert byar_limits(20) == pytest.approx((12.21, 30.89), abs=1e-2)


@given(st.integers(1, 200), LEVELS)
def test_exact_limits_are_where_the_tails_hold_what_is_left(count, confidence):
    lower, upper = exact_poisson_limits(count, confidence)
    tail = (1 - confidence) / 2
    assert poisson.sf(count - 1, lower) == pytest.approx(tail, rel=1e-6)
    assert poisson.cdf(count, upper) == pytest.approx(tail, rel=1e-6)


def test_method_changes_at_ten_events():
    assert (count_interval(9.9).method, count_interval(10).method) == ("Exact", "Byars")
    assert (count_interval(9).lower, count_interval(9).upper) == exact_poisson_limits(9)
    assert (count_interval(10).lower, count_interval(10).upper) == byar_limits(10)


def test_byar_has_no_lower_limit_where_it_breaks_down():
    assert byar_limits(0)[0] is None
    assert byar_limits(1, 0.998)[0] is None


@given(COUNTS, st.integers(0, 100_000), LEVELS)
def test_limits_hold_the_value(count, more, confidence):
    for interval in (
        wilson_interval(count, count + more + 1, confidence),
        rate_interval(count, count + more + 1, confidence),
    ):
        assert interval.lower <= interval.value <= interval.upper


@given(COUNTS, st.integers(1, 100_000))
def test_more_confidence_is_wider(count, more):
    for make in (wilson_interval, rate_interval):
        narrow, wide = (make(count, count + more, confidence) for confidence in (0.95, 0.998))
        assert wide.lower <= narrow.lower
        assert narrow.upper < wide.upper or narrow.upper == narrow.value


@given(COUNTS, st.integers(1, 100_000), st.sampled_from([1, 100, 1000, 100_000]))
def test_unit_changes_nothing_but_the_unit(count, denominator, multiplier):
    one, many = (
        rate_interval(count, denominator, multiplier=1),
        rate_interval(count, denominator, multiplier=multiplier),
    )
    assert (many.value, many.lower, many.upper) == pytest.approx(
        (one.value * multiplier, one.lower * multiplier, one.upper * multiplier)
    )


@given(st.integers(0, 500), st.integers(1, 500), LEVELS)
def test_wilson_of_the_complement_is_the_mirror(count, more, confidence):
    there, back = (wilson_interval(c, count + more, confidence) for c in (count, more))
    assert (there.lower, there.upper) == pytest.approx((1 - back.upper, 1 - back.lower), abs=1e-12)


@pytest.mark.parametrize("confidence", [0.89, 1, 50, 95, -0.95, float("nan")])
def test_confidence_that_is_no_share_is_refused(confidence):
    for make in (lambda c: wilson_interval(1, 2, c), lambda c: count_interval(3, c), normal_quantile):
        with pytest.raises(ValueError, match="allowed: a share from"):
            make(confidence)


@pytest.mark.parametrize(("numerator", "denominator"), [(-1, 10), (1, 0), (1, -5), (float("nan"), 10)])
def test_impossible_counts_are_refused(numerator, denominator):
    for make in (wilson_interval, rate_interval):
        with pytest.raises(ValueError, match="allowed"):
            make(numerator, denominator)


def test_a_share_is_at_most_one_but_a_rate_is_not():
    with pytest.raises(ValueError, match="at most 1"):
        wilson_interval(11, 10)
    assert rate_interval(11, 10, multiplier=1).value == 1.1
    with pytest.raises(ValueError, match="0 or more"):
        byar_limits(-1)
