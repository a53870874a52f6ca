"""Direct and indirect standardisation, against sums done by hand."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varddialog.statistics.intervals import byar_limits, count_interval, rate_interval
from varddialog.statistics.standardisation import (
    directly_standardised_rate,
    directly_standardised_rate_of_recurrent_events,
    indirectly_standardised_ratio,
)

BANDS = st.lists(
    st.tuples(st.integers(4, 500), st.integers(500, 90_000), st.integers(1, 9000)), min_size=3, max_size=19
)


def test_direct_by_hand():
    # weights 0.75 and 0.25; rates 10/1000 and 30/500; variance 0.5625·10/1000² + 0.0625·30/500²
    found = directly_standardised_rate([10, 30], [1000, 500], [3, 1], multiplier=1000)
    lower, upper = byar_limits(40)
    scale = math.sqrt((0.5625 * 10 / 1000**2 + 0.0625 * 30 / 500**2) / 40)
    assert found.interval.value == pytest.approx(22.5)
    assert found.interval.lower == pytest.approx(22.5 + 1000 * scale * (lower - 40))
    assert found.interval.upper == pytest.approx(22.5 + 1000 * scale * (upper - 40))
    assert (found.total_count, found.total_population, found.interval.method) == (40, 1500, "Dobson")


def test_direct_in_one_band_is_the_crude_rate():
    found, crude = directly_standardised_rate([40], [2000], [7]).interval, rate_interval(40, 2000)
    assert (found.value, found.lower, found.upper) == pytest.approx((crude.value, crude.lower, crude.upper))


@given(BANDS)
def test_direct_takes_bands_in_any_order_and_any_size_of_standard(bands):
    def rate(of, size=1):
        counts, population, standard = zip(*of, strict=True)
        return directly_standardised_rate(counts, population, [size * s for s in standard]).interval

    one = rate(bands)
    for other in (rate(bands[::-1]), rate(bands, 1000)):
        assert (other.value, other.lower, other.upper) == pytest.approx((one.value, one.lower, one.upper))
    assert one.lower <= one.value <= one.upper


def test_too_few_events_for_a_direct_rate():
    assert directly_standardised_rate([4, 5], [100, 100], [1, 1]).interval is None
    assert directly_standardised_rate([4, None], [100, 100], [1, 1]).total_count == 4
    assert directly_standardised_rate([4, 6], [100, 100], [1, 1]).interval is not None


def test_recurrent_events_are_less_certain_than_as_many_independent():
    population, standard = [4000, 5000], [1, 2]
    once = directly_standardised_rate([40, 60], population, standard)
    # the same number of events, half of them a second one of the same person
    twice = directly_standardised_rate_of_recurrent_events({2: [20, 30]}, population, standard)
    assert twice.total_count == once.total_count == 100
    assert twice.interval.value == pytest.approx(once.interval.value)
    width = twice.interval.upper - twice.interval.lower
    assert width == pytest.approx(math.sqrt(2) * (once.interval.upper - once.interval.lower))


def test_indirect_by_hand():
    # expected 100·10/1000 + 200·40/1000 = 9
    found = indirectly_standardised_ratio([6, 12], [100, 200], [10, 40], [1000, 1000], refvalue=100)
    limits = count_interval(18)
    assert (found.observed, found.expected, found.interval.value) == pytest.approx((18, 9, 200))
    assert (found.interval.lower, found.interval.upper) == pytest.approx((limits.lower / 0.09, limits.upper / 0.09))
    assert found == indirectly_standardised_ratio(18, [100, 200], [10, 40], [1000, 1000], refvalue=100)


def test_indirect_allows_an_empty_band_and_missing_counts():
    found = indirectly_standardised_ratio([None, 3], [0, 100], [None, 20], [10, 1000])
    assert (found.observed, found.expected, found.interval.method) == (3, 2, "Exact")


@pytest.mark.parametrize(
    ("count", "population", "standard"),
    [
        ([-1, 20], [10, 10], [1, 1]),
        ([1, 20], [10, 0], [1, 1]),
        ([1, 20], [10, None], [1, 1]),
        ([1, 20], [10, 10], [1, -1]),
        ([1, 20], [10, 10], [0, 0]),
        ([1, 20, 3], [10, 10], [1, 1]),
        ([1, 20], [10, 10], [1, 1, 1]),
    ],
)
def test_what_cannot_be_standardised_directly_is_refused(count, population, standard):
    with pytest.raises(ValueError, match=r"allowed|differ"):
        directly_standardised_rate(count, population, standard)


@pytest.mark.parametrize(
    ("observed", "population", "events", "reference"),
    [
        ([1, 2], [10, -1], [1, 1], [9, 9]),
        ([1, -2], [10, 10], [1, 1], [9, 9]),
        ([1, 2], [10, 10], [1, 1], [9, 0]),
        ([1, 2], [10, 10], [0, 0], [9, 9]),
        ([1, 2], [10, 10], [1], [9, 9]),
        (-3, [10, 10], [1, 1], [9, 9]),
        ([1], [10, 10], [1, 1], [9, 9]),
    ],
)
def test_what_cannot_be_standardised_indirectly_is_refused(observed, population, events, reference):
    with pytest.raises(ValueError, match=r"allowed|differ|no events"):
        indirectly_standardised_ratio(observed, population, events, reference)


def test_confidence_is_checked_even_when_nothing_is_given():
    with pytest.raises(ValueError, match="a share from"):
        directly_standardised_rate([1], [100], [1], confidence=95)
