"""How far apart the members lie over time, one panel an indicator."""

from __future__ import annotations

from tests.across import ladder, paths, texts, year
from tests.assessment.test_collaboration import NORTH, decade, found

from varddialog.figures.collaboration import apart_over_time
from varddialog.swedish import NBSP


def test_both_ends_are_told_with_their_years():
    told = {t.replace(NBSP, " ") for t in texts(apart_over_time([found(rows=decade(r25=90.0))], "", "norra").svg)}
    # pairs of 74, 76, 78 and 90 in the last year: 2, 4, 16, 2, 14, 12
    assert {"Provmått", "3,3 (2016)", "8,3 (2025)"} <= told


def test_members_that_come_apart_have_a_line_that_rises():
    svg = apart_over_time([found(rows=decade(r25=90.0))], "", "norra").svg
    ((line,),) = paths(svg, stroke_width="1.7")
    assert len(line) == 10
    assert line[-1][1] < line[0][1]  # the page counts from the top


def test_an_indicator_with_one_time_has_no_panel():
    svg = apart_over_time([found(), found(rows=year(2025, ladder()))], "Om", NORTH.slug).svg
    assert texts(svg).count("Provmått") == 1
