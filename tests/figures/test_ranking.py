"""The ranking: order, places on the scale, intervals, marks and what is left out."""

from __future__ import annotations

import pytest
from tests.across import CODES, NAMES, ladder, links, paths, seen, texts, words, year
from tests.making import remark

from varddialog.figures.ranking import ranking

BLUE, ORANGE, GREY = "#0b5394", "#b84a00", "#6b7078"


def order(svg: str) -> list[str]:
    """The regions from the top down."""
    return [text for _, _, text in sorted(words(svg), key=lambda w: w[1]) if text in NAMES.values()]


@pytest.mark.parametrize(("direction", "first"), [("higher_better", "Norrbotten"), ("lower_better", "Stockholm")])
def test_the_best_is_at_the_top(direction, first):
    x = seen(year(2025, ladder(), 3.0), direction=direction)
    svg = ranking(x, "").svg
    names = [NAMES[code] for code in CODES]
    assert order(svg) == (names if first == "Stockholm" else names[::-1])
    assert "bäst överst" in texts(svg)


def test_where_neither_way_is_better_the_highest_is_at_the_top_and_nothing_is_coloured():
    svg = ranking(seen(year(2025, ladder(), 3.0), direction="none"), "").svg
    assert order(svg)[0] == "Norrbotten"
    assert "högst överst" in texts(svg)
    assert BLUE not in svg
    assert ORANGE not in svg


def test_dots_lie_on_the_scale_and_have_the_colour_of_their_class():
    svg = ranking(seen(year(2025, ladder(), 3.0)), "").svg
    ticks = {float(text): x for x, _, text in words(svg) if text in ("40", "60", "80")}
    a_unit = (ticks[80.0] - ticks[40.0]) / 40
    dots = {c: [at[0] for rings in paths(svg, stroke=c, stroke_width="6.5") for at in rings] for c in (BLUE, ORANGE)}
    # an interval of ±3 reaches Riket's 60 from 57 to 63; δ of a share is smaller than 3
    better = [v for v in (40 + 2 * i for i in range(21)) if v > 63]
    worse = [v for v in (40 + 2 * i for i in range(21)) if v < 57]
    for colour, values in ((BLUE, better), (ORANGE, worse)):
        found = sorted((at[0] - ticks[60.0]) / a_unit + 60 for at in dots[colour])
        # two values just outside the interval differ too little to be more than level
        assert found == pytest.approx(values[-len(found) :] if colour == BLUE else values[: len(found)], abs=0.2)
        assert len(found) >= 6


def test_intervals_are_as_long_as_they_are_wide():
    svg = ranking(seen(year(2025, ladder(), 3.0)), "").svg
    ticks = {text: x for x, _, text in words(svg) if text in ("40", "80")}
    lines = [ring for rings in paths(svg, stroke_width="1.4") for ring in rings]
    assert len(lines) == 21
    six_units = 6 * (ticks["80"] - ticks["40"]) / 40
    assert [b[0] - a[0] for a, b in lines] == pytest.approx([six_units] * 21, abs=0.2)


def test_without_known_uncertainty_there_is_no_interval_and_no_colour():
    svg = ranking(seen(year(2025, ladder())), "").svg
    assert not paths(svg, stroke_width="1.4")
    assert not {BLUE, ORANGE, GREY} & set(svg.split('"') + svg.split(" "))
    assert "osäkerheten är okänd" in texts(svg)


def test_riket_and_the_target_are_lines_with_words_that_do_not_meet():
    target = {"kind": "minst", "level": 61.0, "issuer": "Socialstyrelsen", "match": "samma"}
    svg = ranking(seen(year(2025, ladder(), 3.0), targets=[target]), "").svg
    at = {text: x for x, _, text in words(svg)}
    assert at["mål 61"] - at["Riket 60,0"] > 25
    far = ranking(seen(year(2025, ladder(), 3.0), targets=[{**target, "level": 76.0}]), "").svg
    ticks = {text: x for x, _, text in words(far)}
    assert ticks["mål 76"] == pytest.approx(ticks["60"] + 0.8 * (ticks["80"] - ticks["60"]), abs=0.3)


def test_regions_without_a_value_to_compare_stand_below_in_words():
    values = ladder()
    older = year(2024, {code: v for code, v in values.items() if code != "24"}, 3.0)
    rows = older + year(2025, {code: v for code, v in values.items() if code not in ("24", "25")}, 3.0)
    x = seen(rows, [remark("23", 2025)])
    svg = ranking(x, "").svg
    assert not {"Norrbotten", "Västerbotten", "Jämtland Härjedalen"} & set(order(svg))
    foot = " ".join(text for _, _, text in sorted(words(svg), key=lambda w: w[1])[-3:])
    assert "Jämtland Härjedalen (76,0\u00a0%, ifrågasatt)" in foot
    assert "Norrbotten (senast 2024)" in foot
    assert "Västerbotten (uppgift saknas)" in foot


def test_the_region_of_the_page_is_bold_and_names_lead_on():
    svg = ranking(seen(year(2025, ladder(), 3.0)), "", "12", {"09": "09.html"}).svg
    assert 'font-weight="bold">Skåne' in svg
    assert 'font-weight="bold">Gotland' not in svg
    assert links(svg) == {"09.html": "Gotland"}


def test_the_same_figure_every_time():
    x = seen(year(2025, ladder(), 3.0))
    assert ranking(x, "a") == ranking(x, "a")
