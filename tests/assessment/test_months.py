"""Monthly series: only a special cause on the control chart is a change, and nothing else is called unchanged."""

from __future__ import annotations

import pytest
from tests.making import SKANE, indicator, observation, remark, results

from varddialog.assessment.months import months_developed

STEADY = [20, 22, 19, 21, 20, 18, 21, 22, 20, 19, 21]


def developed(values, remarks=(), **changes):
    rows = [
        observation("12", 2024 + i // 12, float(v), period=f"{2024 + i // 12}-{i % 12 + 1:02d}")
        for i, v in enumerate(values)
    ]
    shown = indicator(**{"period": {"kind": "månad"}, "measure": "dagar", "direction": "lower_better", **changes})
    return months_developed(results(shown, SKANE, rows, remarks)[0])


@pytest.mark.parametrize(
    ("last", "direction", "klass", "rule"),
    [
        (40, "lower_better", "försämras", "över den övre styrgränsen"),
        (2, "lower_better", "förbättras", "under den nedre styrgränsen"),
        (40, "higher_better", "förbättras", "över den övre styrgränsen"),
        (40, "none", "ökar", "över den övre styrgränsen"),
        (21, "lower_better", "kan ej bedömas", "ryms i den vanliga variationen"),
    ],
)
def test_the_latest_month_is_judged_by_the_limits(last, direction, klass, rule):
    answer = developed([*STEADY, last], direction=direction)
    assert answer.klass == klass
    assert rule in answer.reason


def test_seven_in_a_row_that_rise_are_a_change():
    answer = developed([30, 18, 31, 17, 30, 18, 20, 21, 22, 23, 24, 25, 26])
    assert answer.klass == "försämras"
    assert "sju stigande" in answer.reason


def test_the_frame_is_the_mean_and_limits_of_the_months():
    # mean 20.5; the moving ranges are all 1, so the limits are 20.5 ± 2.66
    answer = developed([20, 21] * 6)
    assert "Medelvärdet för 12 månader är 20,5, styrgränserna 17,8–23,2." in answer.reason
    assert answer.klass == "kan ej bedömas"


def test_limits_are_preliminary_until_there_are_twenty_months():
    assert "preliminära" in developed((STEADY * 2)[:19]).method
    assert "preliminära" not in developed((STEADY * 2)[:20]).method


def test_what_cannot_be_judged_says_why():
    assert "Färre än 12" in developed(STEADY).reason
    assert "samma värde" in developed([20] * 12).reason
    questioned = remark("12", 2024, period="2024-12")
    assert "Färre än 12" in developed([*STEADY, 40], [questioned]).reason


def test_a_questioned_latest_month_is_not_passed_over_for_the_one_before():
    answer = developed([*STEADY, 21, 60], [remark("12", 2025, period="2025-01")])
    assert answer.klass == "kan ej bedömas"
    assert "ifrågasatt" in answer.reason
