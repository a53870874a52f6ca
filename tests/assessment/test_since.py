"""The value of the last period before a day beside the latest, and whether they differ for certain."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from tests.making import RIKET, SKANE, country, indicator, observation, remark, results

from varddialog.assessment.relevance import relevance
from varddialog.assessment.since import Movement, since

DAY = dt.date(2022, 11, 3)


def moved(
    mine: dict[int, float], half: float | None = 1.0, day: dt.date = DAY, remarks: Any = (), **changes: Any
) -> Movement:
    """Skåne's yearly values with published intervals `half` wide on each side, Riket still at 50."""
    rows = [row for when in mine for row in country(when, 50.0, None)]
    ends = {when: {} if half is None else {"low": v - half, "high": v + half} for when, v in mine.items()}
    rows += [observation("12", when, value, **ends[when]) for when, value in mine.items()]
    (result,) = results(indicator(relevance=2.0, **changes), SKANE, rows, remarks)
    return since(result, relevance(result), day)


def test_the_year_before_the_decision_is_compared_with_the_latest():
    m = moved({2020: 40.0, 2021: 41.0, 2022: 45.0, 2023: 46.0, 2024: 47.0})
    assert m.before is not None
    assert m.now is not None
    assert (m.before.year, m.now.year, m.change) == (2021, 2024, 6.0)
    assert (m.answer.klass, m.answer.certainty) == ("förbättras", "säkerställd")


def test_riket_moves_beside_it_between_the_same_years():
    m = moved({2021: 41.0, 2024: 47.0})
    assert m.nation is not None
    assert [p.when for p in m.nation] == ["2021", "2024"]


def test_a_change_that_lies_within_the_uncertainty_of_both_values_is_not_judged():
    # each error is 2/1.96, that of the difference √2 as large: 95 % of it reaches 2.83 either way
    assert moved({2021: 41.0, 2024: 43.8}, half=2.0).answer.klass == "kan ej bedömas"
    assert moved({2021: 41.0, 2024: 43.9}, half=2.0).answer.klass == "förbättras"


def test_a_certain_change_below_the_relevance_limit_is_none():
    assert moved({2021: 41.0, 2024: 42.9}).answer.klass == "oförändrat"


def test_where_lower_is_better_a_rise_is_for_the_worse():
    assert moved({2021: 41.0, 2024: 47.0}, direction="lower_better").answer.klass == "försämras"


def test_where_neither_way_is_better_a_value_rises_or_falls():
    assert moved({2021: 41.0, 2024: 47.0}, direction="none").answer.klass == "ökar"


def test_without_intervals_the_noise_of_the_series_is_the_uncertainty():
    steady = {2014 + i: 40.0 + 0.2 * (-1) ** i for i in range(8)}
    m = moved({**steady, 2022: 47.0, 2023: 46.8, 2024: 47.1}, half=None)
    assert (m.answer.klass, m.answer.certainty) == ("förbättras", "skattad ur tidsserien")


def test_a_short_series_without_intervals_is_only_described():
    assert moved({2021: 41.0, 2024: 47.0}, half=None).answer.klass == "beskrivande"


@pytest.mark.parametrize(
    ("mine", "changes", "why"),
    [
        ({2020: 41.0, 2021: 42.0}, {}, "ännu inget värde"),
        ({2023: 41.0, 2024: 42.0}, {}, "inget värde från åren närmast före"),
        ({2015: 41.0, 2024: 42.0}, {}, "inget värde från åren närmast före"),
        ({2021: 41.0, 2024: 42.0}, {"breaks": [{"year": 2023, "reason": "Nytt."}]}, "brott 2023"),
        ({2021: 41.0, 2023: 42.0}, {"period": {"kind": "rullande", "years": 4}}, "delar år"),
        ({2021: 41.0, 2024: 42.0}, {"measure": "kronor_per_invanare", "prices": "löpande"}, "löpande priser"),
    ],
)
def test_what_cannot_be_compared_says_why(mine: dict[int, float], changes: dict[str, Any], why: str):
    m = moved(mine, **changes)
    assert m.answer.klass == "kan ej bedömas"
    assert why in m.answer.reason


def test_a_questioned_latest_value_is_not_compared():
    m = moved({2021: 41.0, 2024: 47.0}, remarks=[remark("12", 2024)])
    assert m.answer.klass == "kan ej bedömas"
    assert "ifrågasatt" in m.answer.reason


def test_months_are_counted_from_the_month_of_the_decision():
    rows = [
        observation("00", 2022, 40.0 + m, period=f"2022-{m:02d}", low=39.0 + m, high=41.0 + m) for m in (9, 10, 11, 12)
    ]
    (result,) = results(indicator(period={"kind": "månad"}, relevance=1.0), RIKET, rows, newest_year=2022)
    m = since(result, relevance(result), DAY)
    assert m.before is not None
    assert m.now is not None
    assert (m.before.when, m.now.when) == ("2022-10", "2022-12")
