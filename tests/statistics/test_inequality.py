"""Measures of inequality against hand-computed examples, and as properties over all of them."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varddialog.statistics.inequality import attributable_fraction, attributable_risk, difference, ratio
from varddialog.statistics.inequality_gradient import (
    absolute_concentration,
    logit_ratio,
    logit_slope,
    relative_concentration,
)
from varddialog.statistics.inequality_groups import Subgroups, quantile
from varddialog.statistics.inequality_spread import (
    between_group_deviation,
    between_group_variance,
    coefficient_of_variation,
    index_of_disparity,
    mean_difference,
    mean_log_deviation,
    theil_index,
)

# two equal groups and one twice as large: mean 50, shares ¼ ½ ¼
VALUES, PERSONS, ERRORS = [20, 50, 80], [100, 200, 100], [3, 4, 5]
PLAIN = Subgroups.of(VALUES, PERSONS, standard_errors=ERRORS)
RANKED = Subgroups.of(VALUES, PERSONS, standard_errors=ERRORS, order=[1, 2, 3])
UNLIKE = st.lists(st.tuples(st.floats(1, 99), st.integers(1, 1000), st.floats(0.1, 5)), min_size=3, max_size=8)


def test_difference_and_ratio_by_hand():
    found = difference(RANKED, True)
    assert found.value == 60
    assert found.standard_error == pytest.approx(math.sqrt(34))
    assert found.lower == pytest.approx(60 - 1.959964 * math.sqrt(34), abs=1e-4)
    found = ratio(RANKED, True)
    assert found.value == 4
    assert found.standard_error == pytest.approx(math.hypot(5 / 80, 3 / 20))
    assert found.lower * found.upper == pytest.approx(16)


def test_which_two_are_compared():
    assert difference(RANKED, False).value == -60  # low is good: the worst-off minus the best-off
    middle = Subgroups.of(VALUES, PERSONS, reference=1)
    assert difference(middle, True).value == 30  # reference minus the lowest
    assert difference(middle, False).value == 30  # the highest minus the reference
    assert difference(Subgroups.of([80, 20], [1, 1]), True).value == 60


def test_attributable_by_hand():
    # if all had 80 the mean would rise by 30, that is 60 % of 50
    assert attributable_risk(PLAIN, True, 100).value == pytest.approx(30)
    assert attributable_fraction(PLAIN, True, 100).value == pytest.approx(60)
    assert attributable_risk(PLAIN, False, 100).value == pytest.approx(-30)
    # ordered and low is good: the best-off have the highest value, so nothing is to be gained
    assert attributable_risk(RANKED, False, 100).value == 0
    # table: cases 80 and 120, others 20 and 180; Walter's variance
    variance = 80 * 400 * (120 * 20 * 320 + 180 * 80**2) / (200**3 * 100**3)
    assert attributable_risk(PLAIN, True, 100).standard_error == pytest.approx(50 * math.sqrt(variance))
    assert attributable_fraction(PLAIN, True, 100).standard_error == pytest.approx(100 * math.sqrt(variance))


def test_spread_by_hand():
    assert between_group_variance(PLAIN).value == pytest.approx(450)
    assert between_group_deviation(PLAIN).value == pytest.approx(math.sqrt(450))
    assert coefficient_of_variation(PLAIN).value == pytest.approx(2 * math.sqrt(450))
    assert mean_difference(PLAIN, 80, weighted=True).value == pytest.approx(30)
    assert mean_difference(PLAIN, PLAIN.mean, weighted=False).value == pytest.approx(20)
    assert index_of_disparity(PLAIN, weighted=True).value == pytest.approx(30)
    assert index_of_disparity(PLAIN, weighted=False).value == pytest.approx(40)
    entropy = 0.25 * 0.4 * math.log(0.4) + 0.25 * 1.6 * math.log(1.6)
    assert theil_index(PLAIN).value == pytest.approx(1000 * entropy)
    assert mean_log_deviation(PLAIN).value == pytest.approx(-250 * (math.log(0.4) + math.log(1.6)))


@pytest.mark.parametrize("measure", [mean_log_deviation, theil_index])
def test_entropy_errors_agree_with_the_slope_of_the_measure(measure):
    total = 0.0
    for i, error in enumerate(ERRORS):
        moved = [v + (1e-4 if j == i else 0) for j, v in enumerate(VALUES)]
        slope = (measure(Subgroups.of(moved, PERSONS)).value - measure(PLAIN).value) / 1e-4
        total += (slope * error) ** 2
    assert measure(PLAIN).standard_error == pytest.approx(math.sqrt(total), rel=1e-4)


def test_concentration_by_hand():
    # ridits .125 .5 .875, so Σ share × value × (2 × ridit − 1) = ¼ × 80 × ¾ − ¼ × 20 × ¾
    assert absolute_concentration(RANKED).value == pytest.approx(11.25)
    assert relative_concentration(RANKED).value == pytest.approx(0.225)
    assert absolute_concentration(RANKED).standard_error == pytest.approx(0, abs=1e-9)  # they lie on a line


def test_logit_on_a_logistic_line():
    shares = [100 / (1 + math.exp(1 - 2 * r)) for r in (0.125, 0.5, 0.875)]
    groups = Subgroups.of(shares, [100_000, 200_000, 100_000], order=[1, 2, 3])
    assert logit_slope(groups, 100).value == pytest.approx(46.21172, abs=1e-2)
    found = logit_ratio(groups, 100)
    assert found.value == pytest.approx(math.e, abs=1e-3)
    assert found.lower <= found.value <= found.upper


SPREADS = {
    "difference": lambda g: difference(g, True),
    "bgsd": between_group_deviation,
    "mdm": lambda g: mean_difference(g, g.mean, weighted=True),
    "idis": lambda g: index_of_disparity(g, weighted=False),
    "bgv": between_group_variance,
    "mld": mean_log_deviation,
    "theil": theil_index,
    "par": lambda g: attributable_risk(g, True, 100),
}


@pytest.mark.parametrize("name", SPREADS)
@settings(max_examples=20)
@given(data=st.data())
def test_order_of_rows_means_nothing(name, data):
    rows = data.draw(UNLIKE.filter(lambda r: len({v for v, _, _ in r}) == len(r)))
    shuffled = data.draw(st.permutations(rows))
    one, other = (
        SPREADS[name](Subgroups.of([v for v, _, _ in r], [n for _, n, _ in r], standard_errors=[e for *_, e in r]))
        for r in (rows, shuffled)
    )
    assert one.value == pytest.approx(other.value, rel=1e-6, abs=1e-6)
    if one.standard_error is not None:
        assert one.standard_error == pytest.approx(other.standard_error, rel=1e-5, abs=1e-6)


@settings(max_examples=20)
@given(UNLIKE, st.floats(0.1, 10), st.floats(0, 100))
def test_unit_and_shift(rows, factor, shift):
    values, persons = np.array([v for v, _, _ in rows]), [n for _, n, _ in rows]
    plain = Subgroups.of(values.tolist(), persons)
    scaled, moved = (Subgroups.of(v.tolist(), persons) for v in (values * factor, values + shift))
    close = {"rel": 1e-6, "abs": 1e-5}
    for relative in (coefficient_of_variation, mean_log_deviation, theil_index):
        assert relative(scaled).value == pytest.approx(relative(plain).value, **close)
    assert between_group_deviation(scaled).value == pytest.approx(
        factor * between_group_deviation(plain).value, **close
    )
    assert between_group_deviation(moved).value == pytest.approx(between_group_deviation(plain).value, **close)


def test_turned_order_turns_the_gradient():
    backward = Subgroups.of(VALUES, PERSONS, order=[3, 2, 1])
    assert absolute_concentration(backward).value == pytest.approx(-absolute_concentration(RANKED).value)
    assert difference(backward, True).value == -60


def test_all_alike_is_no_inequality():
    alike = Subgroups.of([7, 7, 7], PERSONS, standard_errors=ERRORS)
    for measure in SPREADS.values():
        assert measure(alike).value == pytest.approx(0, abs=1e-12)


def test_no_errors_no_limits():
    bare = Subgroups.of(VALUES, PERSONS)
    for measure in (between_group_variance, mean_log_deviation, theil_index, lambda g: ratio(g, True)):
        assert (measure(bare).standard_error, measure(bare).lower, measure(bare).upper) == (None, None, None)


def test_one_gap_among_many_is_left_out():
    values = [10.0] * 9 + [None]
    assert len(Subgroups.of(values, [1] * 10).values) == 9
    assert Subgroups.of([*values[::-1]], [1] * 10, reference=1).reference == 0


@pytest.mark.parametrize(
    ("values", "persons", "options"),
    [
        ([1], [1], {}),
        ([1, 2, 3], [1, 1], {}),
        ([1, 2, 3], [0, 0, 0], {}),
        ([1, 2, 3], [1, -1, 1], {}),
        ([1, 2, None], [1, 1, 1], {}),
        ([1] * 9 + [None], [1] * 10, {"order": list(range(10))}),
        ([1] * 9 + [None], [1] * 10, {"reference": 9}),
        ([1, 2, 3], [1, 1, 1], {"order": [1, 1, 2]}),
        ([1, 2, 3], [1, 1, 1], {"reference": 3}),
    ],
)
def test_refused_subgroups(values, persons, options):
    with pytest.raises(ValueError, match=":"):
        Subgroups.of(values, persons, **options)


def test_refused_measures():
    with pytest.raises(ValueError, match="above 0"):
        ratio(Subgroups.of([0, 1, 2], PERSONS), True)
    with pytest.raises(ValueError, match="more than two"):
        attributable_risk(Subgroups.of([1, 2], [1, 1]), True, 100)
    with pytest.raises(ValueError, match="scale"):
        attributable_risk(Subgroups.of([10, 150, 190], PERSONS), True, 100)
    with pytest.raises(ValueError, match="at least three"):
        between_group_variance(Subgroups.of([1, 2], [1, 1]))
    with pytest.raises(ValueError, match="logarithms"):
        theil_index(Subgroups.of([-1, 1, 2], PERSONS))
    for relative in (coefficient_of_variation, lambda g: index_of_disparity(g, weighted=True)):
        with pytest.raises(ValueError, match="mean"):
            relative(Subgroups.of([-1, 0, 1], PERSONS))
    with pytest.raises(ValueError, match="mean"):
        relative_concentration(Subgroups.of([-1, 0, 1], PERSONS, order=[1, 2, 3]))
    with pytest.raises(ValueError, match="in order"):
        absolute_concentration(PLAIN)
    with pytest.raises(ValueError, match="scale"):
        logit_slope(RANKED, 50)
    with pytest.raises(ValueError, match="no logistic line"):
        logit_slope(Subgroups.of([0, 0, 100], PERSONS, order=[1, 2, 3]), 100)
    with pytest.raises(ValueError, match="share"):
        quantile(95)
