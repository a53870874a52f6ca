"""The mean difference of all pairs, and weighted means."""

from __future__ import annotations

import pytest

from varddialog.statistics.pairs import mean_difference, weighted_mean


def test_the_mean_difference_is_that_of_all_pairs():
    # by hand: |1−2|, |1−4|, |2−4| = 1, 3, 2
    assert mean_difference([4, 1, 2]) == pytest.approx(2.0)


@pytest.mark.parametrize("n", [2, 3, 4, 21])
def test_the_mean_difference_of_the_first_whole_numbers_is_known(n: int):
    # (n + 1)/3: Kendall & Stuart, The Advanced Theory of Statistics, vol. 1, on the discrete uniform distribution
    assert mean_difference(range(1, n + 1)) == pytest.approx((n + 1) / 3)


def test_two_units_have_their_difference():
    assert mean_difference([61.5, 58.0]) == pytest.approx(3.5)


def test_one_unit_has_no_difference():
    with pytest.raises(ValueError, match="at least two"):
        mean_difference([5.0])


def test_a_gap_is_no_value():
    with pytest.raises(ValueError, match="finite"):
        mean_difference([1.0, float("nan")])


def test_the_weighted_mean_follows_the_weights():
    # by hand: (80·3 + 60·1) / 4
    assert weighted_mean([80.0, 60.0], [3.0, 1.0]) == pytest.approx(75.0)


@pytest.mark.parametrize("weights", [[1.0], [0.0, 0.0], [1.0, -1.0]])
def test_weights_that_weigh_nothing_are_refused(weights: list[float]):
    with pytest.raises(ValueError, match="weights"):
        weighted_mean([80.0, 60.0], weights)
