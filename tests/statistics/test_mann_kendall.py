"""Exact Mann–Kendall test, Sen's line and noise: by hand, by brute force, and as properties."""

from __future__ import annotations

from itertools import combinations, pairwise, permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varddialog.statistics.mann_kendall import exact_mann_kendall, s_distribution, sen_line, series_noise
from varddialog.statistics.mann_kendall_family import mann_kendall

WHOLE = st.lists(st.integers(-5, 5), min_size=2, max_size=10)


def score(values):
    return sum((b > a) - (b < a) for a, b in combinations(values, 2))


@pytest.mark.parametrize(
    ("values", "p"),
    [
        ([1, 2, 3, 4], 2 / 24),  # at best 0.083 with four
        ([1, 2, 3, 4, 5], 2 / 120),  # only a fully monotone series of five is below 0.05
        ([1, 2, 3, 5, 4], 10 / 120),
        ([1, 2, 3, 4, 6, 5], 12 / 720),  # one inversion of six
        ([1, 2, 3, 4, 7, 5, 6], 54 / 5040),  # two of seven
        ([3, 3, 3, 3, 3], 1),
    ],
)
def test_published_and_counted_p(values, p):
    assert exact_mann_kendall(range(len(values)), values).p == pytest.approx(p)


@settings(max_examples=60)
@given(st.lists(st.integers(0, 3), min_size=2, max_size=6))
def test_exact_p_equals_brute_force(values):
    s = score(values)
    scores = [score(order) for order in permutations(values)]
    found = exact_mann_kendall(range(len(values)), values)
    assert found.s == s
    assert found.p == pytest.approx(sum(abs(other) >= abs(s) for other in scores) / len(scores))


@given(st.lists(st.integers(1, 4), min_size=1, max_size=4))
def test_distribution_counts_every_order_and_is_symmetric(ties):
    distribution = s_distribution(tuple(ties))
    everything = 1
    for place, tie in enumerate(ties):
        for i in range(1, tie + 1):
            everything = everything * (sum(ties[:place]) + i) // i
    assert sum(distribution.values()) == everything
    assert all(distribution[-s] == orders > 0 or orders == 0 for s, orders in distribution.items())


@given(WHOLE, st.floats(0.1, 10), st.floats(-100, 100), st.randoms())
def test_unit_shift_and_row_order_mean_nothing(values, factor, shift, random):
    years = list(range(2000, 2000 + len(values)))
    plain = exact_mann_kendall(years, values)
    rows = [(year, value * factor + shift) for year, value in zip(years, values, strict=True)]
    random.shuffle(rows)
    moved = exact_mann_kendall(*zip(*rows, strict=True))
    assert (moved.s, moved.p) == (plain.s, plain.p)
    assert moved.line.slope == pytest.approx(plain.line.slope * factor, abs=1e-9)


@given(WHOLE)
def test_sign_turns_with_the_series(values):
    years = range(len(values))
    plain, turned = exact_mann_kendall(years, values), exact_mann_kendall(years, [-v for v in values])
    assert (turned.s, turned.p) == (-plain.s, plain.p)
    assert turned.line.slope == pytest.approx(-plain.line.slope)


def test_sen_line_by_hand_shrugs_off_one_odd_value_and_a_missing_year():
    line = sen_line([2015, 2016, 2018, 2019], [10, 12, 16, 100])
    # slopes 2 2 22.5 2 29.3 84, their median 12.25
    assert line.slope == pytest.approx(12.25)
    assert sen_line([2015, 2016, 2018, 2019, 2020], [10, 12, 16, 18, 90]).slope == 2
    assert line.intercept == pytest.approx(14 - 12.25 * 2017)


def test_noise_by_hand():
    # +1 and −1 round a rising line by turns: every moving range is 2
    years = list(range(2010, 2020))
    wave = [3 * year + (-1) ** year for year in years]
    slope = sen_line(years, wave).slope
    expected = sum(abs(b - a - slope) for a, b in pairwise(wave)) / 9 / 1.128
    assert series_noise(years, wave) == pytest.approx(expected)
    assert series_noise(years, [3 * year for year in years]) == pytest.approx(0, abs=1e-9)
    assert series_noise(years, [7] * 10) == 0


@pytest.mark.parametrize(
    ("years", "values"), [([1], [1]), ([1, 1], [1, 2]), ([1, 2], [1]), ([1, 2], [1, float("nan")])]
)
def test_refusals(years, values):
    with pytest.raises(ValueError, match=":"):
        exact_mann_kendall(years, values)


def test_noise_needs_eight_years():
    with pytest.raises(ValueError, match="at least 8"):
        series_noise(range(7), range(7))


def test_family_by_hand():
    found = mann_kendall(list(range(10)))
    # S = 45, variance 10 × 9 × 25 / 18 = 125, z = 44 / √125
    assert (found.s, found.tau, found.trend, found.significant) == (45, 1, "increasing", True)
    assert (found.variance, found.z) == (pytest.approx(125), pytest.approx(44 / 125**0.5))
    assert (found.line.slope, found.line.intercept) == (1, 0)


@pytest.mark.parametrize("variant", ["original", "hamed_rao", "yue_wang", "pre_whitening", "seasonal"])
def test_constant_series_has_no_trend(variant):
    found = mann_kendall([4.0] * 36, variant)
    assert (found.trend, found.significant, found.p) == ("no trend", False, 1)


def test_family_takes_gaps_and_several_series():
    gaps = [None if i % 5 == 0 else i + (-1) ** i for i in range(40)]
    assert mann_kendall(gaps, "yue_wang", lag=1).trend == "increasing"
    assert mann_kendall(gaps, "seasonal", period=4).trend == "increasing"
    both = [[i, 40 - i] for i in range(40)]
    assert mann_kendall(both, "regional").s == 0


def test_family_refusals():
    with pytest.raises(ValueError, match="variant"):
        mann_kendall([1, 2, 3], "newest")
    with pytest.raises(ValueError, match="rows"):
        mann_kendall([1, 2, 3], "regional")
    with pytest.raises(ValueError, match="rows"):
        mann_kendall([[1, 2], [2, 3]])
    with pytest.raises(ValueError, match="two known"):
        mann_kendall([None, 1])
