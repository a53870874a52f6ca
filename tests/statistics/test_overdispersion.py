"""How much units vary beyond chance: sums done by hand, and what must always hold."""

from __future__ import annotations

import math
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from varddialog.statistics.overdispersion import Kind, additive_overdispersion, overdispersion

KINDS = get_args(Kind)
UNITS = st.lists(st.tuples(st.integers(1, 400), st.integers(401, 2000)), min_size=8, max_size=30)


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


@given(UNITS, st.sampled_from(KINDS), st.randoms())
def test_order_of_the_units_changes_nothing(units, kind, chance):
    mixed = chance.sample(units, len(units))
    one, other = (overdispersion(*zip(*of, strict=True), kind) for of in (units, mixed))
    assert (other.phi, other.tau2) == pytest.approx((one.phi, one.tau2), rel=1e-9, abs=1e-12)


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


@pytest.mark.parametrize("trim_by", [0, 0.5, -0.1])
def test_something_must_be_held_back_and_something_left(trim_by):
    with pytest.raises(ValueError, match="trim_by"):
        overdispersion([1, 2], [2, 2], "CQC", trim_by=trim_by)


def test_values_with_known_errors_by_hand():
    # z = ±2 with errors 1, one at the centre: nothing to pull in at 10 % of five but the ends themselves
    found = additive_overdispersion([12, 8, 12, 8, 10], [1.0] * 5, 10)
    assert found.phi == pytest.approx(16 / 5)
    assert found.tau2 == pytest.approx((16 - 4) / (5 - 1))
    assert found.p == pytest.approx(math.exp(-8) * (1 + 8))  # χ² with four degrees of freedom at Q = 16


def test_values_no_more_unlike_than_their_errors_have_no_variance_between_them():
    found = additive_overdispersion([10.5, 9.5, 10.2, 9.8], [1.0] * 4, 10)
    assert found.tau2 == 0
    assert found.p > 0.9


@given(st.lists(st.floats(-50, 50), min_size=4, max_size=20), st.floats(0.1, 100))
def test_the_unit_of_measure_makes_no_difference(values, factor):
    plain = additive_overdispersion(values, [1.0] * len(values), 0)
    scaled = additive_overdispersion([v * factor for v in values], [factor] * len(values), 0)
    assert scaled.phi == pytest.approx(plain.phi)
    assert scaled.tau2 == pytest.approx(plain.tau2 * factor**2, abs=1e-6)
    assert scaled.p == pytest.approx(plain.p, abs=1e-6)


@pytest.mark.parametrize(
    ("values", "errors", "trim_by"), [([1], [1], 0.1), ([1, 2], [1], 0.1), ([1, 2], [1, 0], 0.1), ([1, 2], [1, 1], 0.5)]
)
def test_values_that_cannot_be_judged_are_refused(values, errors, trim_by):
    with pytest.raises(ValueError, match="allowed"):
        additive_overdispersion(values, errors, 0, trim_by)
