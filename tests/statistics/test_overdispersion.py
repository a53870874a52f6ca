"""Funnel limits that allow for ordinary variation: sums done by hand, and what must always hold."""

from __future__ import annotations

import itertools
import math
from typing import get_args

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from varddialog.statistics.overdispersion import (
    Kind,
    overdispersed_limits,
    overdispersion,
    standard_errors,
    unadjusted_limits,
    unit_limits,
)

KINDS = get_args(Kind)
UNITS = st.lists(st.tuples(st.integers(1, 400), st.integers(401, 2000)), min_size=8, max_size=30)


def all_of(limits):
    return [limits.lower_99_8, limits.lower_95, limits.upper_95, limits.upper_99_8]


def test_square_root_scale_by_hand():
    # z = (√(O/E) − 1)·2√E: 2, −2, 0, 0, 0; the quantiles at 10 and 90 % pull 2 in to 1.2
    numerator, denominator = [121, 81, 100, 100, 100], [100] * 5
    found = overdispersion(numerator, denominator, "CQC")
    assert found.phi == pytest.approx(2 * 1.2**2 / 5)
    assert (found.number, found.target, found.tau2) == (5, 1, 0)


def test_between_variance_by_hand():
    # all precisions are 4·100 = 400: τ² = (nφ − (n − 1)) / (400·n − 400)
    numerator, denominator = [144, 144, 64, 64], [100] * 4
    found = overdispersion(numerator, denominator, "CQC", trim_by=0.1)
    assert found.phi == pytest.approx(16)
    assert found.tau2 == pytest.approx((4 * 16 - 3) / (400 * 3))


def test_shmi_leaves_out_a_tenth_at_each_end():
    numerator = [1, 90, 95, 98, 100, 102, 105, 110, 112, 999]
    found = overdispersion(numerator, [100.001] * 10, "SHMI")
    kept = [math.log(n / 100) * 10 for n in numerator[1:-1]]
    assert found.number == 8
    assert found.phi == pytest.approx(sum(z**2 for z in kept) / 8)
    # a unit without events is left out likewise, and is refused only where it is not extreme
    assert overdispersion([0, *numerator[1:]], [100.001] * 10, "SHMI") == found
    with pytest.raises(ValueError, match="without events"):
        overdispersion([0, 0, 0, *numerator[3:]], [100] * 10, "SHMI")


def test_nothing_left_to_judge_by_is_no_overdispersion():
    assert overdispersion([1, 2, 3], [1, 2, 4], "SHMI", trim_by=0.4).tau2 == 0


def test_limits_by_hand():
    # the variance from chance is 1/25, or 1/100 where the scale is a square root
    both = [(25.0,), 0.03]
    assert overdispersed_limits(both[0], "SHMI", both[1]).upper_95 == pytest.approx(math.exp(1.959964 * 0.07**0.5))
    assert overdispersed_limits(both[0], "CQC", both[1]).lower_95 == pytest.approx(1 - 1.959964 * 0.2)
    at_3 = overdispersed_limits(both[0], "ratio_of_counts", both[1], target=3)
    assert at_3.lower_99_8 == pytest.approx(3 * math.exp(-3.090232 * 0.2))
    share = overdispersed_limits(both[0], "proportion", both[1], target=0.5, multiplier=100)
    assert share.upper_95 == pytest.approx(100 * math.sin(math.pi / 4 + 1.959964 * 0.2) ** 2)
    assert standard_errors([25], "SHMI") == pytest.approx(0.2)
    assert standard_errors([25], "proportion") == pytest.approx(0.1)


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
    mixed = chance.sample(units, len(units))
    one, other = (overdispersion(*zip(*of, strict=True), kind) for of in (units, mixed))
    assert (other.phi, other.tau2) == pytest.approx((one.phi, one.tau2), rel=1e-9, abs=1e-12)
    place = {
        d: upper for (_, d), upper in zip(units, unit_limits([d for _, d in units], kind, 0.1).upper_95, strict=True)
    }
    again = unit_limits([d for _, d in mixed], kind, 0.1).upper_95
    assert again == pytest.approx([place[d] for _, d in mixed])


@given(UNITS, st.sampled_from(KINDS))
def test_multiplier_is_only_a_unit(units, kind):
    denominator = [d for _, d in units]
    for tau2 in (None, 0.02):
        one, hundred = (all_of(unit_limits(denominator, kind, tau2, 0.6, multiplier)) for multiplier in (1, 100))
        assert np.array(hundred) == pytest.approx(100 * np.array(one))


@pytest.mark.parametrize(
    ("numerator", "denominator", "kind"),
    [
        ([1], [2], "CQC"),
        ([1, 2], [2], "CQC"),
        ([-1, 2], [2, 2], "CQC"),
        ([1, 2], [0, 2], "CQC"),
        ([0, 0], [2, 2], "CQC"),
        ([1, 3], [2, 2], "proportion"),
    ],
)
def test_impossible_units_are_refused(numerator, denominator, kind):
    with pytest.raises(ValueError, match=r"allowed|at most 1"):
        overdispersion(numerator, denominator, kind)


def test_impossible_limits_are_refused():
    with pytest.raises(ValueError, match="trim_by"):
        overdispersion([1, 2], [2, 2], "CQC", trim_by=0.5)
    for make in (unadjusted_limits, lambda d, k, t=1: overdispersed_limits(d, k, 0.1, t)):
        with pytest.raises(ValueError, match="above 0"):
            make([0], "SHMI")
        with pytest.raises(ValueError, match="target"):
            make([5], "proportion", 1.2)
    with pytest.raises(ValueError, match="tau2"):
        overdispersed_limits([5], "SHMI", -0.1)
