"""Quantiles, rank intervals and the set that cannot be told from the best."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varddialog.statistics.ranks import not_told_from_best, quantile_categories, rank_intervals

VALUES = st.lists(st.integers(0, 1000), min_size=1, max_size=21, unique=True)


def test_quantiles_by_hand():
    # (4 + 1) − ⌈(8 + 1 − rank) / 2⌉
    assert quantile_categories([1, 2, 3, 4, 5, 6, 7, 8], 4, highest_first=False) == [1, 1, 2, 2, 3, 3, 4, 4]
    assert quantile_categories([1, 2, 3, 4, 5, 6, 7, 8], 4, highest_first=True) == [4, 4, 3, 3, 2, 2, 1, 1]
    # ties share the lowest rank, and are never split between two quantiles
    assert quantile_categories([1, 2, 2, 2, 5, 6, 7, 8], 4, highest_first=False) == [1, 1, 1, 1, 3, 3, 4, 4]


def test_quantiles_of_the_regions():
    found = quantile_categories(list(range(21)), 5, highest_first=False)
    assert [found.count(k) for k in range(1, 6)] == [5, 4, 4, 4, 4]


def test_no_quantile_for_what_is_missing_or_too_few():
    assert quantile_categories([3, None, 1], 2, highest_first=True) == [1, None, 2]
    assert quantile_categories([3, None, 1], 3, highest_first=True) == [None, None, None]
    with pytest.raises(ValueError, match="2 or more"):
        quantile_categories([1, 2], 1, highest_first=True)


@given(VALUES, st.integers(2, 10), st.floats(0.5, 100))
def test_quantiles_follow_the_values_whatever_order_and_unit(values, number, unit):
    found = quantile_categories(values, number, highest_first=False)
    assert quantile_categories(values[::-1], number, highest_first=False) == found[::-1]
    assert quantile_categories([unit * v for v in values], number, highest_first=False) == found
    if len(values) >= number:
        ordered = [quantile for _, quantile in sorted(zip(values, found, strict=True))]
        assert ordered == sorted(ordered)
        assert {ordered[0], ordered[-1]} == {1, number}


def test_sure_values_have_sure_ranks():
    found = rank_intervals([3, 1, 2], [0, 0, 0], high_is_good=True)
    assert [(r.rank, r.lower, r.upper) for r in found] == [(1, 1, 1), (3, 3, 3), (2, 2, 2)]
    assert [r.rank for r in rank_intervals([3, 1, 2], [0, 0, 0], high_is_good=False)] == [3, 1, 2]


def test_alike_units_may_have_any_rank():
    for interval in rank_intervals([50.0] * 10, [5.0] * 10, high_is_good=True):
        assert (interval.rank, interval.lower, interval.upper) == (1, 1, 10)


def test_two_units_change_place_as_often_as_theory_says():
    # the difference has the standard error √2·0.6: the lower is first in 12 % of draws when 1 apart, 0.02 % when 3
    near = rank_intervals([1, 0], [0.6, 0.6], high_is_good=True)
    far = rank_intervals([3, 0], [0.6, 0.6], high_is_good=True)
    assert [(r.lower, r.upper) for r in near] == [(1, 2), (1, 2)]
    assert [(r.lower, r.upper) for r in far] == [(1, 1), (2, 2)]


@settings(max_examples=25)
@given(VALUES, st.floats(0.1, 200), st.booleans())
def test_rank_intervals_hold_the_rank_and_do_not_depend_on_the_order(values, error, high_is_good):
    def ranks(of, confidence=0.95):
        return rank_intervals(of, [error] * len(of), high_is_good=high_is_good, confidence=confidence, draws=500)

    found = ranks(values)
    assert ranks(values[::-1]) == found[::-1]
    for interval, wider in zip(found, ranks(values, 0.998), strict=True):
        assert 1 <= wider.lower <= interval.lower <= interval.rank <= interval.upper <= wider.upper <= len(values)


def test_not_told_from_best_by_hand():
    # differences 0, 3 and 5 with standard errors √2·1.5 = 2.12: 1.96·2.12 = 4.16
    assert not_told_from_best([10, 7, 5], [1.5] * 3, high_is_good=True) == [True, True, False]
    assert not_told_from_best([10, 7, 5], [1.5] * 3, high_is_good=False) == [False, True, True]


@given(VALUES, st.floats(0.1, 200))
def test_the_best_is_always_among_those_not_told_from_it(values, error):
    found = not_told_from_best(values, [error] * len(values), high_is_good=True)
    assert found[values.index(max(values))]
    wider = not_told_from_best(values, [error] * len(values), high_is_good=True, confidence=0.998)
    assert all(w for f, w in zip(found, wider, strict=True) if f)


@pytest.mark.parametrize("make", [rank_intervals, not_told_from_best])
def test_errors_that_fit_no_values_are_refused(make):
    assert make([], [], high_is_good=True) == []
    with pytest.raises(ValueError, match="one of each a unit"):
        make([1, 2], [1], high_is_good=True)
    with pytest.raises(ValueError, match="is negative"):
        make([1, 2], [1, -1], high_is_good=True)
    with pytest.raises(ValueError, match="finite"):
        make([1, float("nan")], [1, 1], high_is_good=True)
    with pytest.raises(ValueError, match="a share from"):
        make([1, 2], [1, 1], high_is_good=True, confidence=95)
