"""The small panels: a line for each region on one scale, better upwards, cut at breaks."""

from __future__ import annotations

import pytest
from tests.across import CODES, NAMES, ladder, paths, texts, words, year
from tests.assessment.test_then_and_now import told
from tests.making import remark

from varddialog.figures.over_time import COLUMNS, panels
from varddialog.figures.style import ACCENT, BETTER, WORSE


def rows(half: float = 1.0, first: int = 2016):
    """Stockholm rises, Uppsala falls, the others stand still; every value with its interval."""
    moving = {"01": 2.0, "03": -2.0}
    return [
        row
        for when in range(first, 2026)
        for row in year(when, {c: v + moving.get(c, 0.0) * (when - 2025) for c, v in ladder().items()}, half)
    ]


def lines(svg: str) -> list[list[tuple[float, float]]]:
    """Every region's line, whatever its colour."""
    return [line for e in paths(svg, stroke_width="1.6") for line in e if len(line) > 1]


def heights(svg: str) -> list[float]:
    """How far up and down each line goes, the least first."""
    return sorted(max(y for _, y in line) - min(y for _, y in line) for line in lines(svg))


def test_each_region_is_named_with_its_value_from_best_to_worst():
    svg = panels(told(rows()), "").svg
    names = [t for _, _, t in sorted((round(y), x, t) for x, y, t in words(svg) if t in NAMES.values())]
    assert len(names) == len(CODES)
    assert (names[0], names[-1]) == ("Norrbotten", "Stockholm")
    assert {"80,0", "40,0"} <= set(texts(svg))


def test_colours_are_those_of_the_classes_against_riket():
    svg = panels(told(rows(), relevance=1.0), "").svg
    # the ladder goes from 40 to 80, Riket is 60: ten on each side, one level with it
    assert [sum(len(e) for e in paths(svg, stroke=c, stroke_width="1.6")) for c in (BETTER, WORSE)] == [10, 10]
    assert {"bättre än riket", "sämre än riket"} <= set(texts(svg))


def test_what_is_not_judged_has_the_ink_of_the_page():
    svg = panels(told(year(2024, ladder()) + year(2025, ladder())), "").svg
    assert sum(len(e) for e in paths(svg, stroke=ACCENT, stroke_width="1.6")) == len(CODES)


@pytest.mark.parametrize(("direction", "up"), [("higher_better", True), ("lower_better", False)])
def test_better_is_upwards(direction: str, up: bool):
    svg = panels(told(rows(), direction=direction), "").svg
    at = next((x, y) for x, y, t in words(svg) if t == "Stockholm")
    (line,) = [one for one in lines(svg) if abs(one[0][0] - at[0]) < 5 and 0 < one[0][1] - at[1] < 45]
    assert (line[-1][1] < line[0][1]) == up  # the page counts from the top


def test_a_break_cuts_the_lines():
    whole, cut = (
        panels(told(rows(), **changes), "").svg for changes in ({}, {"breaks": [{"year": 2021, "reason": "N."}]})
    )
    assert len(lines(cut)) == 2 * len(lines(whole))


def test_a_questioned_value_does_not_stretch_the_scale():
    far = [row._replace(value=900.0) if (row.region, row.year) == ("01", 2024) else row for row in rows()]
    plain, odd = (panels(told(r, m), "").svg for r, m in ((rows(), []), (far, [remark("01", 2024)])))
    assert heights(odd)[-1] == pytest.approx(heights(plain)[-1], abs=0.2)
    # unquestioned, it presses the others flat
    assert heights(panels(told(far), "").svg)[-2] < heights(plain)[-2] / 5


def test_a_region_with_an_older_value_comes_last_with_its_year():
    late = [row for row in rows() if not (row.region == "25" and row.year == 2025)]
    svg = panels(told(late), "").svg
    at = {t: (y, x) for x, y, t in words(svg) if t in NAMES.values()}
    assert max(at, key=at.__getitem__) == "Norrbotten"
    assert "2024" in texts(svg)


def test_panels_stand_in_rows_of_seven():
    svg = panels(told(rows()), "").svg
    ys = sorted({round(y) for x, y, t in words(svg) if t in NAMES.values()})
    assert len(ys) == len(CODES) / COLUMNS
