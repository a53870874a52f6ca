"""One indicator in all regions: which time, who is beside whom, what is left out; numbers of a dimension."""

from __future__ import annotations

import pytest
from tests.across import CODES, UNITS, ladder, seen, year
from tests.making import indicator, remark

from varddialog.assessment.across import across, counts
from varddialog.assessment.assess import assess
from varddialog.assessment.results import Country


def test_the_time_is_what_most_regions_have_as_their_latest():
    few = {code: v for code, v in ladder().items() if code in ("00", "01", "03")}
    x = seen(year(2024, ladder()) + year(2025, few))
    assert x.when == "2024"
    assert sorted(x.regions) == sorted(set(CODES) - {"01", "03"})
    assert sorted(x.left_out) == ["01", "03"]
    assert x.nation is not None
    assert x.nation.year == 2024


def test_values_that_are_questioned_or_missing_are_set_apart():
    told = year(2025, {c: v for c, v in ladder().items() if c != "25"})
    x = seen(told, [remark("12", 2025)])
    assert "12" in x.left_out
    assert x.missing == ("25",)
    assert len(x.regions) == 19
    assert seen(told, [remark("00", 2025)]).nation is None


@pytest.mark.parametrize(("direction", "first"), [("higher_better", "25"), ("lower_better", "01"), ("none", "25")])
def test_the_order_is_from_the_best(direction, first):
    assert seen(year(2025, ladder()), direction=direction).ordered[0] == first


def test_equal_values_come_in_code_order():
    assert seen(year(2025, dict.fromkeys(["00", *CODES], 50.0))).ordered == CODES


def test_courses_are_of_comparable_values_and_need_three():
    told = [row for when in range(2020, 2026) for row in year(when, ladder(first=when - 1980.0))]
    x = seen(told, [remark("01", 2025)], breaks=[{"year": 2022, "reason": "Nytt."}])
    assert {(a.year, b.year) for a, b in x.courses.values()} == {(2022, 2025)}
    assert "01" not in x.courses
    assert x.nation_course is not None
    assert x.nation_course[0].year == 2022
    assert not seen(year(2024, ladder()) + year(2025, ladder())).courses


def test_counts_and_what_hardly_any_region_has_are_left_out():
    def made(rows, **changes):
        country = Country(indicator(**changes), rows, [], [])
        return across([assess(r, []) for u in UNITS.all for r in country.results(u, 2025)], UNITS)

    assert not made(year(2025, ladder()), measure="antal", direction="none")
    assert not made(year(2025, {"00": 50.0, "01": 51.0, "03": 52.0}))
    assert made(year(2025, {"00": 50.0, "01": 51.0, "03": 52.0, "04": 53.0}))


def test_numbers_of_a_unit_tell_each_indicator_once():
    def one(value: float, half: float | None, **changes):
        rows = year(2025, {"00": 60.0, "12": value}, half)
        country = Country(indicator(relevance=2.0, **changes), rows, [], [])
        return assess(country.results(UNITS.by_code["12"], 2025)[0], [])

    better, worse, level = one(70, 1), one(50, 1), one(60, 0.1)
    unsure, unknown, neutral = one(61, 30), one(70, None), one(70, 1, direction="none")
    found = counts([better, better, worse, level, unsure, unknown, neutral])
    assert (found.better, found.level, found.worse, found.unjudged) == (2, 1, 1, 2)
    assert found.total == 6
    assert found.estimated == 0


def test_judgements_from_the_noise_of_a_series_are_counted_as_such():
    noise = [0.3, -0.2, 0.1, -0.3, 0.2, 0.0, -0.1, 0.3, -0.2, 0.1]
    rows = [row for i, e in enumerate(noise) for row in year(2016 + i, {"00": 60.0, "12": 70 + e})]
    found = assess(Country(indicator(), rows, [], []).results(UNITS.by_code["12"], 2025)[0], [])
    assert counts([found]).better == 1
    assert counts([found]).estimated == 1


def test_limits_keep_within_what_the_unit_of_measure_allows():
    x = seen(year(2025, {code: 99.0 if code == "01" else 1.0 if code == "03" else 60.0 for code in CODES}, 3.0))
    assert x.limits("01") == (96.0, 100.0)
    assert x.limits("03") == (0.0, 4.0)
    assert x.limits("04") == (57.0, 63.0)
