"""Gaps in persons: only from counts, in two digits, and never so that a hidden count can be worked out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.making import REGIONS, SKANE, indicator, observation, remark

from varddialog.assessment.persons import FEW, HIDDEN, in_persons, to_best, to_nation, to_target, two_digits
from varddialog.assessment.points import Point
from varddialog.assessment.results import Country

TARGET = {"kind": "minst", "level": 80.0, "issuer": "Utgivaren", "match": "samma"}


def counted(region, numerator, denominator, **changes):
    counts = {"numerator": float(numerator), "denominator": float(denominator)}
    return observation(region, 2025, 100 * numerator / denominator, **{**counts, **changes})


def rows(numerator=600, denominator=1000, nation=7000, best=900):
    others = [counted(code, 500 + 10 * i, 1000) for i, code in enumerate(REGIONS) if code not in ("12", "14")]
    nation_row = counted("00", nation, 10_000)
    return [*others, counted("14", best, 1000), counted("12", numerator, denominator), nation_row]


def made(observations, remarks=(), newest=2025, **changes):
    whole = Country(indicator(**{"targets": [TARGET], **changes}), observations, remarks, [])
    return whole.results(SKANE, newest)[0]


def three(observations, remarks=(), newest=2025, **changes):
    result = made(observations, remarks, newest, **changes)
    target = to_target(result, result.targets[0]) if result.targets else None
    return target, to_nation(result), to_best(result)


def test_gap_times_denominator():
    assert [p.count for p in three(rows(613))] == [190, 87, 290]  # 187, 87 and 287 persons
    assert all(p.reason is None for p in three(rows(613)))


def test_per_inhabitants_and_polarity():
    shown = {"measure": "per_1000", "direction": "lower_better", "targets": []}
    per_1000 = [r._replace(value=r.value * 10) for r in rows(613)]
    _, nation, best = three(per_1000, **shown)
    assert nation.count == 0  # fewer than in Riket
    assert best.count == 110  # the lowest has 500 of 1 000


def test_no_gap_is_nobody():
    assert [p.count for p in three(rows(950))] == [0, 0, 0]


def test_under_five_is_not_shown():
    assert [p.reason for p in three(rows(798, nation=8000, best=801))] == [FEW, FEW, FEW]
    assert to_target(*(lambda r: (r, r.targets[0]))(made(rows(795)))).count == 5


@pytest.mark.parametrize(
    "changes", [{"sample": True}, {"measure": "index"}, {"derived": {"numerator": "A", "denominator": "B", "per": 100}}]
)
def test_only_counts_of_persons(changes):
    assert all(p.count is None and p.reason for p in three(rows(613), **changes))


def test_without_counts_or_with_other_values_than_the_counts_give():
    bare = [r._replace(numerator=None, denominator=None) for r in rows(613)]
    assert all(p.count is None and p.reason for p in three(bare))
    standardised = [r._replace(value=r.value - 0.1) for r in rows(613)]
    assert all(p.count is None and p.reason for p in three(standardised))
    rounded = [r._replace(value=round(r.value)) for r in rows(613)]
    assert three(rounded, decimals=0)[1].count == 90


def test_questioned_old_and_neutral_values_are_not_counted():
    assert all(p.count is None for p in three(rows(613), [remark("12", 2025)]))
    assert three(rows(613), [remark("00", 2025)])[1].count is None
    assert all(p.count is None for p in three(rows(613), newest=2030))
    assert three(rows(613), direction="none", targets=[])[1].count is None


def test_riket_missing_and_another_definition():
    missing = [r for r in rows(613) if r.region != "00"]
    assert three(missing)[1].count is None
    assert three(rows(613), targets=[{**TARGET, "match": "annat"}])[0].count is None


def test_few_in_the_denominator():
    assert all(p.count is None for p in three(rows(12, 29)))


@pytest.mark.parametrize(("numerator", "denominator"), [(n, 1000) for n in (1, 4, 996, 999)] + [(2, 4), (3, 6)])
def test_a_small_cell_gives_the_same_answer_whatever_it_holds(numerator, denominator):
    assert {p.reason for p in three(rows(numerator, denominator))} == {HIDDEN}


def test_a_hidden_cell_of_the_other_is_not_given_away():
    target, nation, best = three(rows(613, nation=9997, best=998))
    assert target.count == 190
    assert nation.reason == best.reason == HIDDEN


def test_hidden_by_a_region_that_shares_the_best_value():
    large = [counted("13", 9970, 10_000), counted("14", 997, 1000)]
    shared = [r for r in rows(613) if r.region not in ("13", "14")] + large
    assert three(shared)[2].reason == HIDDEN


@given(
    st.integers(1, 5000).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))),
    st.integers(1, 5000).flatmap(lambda d: st.tuples(st.integers(0, d), st.just(d))),
    st.floats(0, 100),
)
def test_hiding_never_reveals(mine, other, gap):
    """Nothing is told of a small cell, and a number shown is 0 or at least five, in two digits."""
    points = [Point("2025", 2025, 100 * n / d, numerator=float(n), denominator=float(d)) for n, d in (mine, other)]
    found = in_persons(gap, indicator(), *points)
    if any(0 < n < 5 or 0 < d - n < 5 for n, d in (mine, other)):
        assert found == in_persons(0, indicator(), Point("2025", 2025, 50, numerator=1.0, denominator=2.0))
        assert found.reason == HIDDEN
    if found.count is not None:
        assert found.count == 0 or found.count >= 5
        assert len(f"{found.count:.0f}".rstrip("0")) <= 2
        assert found.count == pytest.approx(gap / 100 * mine[1], rel=0.1)


@pytest.mark.parametrize(("count", "shown"), [(0, 0), (5.4, 5), (9.6, 10), (87.4, 87), (187, 190), (99_600, 100_000)])
def test_two_digits(count, shown):
    assert two_digits(count) == shown


def test_a_gap_has_no_sign():
    with pytest.raises(ValueError, match="0 or more"):
        in_persons(-1, indicator(), Point("2025", 2025, 50))
