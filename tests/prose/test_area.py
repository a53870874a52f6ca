"""The paragraph on an area: what it says in telling cases, word by word."""

from __future__ import annotations

import pytest
from tests.making import RIKET, SKANE, country, indicator, observation, remark, results

from varddialog.assessment.assess import Assessment, assess
from varddialog.assessment.groups import comparisons
from varddialog.prose.area import of_groups, paragraph

NBSP = "\u00a0"
NOISE = (0.3, -0.2, 0.1, -0.3, 0.2, -0.1, 0.3, -0.2, 0.1, 0.0)
TARGET = {"kind": "minst", "level": 60.0, "issuer": "Utfärdaren", "match": "samma"}


def ten(start, end=None, wobble=1.0):
    """Ten years on a line with a little noise, so that the series itself tells how uncertain it is."""
    end = start if end is None else end
    return [round(start + (end - start) * n / 9 + wobble * e, 1) for n, e in enumerate(NOISE)]


def judged(name, values, nation=50.0, unit=SKANE, remarks=(), sexes="T", changes=None, **fields) -> list[Assessment]:
    """One indicator assessed: `values` end in 2025. changes: of each of the unit's rows."""
    shown = indicator(id=name, slug=name.lower(), name=name, **fields)
    rows = [
        o._replace(sex=sex, **(changes or {}))
        for sex in sexes
        for n, value in enumerate(values)
        for o in country(2026 - len(values) + n, nation, value)
    ]
    return [assess(r, []) for r in results(shown, unit, rows, remarks)]


def said(*groups, unit=SKANE, without=0) -> str:
    """Non-breaking spaces as plain ones, so that the cases can be read."""
    return paragraph(unit, [a for group in groups for a in group], without).replace(NBSP, " ")


def test_improving_but_worse():
    assert said(judged("A", ten(20, 40))) == (
        "Områdets enda mått med uppgifter, ”A” (40,0 % 2025, riket 50,0 %, osäkerheten skattad ur tidsserien), "
        "är sämre än riket. ”A” förbättras från 20,3 (2016) till 40,0 % (2025) och närmar sig riket."
    )


def test_worsening_and_better_with_the_lead_shrinking():
    assert said(judged("A", ten(80, 55))).endswith(
        "är bättre än riket. ”A” försämras från 80,3 (2016) till 55,0 % (2025) och tappar försprång mot riket."
    )


def test_target_reached_but_uncertain():
    noisy = judged("A", ten(60.2, wobble=15), nation=58.0, targets=[TARGET])
    assert said(noisy) == (
        "Områdets enda mått med uppgifter kan inte bedömas mot riket: skillnaden är för osäker. "
        "Områdets enda prövade målnivå är varken säkert uppnådd eller säkert missad."
    )


def test_targets_certainly_reached_and_missed_with_the_most_important_named():
    levels = [judged("A", ten(52), targets=[TARGET]), judged("B", ten(70), targets=[TARGET])]
    assert said(*levels, judged("C", ten(30), targets=[TARGET])).split(". ")[-1] == (
        "Av 3 prövade målnivåer är 1 säkert uppnådd och 2 säkert inte uppnådda; mest återstår för ”C” "
        "(30,0 % 2025, målnivån minst 60 %, 30,0 procentenheter kvar, osäkerheten skattad ur tidsserien)."
    )


def test_one_percentage_point_is_singular():
    assert "målnivån minst 60 %, 1,0 procentenhet kvar" in said(judged("A", ten(59, wobble=0.5), targets=[TARGET]))


def test_both_sides_and_level():
    three = [judged("A", ten(70)), judged("B", ten(30)), judged("C", ten(50))]
    assert said(*three) == (
        "Av områdets 3 mått med uppgifter kan alla bedömas mot riket: 1 är bättre, 1 är sämre och 1 är i nivå. "
        "Längst åt det bättre hållet ligger ”A” (70,0 % 2025, riket 50,0 %, osäkerheten skattad ur tidsserien), "
        "åt det sämre ”B” (30,0 % 2025, riket 50,0 %, osäkerheten skattad ur tidsserien)."
    )


def test_one_side_names_the_two_farthest_and_no_more():
    told = said(judged("A", ten(60)), judged("B", ten(80)), judged("C", ten(70)), judged("D", [50.0]))
    assert told == (
        "Av områdets 4 mått med uppgifter kan 3 bedömas mot riket, och alla är bättre. "
        "Längst åt det bättre hållet ligger ”B” (80,0 % 2025, riket 50,0 %, osäkerheten skattad ur tidsserien) "
        "och ”C” (70,0 % 2025, riket 50,0 %, osäkerheten skattad ur tidsserien). "
        "För 1 mått är osäkerheten okänd; det bedöms inte mot riket."
    )


def test_measured_differences_are_called_certain():
    counted = judged("A", ten(70), changes={"low": 69.0, "high": 71.0})
    assert said(counted).startswith(
        "Områdets enda mått med uppgifter, ”A” (70,0 % 2025, riket 50,0 %, tydligt säkerställd skillnad), är bättre"
    )


