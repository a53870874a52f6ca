"""Funnel limits that allow for ordinary variation: sums done by hand, and what must always hold."""

from __future__ import annotations

import itertools
import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varddialog.statistics.overdispersed_limits import overdispersed_limits, unadjusted_limits, unit_limits
from varddialog.statistics.overdispersion import Kind, overdispersion

KINDS = get_args(Kind)
UNITS = st.lists(st.tuples(st.integers(1, 400), st.integers(401, 2000)), min_size=8, max_size=30)


def all_of(limits):
    return [limits.lower_99_8, limits.lower_95, limits.upper_95, limits.upper_99_8]


def test_limits_by_hand():
    # the variance from chance is 1/25, or 1/100 where the scale is a square root
    both = [(25.0,), 0.03]
    assert overdispersed_limits(both[0], "SHMI", both[1]).upper_95 == pytest.approx(math.exp(1.959964 * 0.07**0.5))
    assert overdispersed_limits(both[0], "CQC", both[1]).lower_95 == pytest.approx(1 - 1.959964 * 0.2)
    at_3 = overdispersed_limits(both[0], "ratio_of_counts", both[1], target=3)
    assert at_3.lower_99_8 == pytest.approx(3 * math.exp(-3.090232 * 0.2))
    share = overdispersed_limits(both[0], "proportion", both[1], target=0.5, multiplier=100)
    assert share.upper_95 == pytest.approx(100 * math.sin(math.pi / 4 + 1.959964 * 0.2) ** 2)


def test_limits_from_chance_alone_are_exact_poisson():
    limits = unadjusted_limits([10], "SHMI")
    assert (limits.lower_95[0], limits.upper_95[0]) == pytest.approx((0.4795, 1.8390), abs=1e-4)


def test_a_proportion_stays_on_its_scale_where_the_arcsine_folds():
    limits = unit_limits([2, 5000, 3], "proportion", 0.02, target=0.1)
    assert limits.lower_95[0] == limits.lower_99_8[0] == limits.lower_99_8[2] == 0
    high = unit_limits([2, 5000, 3], "proportion", 0.02, target=0.9, multiplier=100)
    assert high.upper_95[0] == high.upper_99_8[0] == high.upper_99_8[2] == 100


@given(UNITS, st.sampled_from(KINDS))
def test_limits_are_nested_hold_the_centre_and_widen_with_variation(units, kind):
    numerator, denominator = zip(*units, strict=True)
    found = overdispersion(numerator, denominator, kind)
    assert found.tau2 >= 0
    narrow, wide = (all_of(unit_limits(denominator, kind, t, found.target)) for t in (found.tau2, found.tau2 + 0.01))
    rows = [*narrow[:2], np.full(len(denominator), found.target), *narrow[2:]]
    for below, above in itertools.pairwise(rows):
        assert (below <= above + 1e-12).all()
    for low, lower in zip(narrow[:2], wide[:2], strict=True):
        assert (lower <= low + 1e-12).all()
    for high, higher in zip(narrow[2:], wide[2:], strict=True):
        assert (higher >= high - 1e-12).all()


@given(UNITS, st.sampled_from(KINDS), st.randoms())
def test_order_of_the_units_changes_nothing(units, kind, chance):
    denominator = [d for _, d in units]
    place = dict(zip(denominator, unit_limits(denominator, kind, 0.1).upper_95, strict=True))
    mixed = chance.sample(denominator, len(denominator))
    assert unit_limits(mixed, kind, 0.1).upper_95 == pytest.approx([place[d] for d in mixed])


@given(UNITS, st.sampled_from(KINDS))
def test_multiplier_is_only_a_unit(units, kind):
    denominator = [d for _, d in units]
    for tau2 in (None, 0.02):
        one, hundred = (all_of(unit_limits(denominator, kind, tau2, 0.6, multiplier)) for multiplier in (1, 100))
        assert np.array(hundred) == pytest.approx(100 * np.array(one))


def test_impossible_limits_are_refused():
    for make in (unadjusted_limits, lambda d, k, t=1: overdispersed_limits(d, k, 0.1, t)):
        with pytest.raises(ValueError, match="above 0"):
            make([0], "SHMI")
        with pytest.raises(ValueError, match="target"):
            make([5], "proportion", 1.2)
    with pytest.raises(ValueError, match="tau2"):
        overdispersed_limits([5], "SHMI", -0.1)
