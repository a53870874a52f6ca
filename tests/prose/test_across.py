"""Titles tell what the assessment carries and no more; text alternatives tell what is drawn."""

from __future__ import annotations

import pytest
from tests.across import CODES, NAMES, UNITS, ladder, seen, year
from tests.making import remark

from varddialog.assessment.across import Counts
from varddialog.assessment.funnel import funnel
from varddialog.prose import across as say

NOISE = [0.3, -0.2, 0.1, -0.3, 0.2, 0.0, -0.1, 0.3, -0.2, 0.1]
FIXED = {"00": 60.0, **dict.fromkeys(CODES, 60.0)}


def noisy(**odd: float):
    """Ten years of small noise round 60, some regions elsewhere: the uncertainty is that of the series."""
    values = {**FIXED, **{k[1:]: v for k, v in odd.items()}}
    return [r for i, e in enumerate(NOISE) for r in year(2016 + i, {c: v + e * (c != "00") for c, v in values.items()})]


def test_a_ranking_is_titled_with_its_ends_and_with_those_that_surely_differ():
    title = say.ranking_title(seen(year(2025, {**FIXED, "09": 50.0, "08": 70.0, "12": 69.0}, 1.0)))
    assert title == (
        "Från 50,0\u00a0% (Gotland) till 70,0\u00a0% (Kalmar) 2025; "
        "2\u00a0regioner är säkerställt bättre och 1 säkerställt sämre än riket."
    )


def test_uncertainty_from_the_series_is_said_and_nothing_is_called_proven():
    title = say.ranking_title(seen(noisy(_09=50.0)))
    assert title.endswith("1\u00a0region är sämre än riket (osäkerheten skattad ur tidsserien).")
    assert "säkerställt" not in title


def test_where_neither_way_is_better_regions_lie_higher_or_lower():
    title = say.ranking_title(seen(year(2025, {**FIXED, "09": 50.0, "08": 70.0}, 1.0), direction="none"))
    assert title.endswith("1\u00a0region ligger säkerställt högre och 1 säkerställt lägre än riket.")


@pytest.mark.parametrize(
    ("changes", "rows", "ending"),
    [
        ({}, year(2025, ladder()), "osäkerheten är okänd, så skillnaderna mot riket bedöms inte."),
        ({"discontinued": 2025}, year(2025, ladder(), 1.0), "värdena gäller inte dagens läge och bedöms inte."),
        ({}, year(2025, {k: v for k, v in ladder().items() if k != "00"}, 1.0), "så regionerna bedöms inte."),
        ({}, year(2025, FIXED, 30.0), "ingen region skiljer sig säkert från riket."),
    ],
)
def test_what_is_not_judged_is_said_with_its_reason(changes, rows, ending):
    assert say.ranking_title(seen(rows, **changes)).endswith(ending)


def test_regions_that_share_an_end_are_named_or_counted():
    two = say.span_of_regions(seen(year(2025, {**FIXED, "09": 50.0, "08": 50.0, "12": 70.0})))
    assert two == "Från 50,0\u00a0% (Kalmar och Gotland) till 70,0\u00a0% (Skåne) 2025"
    many = say.span_of_regions(seen(year(2025, {**FIXED, "12": 70.0})))
    assert many == "Från 60,0\u00a0% (20\u00a0regioner) till 70,0\u00a0% (Skåne) 2025"
    assert say.span_of_regions(seen(year(2025, FIXED))) == "Samma värde i alla 21 regioner 2025, 60,0\u00a0%"


def test_the_alternative_of_a_ranking_tells_every_value_in_order_and_what_is_left_out():
    x = seen(year(2025, ladder(), 3.0), [remark("25", 2025)])
    said = say.ranking_picture(x)
    places = [said.index(f"{NAMES[code]} {40 + 2 * i},0") for i, code in enumerate(CODES[:-1])]
    assert places == sorted(places, reverse=True)
    assert "Riket 60,0." in said
    assert "Norrbotten (80,0\u00a0%, ifrågasatt)" in said


