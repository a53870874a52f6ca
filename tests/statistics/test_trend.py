"""Recent trend: by hand, against the published marker, as properties, and its false alarms by simulation."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varddialog.statistics.trend import CHI_SQUARE_LIMIT, adjusted_trend
from varddialog.statistics.trend_fingertips import Year, cochran_armitage, judged, recent_trend
from varddialog.statistics.trend_relative import relative_trend

YEARS = list(range(2015, 2022))
SERIES = st.lists(st.tuples(st.floats(-100, 100), st.floats(0.5, 5)), min_size=5, max_size=9)

# fingertips-open, TrendMarkerCalculatorTest.cs: 2014–2018
VALUES = [24.67, 24.6, 28, 30.2, 30.6]
LOWER = [23.16, 23.15, 26.44, 28.63, 28.98]
UPPER = [26.25, 26.19, 29.64, 31.9, 32.25]
COUNTS = [994, 1023, 1199, 1332, 1367]
PERSONS = [40299, 41527, 42811, 44064, 44701]
PUBLISHED = [Year(2014 + i, *row) for i, row in enumerate(zip(VALUES, LOWER, UPPER, COUNTS, PERSONS, strict=True))]


def test_line_by_hand():
    # a perfect line, slope 2, error 1: variance 1 / Σ(t − mean)² = 1/28, χ² 4 × 28, no residual
    found = adjusted_trend(YEARS, [2 * year for year in YEARS], [1] * 7)
    assert (found.slope, found.chi_square, found.adjusted) == pytest.approx((2, 112, 112))
    assert (found.direction, found.steady, found.points, found.first, found.last) == ("increasing", True, 7, 2015, 2021)
    assert found.dispersion == pytest.approx(0, abs=1e-9)
    reach = 1.959964 * 6 / math.sqrt(28)
    assert (found.change, found.lower, found.upper) == pytest.approx((12, 12 - reach, 12 + reach), abs=1e-5)


def test_real_variation_is_divided_out():
    # residuals +1 −1 0 0 0 −1 +1 sum to 0 and have no slope (−3 + 2 − 2 + 3 = 0): φ̂ = 4 / 0.1² / 5 = 80
    wobble = [1, -1, 0, 0, 0, -1, 1]
    values = [0.4 * t + w for t, w in enumerate(wobble)]
    found = adjusted_trend(YEARS, values, [0.1] * 7)
    assert found.dispersion == pytest.approx(80)
    assert found.chi_square == pytest.approx(0.16 * 28 * 100)
    assert found.adjusted == pytest.approx(5.6)
    assert found.direction == "none"
    reach = 2.570582 * 0.1 / math.sqrt(28) * math.sqrt(80) * 6  # Student's t with 5 degrees of freedom
    assert (found.lower, found.upper) == pytest.approx((2.4 - reach, 2.4 + reach), abs=1e-5)


def test_only_the_latest_seven_count():
    values = [999, -999, *(2 * year for year in YEARS)]
    assert adjusted_trend([2013, 2014, *YEARS], values, [1] * 9) == adjusted_trend(YEARS, values[2:], [1] * 7)


def test_a_trend_that_hangs_on_one_year_is_not_steady():
    found = adjusted_trend(YEARS, [0, 0, 0, 0, 0, 0, 60], [1] * 7)
    assert (found.chi_square > CHI_SQUARE_LIMIT, found.steady, found.direction) == (True, False, "none")


def test_a_gap_counts_as_the_years_it_is():
    years = [2010, 2012, 2013, 2015, 2016]
    assert adjusted_trend(years, [3 * year for year in years], [1] * 5).change == pytest.approx(18)


@settings(max_examples=40)
@given(SERIES, st.floats(0.1, 10), st.floats(-100, 100))
def test_unit_and_shift_mean_nothing(rows, factor, shift):
    years, values, errors = range(len(rows)), [v for v, _ in rows], [e for _, e in rows]
    plain = adjusted_trend(years, values, errors)
    moved = adjusted_trend(years, [v * factor + shift for v in values], [e * factor for e in errors])
    assert moved.adjusted == pytest.approx(plain.adjusted, rel=1e-5, abs=1e-6)
    assert moved.change == pytest.approx(plain.change * factor, rel=1e-6, abs=1e-6)


@settings(max_examples=40)
@given(SERIES, st.randoms())
def test_sign_turns_with_the_series_and_row_order_means_nothing(rows, random):
    years, values, errors = range(len(rows)), [v for v, _ in rows], [e for _, e in rows]
    plain = adjusted_trend(years, values, errors)
    turned = adjusted_trend(years, [-v for v in values], errors)
    assert turned.slope == pytest.approx(-plain.slope, abs=1e-9)
    assert (turned.lower, turned.upper) == pytest.approx((-plain.upper, -plain.lower), abs=1e-6)
    shuffled = list(zip(years, values, errors, strict=True))
    random.shuffle(shuffled)
    assert adjusted_trend(*zip(*shuffled, strict=True)) == plain


def test_constant_series_has_no_trend():
    found = adjusted_trend(YEARS, [4.2] * 7, [0.1] * 7)
    assert (found.direction, found.slope) == ("none", pytest.approx(0, abs=1e-12))


@pytest.mark.parametrize(
    ("years", "values", "errors"),
    [
        (range(4), range(4), [1] * 4),
        (range(5), range(5), [1, 1, 1, 1, 0]),
        (range(5), range(5), [1] * 4),
        ([1, 1, 2, 3, 4], range(5), [1] * 5),
        (range(5), [1, 2, 3, 4, float("nan")], [1] * 5),
    ],
)
def test_refusals(years, values, errors):
    with pytest.raises(ValueError, match=":"):
        adjusted_trend(years, values, errors)


def test_false_alarms_when_real_variance_is_four_times_that_of_the_interval():
    random = np.random.default_rng(20250101)
    found = [adjusted_trend(YEARS, random.normal(0, 2, 7), [1] * 7) for _ in range(1200)]
    adjusted = np.mean([trend.direction != "none" for trend in found])
    plain = np.mean([trend.steady and trend.chi_square > CHI_SQUARE_LIMIT for trend in found])
    covers = np.mean([trend.lower <= 0 <= trend.upper for trend in found])
    assert adjusted < 0.04
    assert plain > 0.08
    assert 0.92 < covers < 0.98


def test_published_marker():
    found = recent_trend(PUBLISHED, proportions=False)
    assert (found.marker, found.significant, round(found.chi_square, 2)) == ("increasing", True, 46.77)
    found = recent_trend(PUBLISHED[::-1], proportions=True)
    assert (found.marker, round(found.chi_square, 2)) == ("increasing", 47.9)


def test_marker_turns_with_the_series():
    turned = [Year(-p.year, p.value, p.lower, p.upper, p.count, p.denominator) for p in PUBLISHED]
    for proportions in (True, False):
        found = recent_trend(turned, proportions=proportions)
        assert found.marker == "decreasing"
        assert found.chi_square == pytest.approx(recent_trend(PUBLISHED, proportions=proportions).chi_square)


def test_marker_passes_over_gaps_and_takes_the_latest_five():
    older = [Year(2000, 90, 89, 91, 1, 2), Year(2001, None, None, None, None, None)]
    assert recent_trend(older + PUBLISHED, proportions=False) == recent_trend(PUBLISHED, proportions=False)


def test_marker_on_a_constant_series_is_no_change():
    flat = [Year(year, 10, 9, 11, 10, 100) for year in range(5)]
    assert recent_trend(flat, proportions=False).marker == "no_change"
    assert recent_trend(flat, proportions=True).marker == "no_change"


@pytest.mark.parametrize(
    ("series", "options", "reason"),
    [
        (PUBLISHED, {"period_years": 3}, "overlap"),
        (PUBLISHED[1:], {}, "fewer than 5"),
        ([*PUBLISHED[:4], Year(2018, 100, 90, 100, 5, 5)], {}, "equals"),
        ([*PUBLISHED[:4], Year(2018, 0, 0, 1, 0, 5)], {"proportions": True}, "0 or above"),
        ([*PUBLISHED[:4], Year(2018, 9, 9, 9, 3, 5)], {}, "no width"),
    ],
)
def test_marker_that_cannot_be_calculated(series, options, reason):
    found = recent_trend(series, **{"proportions": False} | options)
    assert found.marker == "cannot_be_calculated"
    assert reason in found.reason


def test_marker_refusals():
    with pytest.raises(ValueError, match="twice"):
        recent_trend([*PUBLISHED, PUBLISHED[0]], proportions=False)
    with pytest.raises(ValueError, match="cases"):
        cochran_armitage([0, 0], [1, 1])


def test_polarity_words():
    assert judged("increasing", "high_is_good") == "increasing_and_getting_better"
    assert judged("increasing", "low_is_good") == "increasing_and_getting_worse"
    assert judged("decreasing", "high_is_good") == "decreasing_and_getting_worse"
    assert judged("decreasing", "low_is_good") == "decreasing_and_getting_better"
    assert judged("decreasing", "no_judgement") == "decreasing"
    assert judged("no_change", "high_is_good") == "no_change"


@pytest.mark.parametrize(
    ("gap", "slope", "relation"),
    [
        (-20, 2, "approaching"),
        (-20, -2, "falling_behind"),
        (20, 2, "pulling_ahead"),
        (20, -2, "losing_lead"),
        (-20, 0, "following"),
    ],
)
@pytest.mark.parametrize("high_is_good", [True, False])
def test_against_a_reference(gap, slope, relation, high_is_good):
    reference = [50 + 3 * t for t in range(7)]
    turn = 1 if high_is_good else -1
    values = [r + turn * (gap + slope * t) for t, r in enumerate(reference)]
    found = relative_trend(YEARS, values, reference, high_is_good=high_is_good, standard_errors=[0.5] * 7, relevance=5)
    assert found.relation == relation
    assert (found.slope, found.change) == pytest.approx((turn * slope, turn * slope * 6))
    bare = relative_trend(YEARS, values, reference, high_is_good=high_is_good)
    assert bare.relation == (relation if slope else "undecided")  # without intervals sameness is never proven


def test_a_small_or_uncertain_change_is_not_called_anything():
    reference, values = [0] * 7, [0.1 * t for t in range(7)]
    small = relative_trend(YEARS, values, reference, high_is_good=True, standard_errors=[0.01] * 7, relevance=0.601)
    assert small.relation == "undecided"  # proven, below the relevance, but its interval reaches past it
    unsure = relative_trend(YEARS, values, reference, high_is_good=True, standard_errors=[5] * 7, relevance=1)
    assert unsure.relation == "undecided"
    with pytest.raises(ValueError, match="reference"):
        relative_trend(YEARS, values, [0], high_is_good=True)