def test_too_small_and_too_few_years():
    small = judged("A", ten(70), changes={"numerator": 10.0, "denominator": 20.0})
    assert said(small) == "Områdets enda mått med uppgifter kan inte bedömas mot riket: underlaget är litet."
    assert said(judged("A", [90.0]), judged("B", [52.0])) == (
        "Inget av områdets 2 mått med uppgifter kan bedömas mot riket: för båda är osäkerheten okänd."
    )


def test_a_series_that_has_ended_and_a_questioned_value_are_counted_and_not_judged():
    shown = judged("A", ten(60))
    ended, questioned = judged("B", ten(70), discontinued=2025), judged("C", ten(90), remarks=[remark("12", 2025)])
    assert said(shown, ended, questioned) == (
        "Av områdets 3 mått med uppgifter kan 1 bedömas mot riket: ”A” (60,0 % 2025, riket 50,0 %, osäkerheten "
        "skattad ur tidsserien) är bättre än riket. För 1 mått är värdet eller rikets värde ifrågasatt och för 1 är "
        "värdet gammalt eller serien avslutad; de bedöms inte mot riket."
    )


def test_a_neutral_indicator_is_higher_and_never_better():
    told = said(judged("A", ten(70), direction="none"))
    assert told.endswith("är högre än riket; varken högt eller lågt är i sig bättre.")
    assert "förbättras" not in said(judged("A", ten(20, 40), direction="none"))


def test_women_and_men_apart_are_two_values_of_one_indicator():
    both = judged("A", ten(70), sexes="KM")
    assert said(both, judged("B", [50.0])).startswith(
        "Områdets 2 mått med uppgifter ger 3 värden, eftersom 1 mått bara redovisas för kvinnor och män var för sig. "
        "Av värdena kan 2 bedömas mot riket, och båda är bättre. Längst åt det bättre hållet ligger ”A, kvinnor” ("
    )
    assert said(both).startswith(
        "Områdets enda mått med uppgifter redovisas bara för kvinnor och män var för sig. Värdena är båda bättre än "
    )


def test_an_indicator_about_women_only_is_one_value_under_its_own_name():
    assert said(judged("A", ten(70), sexes="K", population="kvinnor")).startswith(
        "Områdets enda mått med uppgifter, ”A” (70,0 % 2025"
    )


def test_riket_is_compared_with_targets_and_shown_with_the_spread_of_the_regions():
    nation = judged("A", [None] * 10, nation=52.0, unit=RIKET, targets=[TARGET])
    assert said(nation, unit=RIKET) == (
        "Området har 1 mått med uppgifter för riket. Områdets enda prövade målnivå är varken säkert uppnådd eller "
        "säkert missad. Mest skiljer sig regionerna i ”A”, från 40,0 till 60,0 % (2025). "
        "För 1 mått är osäkerheten okänd."
    )


def test_sums_in_current_prices_have_no_trend_to_tell():
    told = said(judged("A", ten(20, 40), measure="kronor_per_invanare", prices="löpande"))
    assert "förbättras" not in told
    fixed = said(judged("A", ten(20, 40), measure="kronor_per_invanare", prices="fasta"))
    assert "förbättras från 20,3 (2016) till 40,0 kr per inv. (2025)" in fixed


@pytest.mark.parametrize(
    ("without", "unit", "wanted"),
    [
        (4, SKANE, "Inget av områdets 4 mått har ännu uppgifter för Skåne."),
        (1, SKANE, "Områdets enda mått har ännu inga uppgifter för Skåne."),
        (0, RIKET, "Området har ännu inga uppgifter för riket."),
    ],
)
def test_an_area_without_figures_says_so_in_one_sentence(without, unit, wanted):
    assert said(unit=unit, without=without) == wanted


def test_groups_are_counted_by_how_certain_their_difference_is():
    def split(name, low_ends):
        rows = [
            observation("12", 2025, value, sex=sex, low=end and value - end, high=end and value + end)
            for sex, value, end in zip("KM", (10.0, 5.0), low_ends, strict=True)
        ]
        shown = indicator(id=name, slug=name.lower(), name=name)
        return comparisons([shown], "kön", SKANE, RIKET, {name: [r._replace(indicator=name) for r in rows]})

    found = [*split("A", (None, None)), *split("B", (1, 1)), *split("C", (4, 4))]
    assert of_groups(found, SKANE).replace(NBSP, " ") == (
        "Av 3 aktuella jämförelser visar 1 en säkerställd skillnad, 1 en skillnad som inte är säkerställd och 1 en "
        "skillnad vars osäkerhet är okänd. Störst är den i ”B”: kvinnor 10,0 %, män 5,0 % (2025, säkerställd skillnad)."
    )
    assert of_groups(split("B", (1, 1)), SKANE) == "Områdets enda aktuella jämförelse visar en säkerställd skillnad."
    assert of_groups([], SKANE) == ""
