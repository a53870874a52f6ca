"""Each region's latest value beside what it was five years before."""

from __future__ import annotations

from typing import Any

import pytest
from tests.across import CODES, UNITS, ladder, year
from tests.making import indicator, observation, remark

from varddialog.assessment.assess import assess
from varddialog.assessment.results import Country
from varddialog.assessment.then_and_now import ThenAndNow, earlier, over_time
from varddialog.data.rows import Observation


def told(rows: list[Observation], remarks: Any = (), **changes: Any) -> ThenAndNow:
    """The indicator over time, by way of the real assessment."""
    country = Country(indicator(**changes), rows, remarks, [])
    (made,) = over_time([assess(r, []) for unit in UNITS.all for r in country.results(unit, 2025)], UNITS)
    return made


def decade(last: int = 2025, **moving: float) -> list[Observation]:
    """Ten years in which all stand still but those in `moving`, `r01=2.0`, which change by so much a year."""
    steps = {name.removeprefix("r"): step for name, step in moving.items()}
    return [
        row
        for when in range(last - 9, last + 1)
        for row in year(when, {c: v + steps.get(c, 0.0) * (when - last) for c, v in ladder().items()})
    ]


def test_then_is_five_years_before_and_a_change_is_that_of_the_printed_values():
    t = told(decade(r01=2.04))
    assert (t.then, t.across.when) == ("2020", "2025")
    step = t.steps["01"]
    # 40 − 5 · 2,04 = 29,8, printed 29,8
    assert (round(step.then.value, 2), step.now.value, step.change) == (29.8, 40.0, 10.2)
    assert step.way == "bättre"


def test_a_change_below_the_relevance_limit_is_none():
    t = told(decade(r01=2.0, r03=-2.0, r04=0.5), relevance=5.0)
    assert t.ways == {"bättre": 1, "sämre": 1, "ungefär lika": len(CODES) - 2}


def test_where_lower_is_better_the_sides_change_places():
    t = told(decade(r01=2.0), relevance=5.0, direction="lower_better")
    assert t.steps["01"].way == "sämre"


def test_where_neither_way_is_better_nothing_is_better():
    t = told(decade(r01=2.0, r03=-2.0), relevance=5.0, direction="none")
    assert (t.steps["01"].way, t.steps["03"].way) == ("högre", "lägre")


def test_what_came_before_a_break_is_not_compared():
    t = told(decade(), breaks=[{"year": 2023, "reason": "Nytt."}])
    assert t.then == "2023"


def test_a_questioned_value_is_not_compared():
    t = told(decade(), [remark("01", 2020)])
    assert "01" not in t.steps
    assert len(t.steps) == len(CODES) - 1


def test_a_year_that_few_have_is_passed_over():
    rows = [row for row in decade() if row.year != 2020 or row.region in ("00", "01", "03")]
    assert told(rows).then == "2021"


def test_current_prices_are_not_compared_over_time():
    t = told(decade(), measure="kronor_per_invanare", prices="löpande")
    assert t.then is None
    assert "löpande priser" in t.why


def test_a_series_of_one_year_has_nothing_to_be_compared_with():
    t = told(year(2025, ladder()))
    assert t.then is None
    assert t.apart is None
    assert not t.steps


def test_how_far_apart_regions_are_is_that_of_the_same_regions():
    rows = [row for row in decade() if not (row.region == "25" and row.year < 2022)]
    t = told(rows)
    assert t.apart is not None
    then, now = t.apart
    # without Norrbotten the other twenty stand on a ladder of steps of 2, and the mean difference is 2 · (20 + 1)/3
    assert then == pytest.approx(now) == pytest.approx(14.0)


def test_rolling_means_are_not_compared_with_those_that_share_years():
    assert earlier(indicator(period={"kind": "rullande", "years": 4}), "2024") == ["2019", "2020"]


def test_a_month_is_compared_with_the_same_month():
    assert earlier(indicator(period={"kind": "månad"}), "2026-06")[0] == "2021-06"
    rows = [
        observation(c, when, v, period=f"{when}-{month:02d}")
        for when, month in ((2024, 3), (2025, 2), (2025, 3))
        for c, v in ladder().items()
    ]
    assert told(rows, period={"kind": "månad"}).then == "2024-03"
    this_year = [row for row in rows if row.year == 2025]
    assert told(this_year, period={"kind": "månad"}).then is None


def test_a_region_with_an_older_value_is_there_without_a_step():
    rows = [row for row in decade() if not (row.region == "25" and row.year == 2025)]
    t = told(rows)
    assert "25" in t.assessments
    assert "25" not in t.steps
