"""What is said of the values within a region: the finding in plain words, and what a reader has to know beside it."""

from __future__ import annotations

import re

import pytest
from tests.making import country
from tests.places import insides, one, rows

from varddialog.prose import inside as say

NBSP = "\u00a0"


def plain(text: str) -> str:
    return text.replace(NBSP, " ")


FINDINGS = {
    "three": (
        rows([71.24, 96.4, 84.0]),
        "3 kommuner har uppgift 2025. Lägst har Bjuv, 71,2 procent, och högst Lund, 96,4 procent. Medianen är 84,0.",
    ),
    "two": (
        rows([71.2, 96.4]),
        "2 kommuner har uppgift 2025. Lägst har Bjuv, 71,2 procent, och högst Lund, 96,4 procent.",
    ),
    "one": (rows([71.2]), "1 kommun har uppgift 2025: Bjuv, 71,2 procent."),
    "alike": (rows([71.2, 71.21, 71.19]), "3 kommuner har uppgift 2025, alla 71,2 procent."),
    "two share": (
        rows([10.0, 10.02, 30.0]),
        "3 kommuner har uppgift 2025. Lägst har Bjuv och Lund, 10,0 procent, och högst Malmö, 30,0 procent. "
        "Medianen är 10,0.",
    ),
    "many share": (
        rows([10.0, 30.0, 30.0, 30.0]),
        "4 kommuner har uppgift 2025. Lägst har Bjuv, 10,0 procent, och högst 3 kommuner, 30,0 procent. "
        "Medianen är 30,0.",
    ),
    "units": (
        rows({"Norrby": 1.0, "Söderby": 2.0}, kind="egen"),
        "2 enheter har uppgift 2025. Lägst har Norrby, 1,0 procent, och högst Söderby, 2,0 procent.",
    ),
}


@pytest.mark.parametrize("case", FINDINGS)
def test_the_finding(case: str) -> None:
    of, said = FINDINGS[case]
    assert plain(say.finding(one(of))) == said


def test_several_years_together_are_named() -> None:
    assert "uppgift 2022–2025." in say.finding(one(rows([1.0, 2.0]), period={"kind": "rullande", "years": 4}))


def test_when_nothing_may_be_shown_that_is_said_with_the_reason() -> None:
    hidden = [row._replace(numerator=3.0, denominator=90.0) for row in rows([3.3])]
    found = one(hidden)
    assert say.finding(found) == "Inget värde 2025 kan visas."
    (why,) = say.besides(found)
    assert plain(why).startswith("1 kommun visas inte: så få personer ligger bakom")


def test_women_alone_are_named_where_the_card_is_about_everybody() -> None:
    both, women = insides([*rows([1.0, 2.0]), *rows([1.0, 2.0], sex="K")])
    assert say.heading(both) == "Inom regionen: kommuner"
    assert say.heading(women) == "Inom regionen: kommuner, kvinnor"
    only = one(rows([1.0], sex="K"), [o._replace(sex="K") for o in country(2025, 50, 55)], population="kvinnor")
    assert say.heading(only) == "Inom regionen: kommuner"


def test_another_time_than_the_regions_is_told() -> None:
    assert say.besides(one(rows([1.0, 2.0]))) == []
    assert say.besides(one(rows([1.0, 2.0], 2024))) == ["Regionens eget värde ovan gäller 2025."]
    newer = one([*rows([1.0, 2.0], 2025), *rows([1.0, 2.0], 2026)])
    assert say.besides(newer) == ["Nyare uppgifter, till och med 2026, står i tabellen."]


def test_what_is_impossible_is_told() -> None:
    (said,) = say.besides(one(rows([50.0, 101.0])))
    assert plain(said) == "1 kommun visas inte: värdet är utanför vad mätenheten tillåter."


def test_the_caption_says_what_the_marks_are_and_why_nothing_is_judged() -> None:
    assert say.caption(one(rows([1.0, 2.0, 3.0]))) == (
        "Procent, 2025. Varje prick är en kommun, bättre åt höger. Streck: Skåne och riket. "
        "Inga omdömen sätts: värdena kan vila på få fall i varje kommun."
    )
    neutral = one(rows([1.0, 2.0, 3.0], 2020, kind="enhet"), direction="none")
    assert say.caption(neutral) == (
        "Procent, 2020. Varje prick är en enhet. Inga omdömen sätts: värdena kan vila på få fall i varje enhet."
    )
    assert say.unjudged(one(rows([10.0]), measure="antal", direction="none")) == (
        "Antal följer storleken och jämförs inte."
    )


def test_the_text_alternative_says_what_the_drawing_shows() -> None:
    said = plain(say.picture(one(rows([10.0, 20.0, 30.0]))))
    assert said == (
        "Provmått, inom regionen: kommuner. 3 kommuner har uppgift 2025. Lägst har Bjuv, 10,0 procent, "
        "och högst Malmö, 30,0 procent. Medianen är 20,0. Skåne 55,0. Riket 50,0. Enhet: procent."
    )


@pytest.mark.parametrize("measure", ["procent", "index", "per_100000", "dagar", "kronor_per_invanare", "personer"])
@pytest.mark.parametrize("count", [1, 2, 5])
def test_sentences_are_clean_swedish_text(measure: str, count: int) -> None:
    changes = {"prices": "löpande"} if measure.startswith("kronor") else {}
    direction = "none" if measure == "personer" else "lower_better"
    found = one(rows([11.0, 22.0, 3.0, 44.4, 5.5][:count]), measure=measure, direction=direction, **changes)
    for said in (say.finding(found), say.caption(found), say.picture(found), *say.besides(found)):
        assert not re.search(r"None|nan|  | [.,;]|\.\.|\{", said), said
        assert said[0].isupper() or said[0].isdigit(), said
        assert said.endswith("."), said
