"""Small counts are gone from everything that is shown, and cannot be worked out from what is left."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.making import REGIONS, SKANE, indicator, observation, results

from varddialog.assessment.hiding import PRIMARY, SECONDARY, without_small


def counted(region, n, of=1000, **changes):
    return observation(region, 2025, 100 * n / of, numerator=float(n), denominator=float(of), **changes)


def gone(shown):
    return {(r.region, r.sex, r.group): r.reason.removeprefix("Värdet för 2025 ") for r in shown.remarks}


def country(counts, total=None):
    rows = [counted(code, n) for code, n in zip(REGIONS, counts, strict=True)]
    return [*rows, counted("00", sum(counts) if total is None else total, of=12_000)]


LARGE = [100 + i for i in range(12)]


def test_nothing_small_nothing_hidden():
    rows = country(LARGE)
    shown = without_small(rows, values_count=False)
    assert (shown.observations, shown.remarks) == (rows, [])


def test_a_small_count_takes_another_region_with_it():
    shown = without_small(country([3, *LARGE[1:]]), values_count=False)
    assert gone(shown) == {("01", "T", ""): PRIMARY, ("03", "T", ""): SECONDARY}
    assert {o.region for o in shown.observations} == {"00", *REGIONS} - {"01", "03"}


def test_where_the_parts_do_not_add_up_nothing_more_is_hidden():
    assert gone(without_small(country([3, *LARGE[1:]], total=5000), values_count=False)) == {("01", "T", ""): PRIMARY}


def test_the_complement_is_as_telling_as_the_count():
    assert gone(without_small([counted("12", 997)], values_count=False)) == {("12", "T", ""): PRIMARY}


def test_one_sex_is_protected_by_the_other():
    rows = [counted("12", 3, sex="K"), counted("12", 50, sex="M"), counted("12", 53, of=2000)]
    assert gone(without_small(rows, values_count=False)) == {("12", "K", ""): PRIMARY, ("12", "M", ""): SECONDARY}


def test_one_group_is_protected_by_another():
    split = [counted("12", n, grouping="ålder", group=g) for g, n in (("18–29 år", 2), ("30–44 år", 20), ("45 år", 90))]
    shown = without_small([*split, counted("12", 112, of=3000)], values_count=False)
    assert gone(shown) == {("12", "T", "18–29 år"): PRIMARY, ("12", "T", "30–44 år"): SECONDARY}


def test_values_that_count_persons_are_counts():
    rows = [observation("12", 2025, 4.0), observation("14", 2025, 0.0), observation("13", 2025, 5.0)]
    assert gone(without_small(rows, values_count=True)) == {("12", "T", ""): PRIMARY}
    assert gone(without_small(rows, values_count=False)) == {}


def test_each_time_stands_alone():
    rows = [*country([3, *LARGE[1:]]), *(o._replace(year=2024) for o in country(LARGE))]
    assert {o.region for o in without_small(rows, values_count=False).observations if o.year == 2024} == {
        "00",
        *REGIONS,
    }


def test_what_is_hidden_is_in_no_result():
    """Neither the unit's own value, nor the regions' spread, nor the best region holds it; the reason is told."""
    rows = country([3, *LARGE[1:]])
    rows = [o._replace(region={"01": "12", "12": "01"}.get(o.region, o.region)) for o in rows]
    earlier = [o._replace(year=2024) for o in country(LARGE)]
    shown = without_small([*rows, *earlier], values_count=False)
    mine = results(indicator(), SKANE, shown.observations, shown.remarks)[0]
    assert mine.latest.year == 2024
    assert any(r.reason == f"Värdet för 2025 {PRIMARY}" for r in mine.remarks)
    assert "12" not in mine.regions["2025"]


@given(st.lists(st.integers(0, 12), min_size=12, max_size=12))
def test_no_hidden_count_can_be_worked_out_from_the_total(counts):
    shown = without_small(country(counts), values_count=False)
    left = {o.region: o.numerator for o in shown.observations}
    hidden = {code: n for code, n in zip(REGIONS, counts, strict=True) if code not in left}
    assert all(n == 0 or n > 4 for code, n in zip(REGIONS, counts, strict=True) if code in left)
    if "00" in left and any(0 < n <= 4 for n in hidden.values()):
        # a reader knows that each hidden count is at least one; what is left must fit more than one set of counts
        rest = left["00"] - sum(n for code, n in left.items() if code != "00")
        assert rest > len(hidden) > 1
