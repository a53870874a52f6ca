"""The regions at a glance: values, grounds, marks and arrows say what the assessment says."""

from __future__ import annotations

import re

from tests.across import CODES, UNITS, ladder, year
from tests.assessment.test_then_and_now import decade, told
from tests.making import remark

from varddialog.tables.over_time import matrix, position, values


def rows():
    """Five years with intervals, so that the regions are judged; Stockholm has risen, Uppsala fallen."""
    moving = {"01": 2.0, "03": -2.0}
    return [
        row
        for when in range(2016, 2026)
        for row in year(when, {c: v + moving.get(c, 0.0) * (when - 2025) for c, v in ladder().items()}, 1.0)
    ]


def cell(html: str, name: str) -> str:
    found = re.search(rf'<th scope="row">{name}</th><td([^>]*)>(.*?)</td>', html)
    assert found
    return found[1] + found[2]


def test_a_cell_has_its_class_as_ground_mark_and_word():
    html = matrix([told(rows(), relevance=1.0)], UNITS)
    worse, better = cell(html, "Stockholm"), cell(html, "Norrbotten")
    for text, told_as in (
        (worse, ('class="samre"', "▼", "sämre än riket")),
        (better, ('class="battre"', "▲", "bättre")),
    ):
        assert all(part in text for part in told_as)


def test_arrows_tell_the_way_and_stillness_has_none():
    html = matrix([told(rows(), relevance=1.0)], UNITS)
    assert "↗" in cell(html, "Stockholm")
    assert "bättre än 2020" in cell(html, "Stockholm")
    assert "↘" in cell(html, "Uppsala")
    assert not {"↗", "↘"} & set(cell(html, "Skåne"))


def test_the_bar_goes_from_the_worst_region_to_the_best():
    t = told(rows())
    assert [position(t, code) for code in (CODES[0], CODES[10], CODES[-1])] == [0, 50, 100]
    assert position(told(rows(), direction="lower_better"), CODES[0]) == 100
    assert position(told(rows(), direction="none"), CODES[0]) is None


def test_a_questioned_value_has_no_bar_and_is_called_so():
    t = told(rows(), [remark("12", 2025)])
    assert position(t, "12") is None
    assert "ifrågasatt" in cell(matrix([t], UNITS), "Skåne")


def test_a_region_without_a_value_has_a_dash():
    t = told([row for row in decade() if row.region != "25"])
    assert cell(matrix([t], UNITS), "Norrbotten") == "–"


def test_the_table_has_every_year_of_every_region_and_riket():
    html = values(told(decade()))
    assert html.count("<tr>") == 1 + len(CODES) + 1
    assert [f'<th scope="col">{when}</th>' in html for when in range(2016, 2026)] == [True] * 10
