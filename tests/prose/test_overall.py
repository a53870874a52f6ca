"""The lists that open a report: who stands where, in what order, and with what evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.making import RIKET, SKANE, remark
from tests.prose.test_area import NBSP, TARGET, judged, ten

from varddialog.assessment.answer import Answer
from varddialog.assessment.chance import flags, worth_opening_with
from varddialog.prose import overall
from varddialog.prose.answers import chance


def opened(*groups, unit=SKANE, holes=()) -> dict[str, list[tuple[str, str]]]:
    """Heading → name and words of each line, with plain spaces."""
    found = [a for group in groups for a in group]
    made = overall.lists(found, worth_opening_with(found), unit, holes)
    return {title: [(name, line.replace(NBSP, " ")) for name, _, line in rows] for title, rows in made}


def test_better_and_worse_name_value_riket_difference_and_certainty():
    assert opened(judged("A", ten(70)), judged("B", ten(49), relevance=0.5)) == {
        "Bättre än riket": [
            ("A", "70,0 % 2025, riket 50,0 % (20,0 procentenheter högre), osäkerheten skattad ur tidsserien")
        ],
        "Sämre än riket": [
            ("B", "49,0 % 2025, riket 50,0 % (1,0 procentenhet lägre), osäkerheten skattad ur tidsserien")
        ],
    }
    counted = judged("A", ten(70), changes={"low": 69.0, "high": 71.0})
    assert opened(counted)["Bättre än riket"][0][1].endswith(
        "(20,0 procentenheter högre), tydligt säkerställd skillnad"
    )


def test_a_rate_writes_its_unit_once():
    shown = judged("A", ten(70), measure="per_100000", decimals=0)
    assert opened(shown)["Bättre än riket"][0][1].startswith("70 per 100 000 inv. 2025, riket 50 (20 högre), ")


def test_what_improves_but_is_worse_stands_once_with_its_trend():
    assert opened(judged("A", ten(20, 40))) == {
        "Sämre än riket": [
            (
                "A",
                "40,0 % 2025, riket 50,0 % (10,0 procentenheter lägre), osäkerheten skattad ur tidsserien; "
                "måttet förbättras från 20,3 (2016) till 40,0 % (2025)",
            )
        ]
    }


def test_worsening_comes_before_improving_and_the_largest_first():
    known = [judged(n, ten(*ends), nation=None) for n, ends in {"A": (40, 50), "B": (50, 40), "C": (50, 30)}.items()]
    assert opened(*known) == {
        "Utveckling att följa": [
            ("C", "försämras från 50,3 (2016) till 30,0 % (2025), osäkerheten skattad ur tidsserien"),
            ("B", "försämras från 50,3 (2016) till 40,0 % (2025), osäkerheten skattad ur tidsserien"),
            ("A", "förbättras från 40,3 (2016) till 50,0 % (2025), osäkerheten skattad ur tidsserien"),
        ]
    }


def test_what_gains_on_riket_comes_before_what_gets_better_everywhere():
    alone = judged("A", ten(30, 60), nation=None)
    gaining = judged("B", ten(38, 50), nation=50.5)
    said = opened(alone, gaining)["Utveckling att följa"]
    assert [name for name, _ in said] == ["B", "A"]
    assert said[0][1] == (
        "förbättras från 38,3 (2016) till 50,0 % (2025, riket 50,5 %) och närmar sig riket, "
        "osäkerheten skattad ur tidsserien"
    )


def test_neutral_indicators_have_no_better_worse_or_trend_to_watch():
    assert opened(judged("A", ten(70), direction="none"), judged("B", ten(20, 80), direction="none")) == {}


def test_far_from_riket_without_known_uncertainty_is_for_further_study():
    assert opened(judged("A", [90.0]), judged("B", [52.0])) == {
        "Att undersöka vidare": [
            (
                "A",
                "90,0 % 2025, riket 50,0 % (40,0 procentenheter högre); långt från riket för regionernas spridning, "
                "men osäkerheten är okänd",
            )
        ]
    }


def test_questioned_values_are_for_further_study_and_say_whose():
    mine, nations = (
        judged("A", ten(70), remarks=[remark("12", 2025)]),
        judged("B", ten(70), remarks=[remark("00", 2025)]),
    )
    assert opened(mine, nations) == {
        "Att undersöka vidare": [
            ("A", "70,0 % 2025; värdet är ifrågasatt och jämförs inte"),
            ("B", "70,0 % 2025; rikets värde är ifrågasatt och jämförs inte"),
        ]
    }


def test_a_target_certainly_missed_is_for_further_study_unless_it_stands_already():
    level = judged("A", ten(50), targets=[TARGET])
    worse = judged("B", ten(30), targets=[TARGET])
    found = opened(level, worse)
    assert [name for name, _ in found["Sämre än riket"]] == ["B"]
    assert found["Att undersöka vidare"] == [
        ("A", "50,0 % 2025, målnivån minst 60 %, 10,0 procentenheter återstår, osäkerheten skattad ur tidsserien")
    ]


def test_study_takes_one_of_each_kind_in_turn_and_four_at_most():
    far = [judged(name, [value]) for name, value in (("A", 90.0), ("B", 91.0), ("C", 92.0), ("D", 93.0))]
    missed = judged("E", ten(50), targets=[TARGET])
    assert [name for name, _ in opened(*far, missed)["Att undersöka vidare"]] == ["E", "D", "C", "B"]


def test_an_area_that_lacks_what_others_have_takes_the_last_place():
    far = [judged(name, [value]) for name, value in (("A", 90.0), ("B", 91.0), ("C", 92.0), ("D", 93.0))]
    holes = [("Säkerhet", "sakerhet", 3), ("Levnadsvanor", "levnadsvanor", 5), ("Dödlighet", "dodlighet", 2)]
    found = opened(*far, holes=holes)["Att undersöka vidare"]
    assert [name for name, _ in found] == ["D", "C", "B", "Levnadsvanor"]
    assert found[-1][1] == "5 mått har uppgift för andra regioner men inte för Skåne"
    assert opened(holes=[("Dödlighet", "dodlighet", 2)]) == {}


def test_riket_has_targets_and_spread_in_place_of_better_and_worse():
    missed = judged("A", [None] * 10, nation=52.0, unit=RIKET, targets=[TARGET])
    other = judged("B", [None] * 10, nation=50.0, unit=RIKET)
    assert opened(missed, other, unit=RIKET) == {
        "Längst från målnivån": [
            ("A", "52,0 % 2025, målnivån minst 60 %, 8,0 procentenheter återstår, osäkerheten är okänd")
        ],
        "Störst skillnader mellan regionerna": [("B", "från 40,0 till 60,0 % (2025), skillnaden är inte prövad")],
    }


@pytest.mark.parametrize(("klass", "certainty", "ending"), [
    ("skillnad", "säkerställd", "; regionerna skiljer sig mer än slumpen förklarar"),
    ("skillnad", "skattad ur tidsserien",
     "; regionerna skiljer sig mer än slumpen förklarar (osäkerheten skattad ur tidsserien)"),
    ("ingen säker skillnad", "inte säkerställd", "; skillnaderna är inte större än slumpen kan förklara"),
    ("kan ej bedömas", "okänd", ", skillnaden är inte prövad"),
])  # fmt: skip
def test_the_spread_of_the_regions_is_told_as_it_is_tested(klass, certainty, ending):
    (plain,) = judged("B", [None] * 10, nation=50.0, unit=RIKET)
    shown = replace(plain, variation=Answer(klass, certainty, "m", "r"))
    assert opened([shown], unit=RIKET)["Störst skillnader mellan regionerna"] == [
        ("B", f"från 40,0 till 60,0 % (2025){ending}")
    ]


def test_deviations_are_told_beside_what_chance_would_give():
    assert chance(flags(judged("A", [90.0]))) == (
        "Inget mått har uppgifter som gör att skillnaden mot riket kan prövas."
    )
    twenty = [a for n in range(20) for a in judged(f"A{n:02}", ten(70 if n < 3 else 50))]
    assert chance(flags(twenty)).replace(NBSP, " ") == (
        "Av 20 prövade jämförelser med riket avviker 3; av slumpen ensam väntas omkring 1."
    )
