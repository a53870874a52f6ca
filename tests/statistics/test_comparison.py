"""The words for a value against a benchmark and against a target."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varddialog.statistics import comparison as c

HIGH, LOW, NEUTRAL = "high_is_good", "low_is_good", "no_judgement"
MIRROR = {"better": "worse", "worse": "better", "best": "worst", "worst": "best"}


@pytest.mark.parametrize(
    ("benchmark", "word"),
    [(9, "better"), (10, "same"), (11, "same"), (12, "same"), (13, "worse"), (None, "none")],
)
def test_interval_against_a_value(benchmark, word):
    assert c.interval_against_value(11, (10, 12), benchmark, HIGH) == word
    assert c.interval_against_value(11, (10, 12), benchmark, LOW) == MIRROR.get(word, word)
    neutral = {"better": "higher", "worse": "lower"}.get(word, word)
    assert c.interval_against_value(11, (10, 12), benchmark, NEUTRAL) == neutral


@pytest.mark.parametrize(
    ("benchmark", "word"),
    [(7, "best"), (8, "better"), (9.5, "better"), (10, "same"), (11, "same"), (13, "worse"), (15, "worst")],
)
def test_two_levels(benchmark, word):
    assert c.two_intervals_against_value(11, (10, 12), (8, 14), benchmark, HIGH) == word
    assert c.two_intervals_against_value(11, (10, 12), (8, 14), benchmark, LOW) == MIRROR.get(word, word)
    neutral = {"best": "higher", "better": "higher", "worse": "lower", "worst": "lower"}.get(word, word)
    assert c.two_intervals_against_value(11, (10, 12), (8, 14), benchmark, NEUTRAL) == neutral


def test_two_intervals_must_be_apart():
    assert c.interval_against_interval(4, (3.5, 4.5), 3, (2.7, 3.5), HIGH) == "same"
    assert c.interval_against_interval(4, (3.5, 4.5), 3, (2.7, 3.4), HIGH) == "better"
    assert c.interval_against_interval(3, (2.7, 3.4), 4, (3.5, 4.5), HIGH) == "worse"


def test_control_limits_round_a_share():
    # Wilson round 10 per cent of 900: 8.2–12.1
    for value, word in ((8.1, "worse"), (8.3, "same"), (12.0, "same"), (12.2, "better")):
        assert c.share_against_wilson_limits(value, 900, 10, HIGH) == word
    assert c.share_against_wilson_limits(12.2, 900, 10, HIGH, confidence=0.998) == "same"


def test_control_limits_round_a_rate():
    # 10 events are expected: 4.8–18.4
    for events, word in ((4, "better"), (5, "same"), (18, "same"), (19, "worse")):
        assert c.rate_against_poisson_limits(events, 100_000, 10, LOW) == word


def test_no_comparison_without_all_that_it_needs():
    for value, low, high in itertools.product([None, 11], [None, 10], [None, 12]):
        if None in (value, low, high):
            assert c.interval_against_value(value, (low, high), 5, HIGH) == "none"
            assert c.two_intervals_against_value(value, (low, high), (8, 14), 5, HIGH) == "none"
            assert c.interval_against_interval(value, (low, high), 5, (4, 6), HIGH) == "none"
    assert c.two_intervals_against_value(11, (10, 12), (None, 14), 5, HIGH) == "none"
    assert c.interval_against_interval(11, (10, 12), 5, (4, None), HIGH) == "none"
    for limits in (c.share_against_wilson_limits, c.rate_against_poisson_limits):
        for value, denominator, benchmark in ((None, 9, 5), (5, None, 5), (5, 0, 5), (5, -1, 5), (5, 9, None)):
            assert limits(value, denominator, benchmark, HIGH) == "none"


@pytest.mark.parametrize(
    ("value", "high", "low"), [(9, "worse", "better"), (10, "better", "better"), (11, "better", "worse")]
)
def test_value_against_target(value, high, low):
    assert c.value_against_target(value, 10, HIGH) == high
    assert c.value_against_target(value, 10, LOW) == low


@pytest.mark.parametrize(
    ("limits", "word"), [((8, 9), "worse"), ((8, 10), "same"), ((9, 11), "same"), ((10, 11), "better")]
)
def test_interval_against_target(limits, word):
    assert c.interval_against_target(limits, 10, HIGH) == word
    assert c.interval_against_target(limits, 10, LOW) == MIRROR.get(word, word)


@pytest.mark.parametrize(("value", "word"), [(0, "worse"), (1, "same"), (1.5, "same"), (2, "better"), (3, "better")])
def test_value_against_range(value, word):
    assert c.value_against_range(value, 1, 2, HIGH) == word
    assert c.value_against_range(value, 1, 2, LOW) == MIRROR.get(word, word)


def test_a_target_needs_a_direction_and_a_value():
    assert c.value_against_target(1, 2, NEUTRAL) == c.value_against_target(None, 2, HIGH) == "none"
    assert c.interval_against_target((1, 2), 2, NEUTRAL) == c.interval_against_target((1, None), 2, HIGH) == "none"
    assert c.value_against_range(1, 2, 3, NEUTRAL) == c.value_against_range(1, None, 3, HIGH) == "none"
    with pytest.raises(ValueError, match="above the upper"):
        c.value_against_range(1, 2, 1, HIGH)
    assert c.value_against_range(1, 1, 1, HIGH) == "better"


def test_percentile_targets():
    assert c.percentile_targets(list(range(101))) == (50, 90)
    assert c.percentile_targets([1, 2]) == pytest.approx((1.5, 1.9))
    for values, lower, upper in (([], 50, 90), ([1], 90, 50), ([1], 50, 101)):
        with pytest.raises(ValueError, match="allowed"):
            c.percentile_targets(values, lower, upper)


NUMBERS = st.integers(-50, 50)


@given(NUMBERS, st.integers(0, 20), st.integers(0, 20), NUMBERS)
def test_turning_the_scale_turns_the_word(value, below, above, benchmark):
    limits = (value - below, value + above)
    turned = (-value - above, -value + below)
    there = c.interval_against_value(value, limits, benchmark, HIGH)
    assert c.interval_against_value(-value, turned, -benchmark, LOW) == there
    assert c.interval_against_value(value, limits, benchmark, LOW) == MIRROR.get(there, there)


@given(NUMBERS, st.integers(0, 20), st.integers(0, 20), NUMBERS, st.integers(0, 20))
def test_a_wider_interval_never_says_more(value, below, above, benchmark, more):
    narrow = c.interval_against_value(value, (value - below, value + above), benchmark, HIGH)
    wide = c.interval_against_value(value, (value - below - more, value + above + more), benchmark, HIGH)
    assert wide in ("same", narrow)
