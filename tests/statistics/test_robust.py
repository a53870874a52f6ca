"""Spread that odd values cannot move, against worked examples and as properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varddialog.statistics.robust import NORMAL, Spread, robust_spread

VALUES = st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=40)


def test_worked_example():
    # median 3, deviations 2 1 0 1 97, their median 1
    assert robust_spread([1, 2, 3, 4, 100]) == pytest.approx(NORMAL)
    assert robust_spread([7]) == 0.0


def test_one_odd_value_moves_nothing():
    assert robust_spread([1, 2, 3, 4, 5]) == robust_spread([1, 2, 3, 4, 1e9])


@given(VALUES, st.floats(-1e3, 1e3), st.floats(0.1, 10))
def test_shift_and_scale(values, shift, scale):
    moved = robust_spread([v * scale + shift for v in values])
    assert moved == pytest.approx(robust_spread(values) * scale, rel=1e-6, abs=1e-6)


@given(VALUES)
def test_spread_is_ordered_and_holds_all_values(values):
    spread = Spread.of(values)
    assert spread.low <= spread.lower_quartile <= spread.median <= spread.upper_quartile <= spread.high
    assert (spread.low, spread.high, spread.count) == (min(values), max(values), len(values))
    assert Spread.of(values[::-1]) == spread