def test_a_funnel_names_those_outside_or_says_that_there_are_none():
    rows = [r for i, (c, v) in enumerate(FIXED.items()) for r in year(2025, {c: v}, 6 / (1 + i / 5))]
    assert say.funnel_title(seen(rows)) == "Regionernas skillnader är inte större än slumpen kan förklara."
    odd = [r for i, (c, v) in enumerate({**FIXED, "14": 80.0}.items()) for r in year(2025, {c: v}, 6 / (1 + i / 5))]
    x = seen(odd)
    assert say.funnel_title(x).startswith("Västra Götaland ligger utanför vad slumpen")
    assert "skattad" not in say.funnel_title(x)
    assert funnel(x) is not None
    assert "(60,0)" in say.funnel_picture(x)


def test_slopes_count_what_has_surely_changed():
    rows = [
        r
        for when in range(2016, 2026)
        for r in year(when, {**FIXED, "01": 40 + 2.0 * (when - 2016), "03": 70 - 2.0 * (when - 2016)}, 1.0)
    ]
    between = "Mellan 2016 och 2025"
    assert say.slope_title(seen(rows, relevance=5.0)) == (
        f"{between} förbättras värdet i 1\u00a0region, försämras i 1 och är oförändrat i 19."
    )
    assert say.slope_title(seen(rows)) == (
        f"{between} förbättras värdet i 1\u00a0region och försämras i 1; för 19 har ingen säker förändring visats."
    )
    assert "Stockholm från 40,0 (2016) till 58,0 (2025)" in say.slope_picture(seen(rows))
    rolling = seen(rows, period={"kind": "rullande", "years": 4})
    assert say.slope_title(rolling).startswith("Förändringen mellan 2016 och 2025 bedöms inte. Värdena är rullande")
    assert "Grå" not in say.slope_legend(rolling)
    still = [r for when in range(2016, 2026) for r in year(when, FIXED, 1.0)]
    assert say.slope_title(seen(still, relevance=5.0)) == f"{between} är värdet oförändrat i 21\u00a0regioner."
    unsure = seen(noisy(_09=50.0))
    assert say.slope_title(unsure) == f"{between} har ingen region en säker förändring av betydelse."


def test_a_map_is_titled_with_names_where_they_are_few():
    title = say.map_title(seen(year(2025, {**FIXED, "09": 50.0, **dict.fromkeys(CODES[9:16], 70.0)}, 1.0)))
    assert title == "Bättre än riket: 7\u00a0regioner. Sämre än riket: Gotland."
    assert say.map_title(seen(year(2025, FIXED, 30.0))) == "Ingen region skiljer sig säkert från riket."
    assert say.map_title(seen(noisy(_09=50.0))).endswith("Osäkerheten skattad ur tidsserien.")


def test_the_alternative_of_a_map_tells_each_region_once_under_its_class():
    said = say.map_picture(seen(year(2025, {**FIXED, "09": 50.0, "08": 70.0}, 1.0)))
    assert "Bättre än riket: Kalmar 70,0." in said
    assert "Sämre än riket: Gotland 50,0." in said
    assert all(said.count(f"{NAMES[code]} ") == 1 for code in CODES)


def test_the_alternative_of_a_map_tells_who_is_left_out():
    x = seen(year(2025, {c: v for c, v in FIXED.items() if c != "09"}, 1.0))
    assert say.map_picture(x).endswith("Utan jämförbart värde 2025: Gotland (uppgift saknas).")


def test_the_matrix_is_titled_with_its_largest_cells(catalogue):
    dimensions = catalogue.framework.dimensions
    found = {code: {d.number: Counts(1, 2, 1, 3, 2) for d in dimensions} for code in CODES}
    found["09"][2] = Counts(7, 0, 0, 0, 7)
    found["12"][1] = found["13"][1] = Counts(0, 0, 5, 0, 5)
    assert say.matrix_title(found, dimensions, UNITS) == (
        f"Flest mått bättre än riket: Gotland i ”{dimensions[1].name}”, 7. "
        f"Flest mått sämre än riket: Skåne och Halland i ”{dimensions[0].name}”, 5."
    )
    # 84 cells, three of them changed: 81 × 4 judged and 17; estimated 81 × 2 and 17
    assert "I 179 av 341 bedömda fall är osäkerheten skattad ur tidsserien." in say.matrix_legend(found)
    nothing = {code: {d.number: Counts(0, 0, 0, 3) for d in dimensions} for code in CODES}
    assert say.matrix_title(nothing, dimensions, UNITS).startswith("Inget mått skiljer sig säkert")
