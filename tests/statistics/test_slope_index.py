"""Slope index of inequality against a worked line, and as properties."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from varddialog.statistics.slope_index import errors_from_limits, ridits, slope_index

GROUPS = st.lists(st.tuples(st.floats(1, 100), st.integers(1, 1000)), min_size=3, max_size=8)


def index(values, populations, errors=None, **options):
    errors = errors or [0.1] * len(values)
    return slope_index(values, populations, errors, **{"kind": "normal", "seed": 1, "repetitions": 1000} | options)


def test_ridits_by_hand():
    assert ridits([1, 2, 1]).tolist() == [0.125, 0.5, 0.875]


def test_values_on_a_line_give_back_the_line():
    # ridits .125 .5 .875; 10 + 8 × ridit
    found = index([11, 14, 17], [1, 2, 1])
    assert (found.slope, found.intercept) == (pytest.approx(8), pytest.approx(10))
    assert found.relative == pytest.approx(1.8)


def test_log_line_turns_back():
    # ln value = ln 2 + ln 4 × ridit, so 2 at the worst-off end and 8 at the best-off
    found = index([2 * 4**r for r in (0.125, 0.5, 0.875)], [1, 2, 1], kind="rate", transform=True)
    assert (found.intercept, found.slope, found.relative) == pytest.approx((2, 6, 4))


def test_logit_line_turns_back():
    # log odds = −1 + 2 × ridit
    shares = [1 / (1 + 2.718281828459045 ** (1 - 2 * r)) for r in (0.125, 0.5, 0.875)]
    found = index(shares, [1, 2, 1], kind="proportion", transform=True)
    assert found.intercept == pytest.approx(0.2689414, abs=1e-6)
    assert found.slope == pytest.approx(0.4621172, abs=1e-6)


def test_limits_agree_with_the_variance_of_the_slope():
    # equal groups, equal errors e: slope = Σ(x − ½)y / Σ(x − ½)², standard error e / √Σ(x − ½)², x = .1 .3 .5 .7 .9
    limits = index([5, 4, 3, 2, 1], [1] * 5, [0.1] * 5, repetitions=50_000).limits[0]
    reach = 1.959964 * 0.1 / 0.4**0.5
    assert limits.slope_lower == pytest.approx(-5 - reach, abs=0.01)
    assert limits.slope_upper == pytest.approx(-5 + reach, abs=0.01)


def test_same_seed_same_limits_and_wider_with_confidence():
    once, again = (index([5, 4, 4], [1, 1, 1], confidence=(0.95, 0.998)) for _ in range(2))
    assert once == again
    assert once != index([5, 4, 4], [1, 1, 1], confidence=(0.95, 0.998), seed=2)
    inner, outer = once.limits
    assert outer.slope_lower < inner.slope_lower < once.slope < inner.slope_upper < outer.slope_upper
    assert outer.relative_lower < inner.relative_lower < once.relative < inner.relative_upper < outer.relative_upper


def test_negative_multiplier_turns_both():
    plain, turned = index([5, 4, 4], [1, 1, 1]), index([5, 4, 4], [1, 1, 1], multiplier=-100)
    assert turned.slope == pytest.approx(-100 * plain.slope)
    assert turned.relative == pytest.approx(1 / plain.relative)
    assert turned.limits[0].slope_upper == pytest.approx(-100 * plain.limits[0].slope_lower)
    assert turned.limits[0].relative_upper == pytest.approx(1 / plain.limits[0].relative_lower, rel=1e-3)


def test_errors_from_limits():
    assert errors_from_limits([8.04], [11.96], "normal") == pytest.approx([1], rel=1e-4)
    assert errors_from_limits([0.5], [0.5], "proportion") == [0]


@settings(max_examples=30)
@given(GROUPS, st.floats(0.1, 10))
def test_free_of_unit_and_of_the_size_of_the_population(groups, factor):
    values, populations = [v for v, _ in groups], [n for _, n in groups]
    plain, scaled = index(values, populations), index([v * factor for v in values], [n * factor for n in populations])
    assert scaled.slope == pytest.approx(plain.slope * factor, rel=1e-6, abs=1e-6)
    assert scaled.relative == pytest.approx(plain.relative, rel=1e-6)


@pytest.mark.parametrize(
    ("values", "populations", "errors", "options"),
    [
        ([1, 2], [1, 1], [1, 1], {}),
        ([1, 2, 3], [1, 1], [1, 1, 1], {}),
        ([1, 2, 3], [1, 0, 1], [1, 1, 1], {}),
        ([1, 2, 3], [1, 1, 1], [1, -1, 1], {}),
        ([1, 2, float("nan")], [1, 1, 1], [1, 1, 1], {}),
        ([1, 2, 0], [1, 1, 1], [1, 1, 1], {"kind": "rate"}),
        ([0.1, 0.2, 1], [1, 1, 1], [1, 1, 1], {"kind": "proportion"}),
        ([1, 2, 3], [1, 1, 1], [1, 1, 1], {"confidence": (95,)}),
        ([1, 2, 3], [1, 1, 1], [1, 1, 1], {"repetitions": 10}),
    ],
)
def test_refusals(values, populations, errors, options):
    with pytest.raises(ValueError, match=":"):
        index(values, populations, errors, **options)


def test_limits_upside_down_are_refused():
    with pytest.raises(ValueError, match="upper not below lower"):
        errors_from_limits([2], [1], "normal")
