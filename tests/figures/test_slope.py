"""The slopes: two ends for each region, names kept apart, colours of the trend."""

from __future__ import annotations

from itertools import pairwise

import pytest
from tests.across import CODES, NAMES, ladder, paths, seen, texts, words, year

from varddialog.figures.slope import slope
from varddialog.figures.style import LEVEL, REGIONS

BLUE, ORANGE = "#0b5394", "#b84a00"


def rows(last: int = 2025, first: int = 2018):
    """Stockholm rises surely, Uppsala falls surely, the others stand still."""
    return [
        row
        for when in range(first, last + 1)
        for row in year(when, {**ladder(), "01": 40 + 3.0 * (when - first), "03": 70 - 3.0 * (when - first)}, 1.0)
    ]


def test_both_ends_are_named_with_their_values_and_no_names_meet():
    svg = slope(seen(rows()), "").svg
    told = texts(svg)
    assert {"2018", "2025", "Stockholm 40,0", "61,0 Stockholm", "Uppsala 70,0", "49,0 Uppsala"} <= set(told)
    for side in (-1, 1):
        ys = sorted(y for x, y, t in words(svg) if any(n in t for n in NAMES.values()) and (x > 200) == (side > 0))
        assert len(ys) == 22
        assert min(b - a for a, b in pairwise(ys)) >= 9


def test_lines_have_the_colour_of_the_trend():
    svg = slope(seen(rows()), "").svg
    for colour in (BLUE, ORANGE):
        (lines,) = paths(svg, stroke=colour, stroke_width="1.3")
        assert len(lines) == 1
        (start, end), higher = lines[0], colour == BLUE
        assert (start[1] > end[1]) == higher  # the page counts from the top
    (rest,) = paths(svg, stroke=LEVEL, stroke_width="1.3")
    assert len(rest) == len(CODES) - 2
    assert "oförändrat" in texts(svg)


def test_what_is_not_judged_is_grey_and_has_no_mark():
    svg = slope(seen(rows(), period={"kind": "rullande", "years": 4}), "").svg
    (lines,) = paths(svg, stroke=REGIONS, stroke_width="1.3")
    assert len(lines) == len(CODES)
    assert not {"förbättras", "försämras", "kan ej bedömas"} & set(texts(svg))


def test_where_lower_is_better_the_colours_change_places():
    svg = slope(seen(rows(), direction="lower_better"), "").svg
    ((line,),) = paths(svg, stroke=BLUE, stroke_width="1.3")
    assert line[0][1] < line[1][1]


def test_what_came_before_a_break_is_not_joined():
    svg = slope(seen(rows(first=2014), breaks=[{"year": 2018, "reason": "Nytt."}]), "").svg
    assert "2018" in texts(svg)
    assert "2014" not in texts(svg)


def test_a_region_that_begins_later_begins_within():
    told = [row for row in rows() if not (row.region == "25" and row.year < 2020)]
    svg = slope(seen(told), "").svg
    assert "80,0 Norrbotten" in texts(svg)
    assert "Norrbotten 80,0" not in texts(svg)
    at = {t: x for x, _, t in words(svg)}
    xs = {round(p[0], 1) for e in paths(svg, stroke_width="1.3") for line in e for p in line}
    begins = sorted(xs - {at["2018"], at["2025"]})
    assert begins == pytest.approx([at["2018"] + 2 / 7 * (at["2025"] - at["2018"])], abs=0.2)
