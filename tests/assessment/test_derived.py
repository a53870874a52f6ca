"""Figures computed by the project: same place, same time, both counts kept."""

from __future__ import annotations

import pytest
from tests.making import observation, remark

from varddialog.assessment.derived import derive, inherit
from varddialog.model.indicator import Derived

RULE = Derived(numerator="N", denominator="D", per=1000)


def test_counts_over_population_at_the_same_place_and_time():
    counts = [observation("12", 2023, 50), observation("12", 2024, 60), observation("01", 2024, 10)]
    population = [observation("12", 2024, 20_000), observation("12", 2022, 1), observation("01", 2024, 0)]
    (found,) = derive("X", RULE, counts, population)
    assert (found.indicator, found.region, found.year) == ("X", "12", 2024)
    assert found.value == pytest.approx(3.0)
    assert (found.numerator, found.denominator) == (60, 20_000)


def test_sexes_are_kept_apart():
    assert derive("X", RULE, [observation("12", 2024, 5, sex="K")], [observation("12", 2024, 10)]) == []


def test_remarks_on_counts_hold_for_what_is_computed_from_them():
    (found,) = inherit("X", [remark("12", 2024), remark("", 0, "upplysning")])
    assert (found.indicator, found.region) == ("X", "12")
