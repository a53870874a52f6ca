"""Every line of evidence is read back and found again in the store and the exported assessments."""

from __future__ import annotations

import re

import pytest
from tests.prose.checker import BEHIND, missed, relation, trend
from tests.prose.facts import Fact
from tests.prose.lines import NATION_TITLES, TITLES, ListReader
from tests.prose.whole import Whole
from tests.publish.reading import NUMBER

from varddialog.dialogue.questions import Evidence, FocusChoice, Question, Questions
from varddialog.dialogue.raised import LARGE, Raised, of_assessments
from varddialog.model.units import Unit
from varddialog.prose import questions as say
from varddialog.swedish import NBSP

# which list of the reports says the same of a value
LIKE = {
    "sämre än riket": TITLES[1],
    "halkar efter riket": TITLES[2],
    "tappar försprång mot riket": TITLES[2],
    "försämras": TITLES[2],
    "når inte målnivån": NATION_TITLES[0],
    "olika mellan regionerna": NATION_TITLES[1],
}


def test_every_line_of_evidence_on_a_value_is_true(whole: Whole) -> None:
    read = 0
    for unit in whole.catalogue.units.all:
        for dimension in whole.catalogue.framework.dimensions:
            facts = facts_of(whole, unit, dimension)
            reader = ListReader(unit, facts, {})
            for r, a in of_assessments(whole.of(unit, dimension), dimension.number, whole.catalogue.area_of):
                reader._line(LIKE[r.kind], facts[r.anchor], say.evidence_of_value(r, a))
                assert (r.when, r.value) == (facts[r.anchor].latest.when, facts[r.anchor].latest.value)
                read += 1
    assert read > 400


def test_what_is_raised_is_what_the_exported_assessments_say_and_nothing_is_left_out(whole: Whole) -> None:
    for unit in whole.catalogue.units.all:
        for dimension in whole.catalogue.framework.dimensions:
            facts = facts_of(whole, unit, dimension)
            found = of_assessments(whole.of(unit, dimension), dimension.number, whole.catalogue.area_of)
            raised = {(r.anchor, r.kind) for r, _ in found}
            assert raised == {(anchor, kind) for anchor, fact in facts.items() for kind in expected(unit, fact)}


def facts_of(whole: Whole, unit: Unit, dimension) -> dict[str, Fact]:
    there = whole.of(unit, dimension)
    return {a.result.anchor: f for a, f in zip(there, whole.facts(unit, there), strict=True) if a.result}


def expected(unit: Unit, fact: Fact) -> set[str]:
    if not fact.is_today or fact.is_doubted or not fact.indicator.turn:
        return set()
    kinds = set()
    if (fact.told["vs_target"] or {}).get("certainty") != "inte säkerställd":
        missing = re.match("ej uppnådd", fact.klass("vs_target")) or missed(fact)
        kinds |= {"når inte målnivån"} if missing else set()
    if unit.is_nation:
        regions = fact.regions_now
        middle = sorted(regions)[len(regions) // 2] if regions else 0
        wide = fact.klass("variation") == "skillnad" and len(regions) >= 10 and middle > 0
        kinds |= {"olika mellan regionerna"} if wide and fact.indicator.unit.low is not None else set()
        return kinds | ({"försämras"} if trend(fact) == "försämras" else set())
    if fact.klass("vs_nation") == "sämre":
        estimated = fact.told["vs_nation"]["certainty"] == "skattad ur tidsserien"
        kinds |= {"sämre än riket"} if not estimated or fact.distance >= LARGE else set()
    return kinds | ({relation(fact)} & set(BEHIND))


def one(kind, name="Måttet", text="1 % 2025", certainty="skattad ur tidsserien", grouping="", anchor="a") -> Evidence:
    return Evidence(Raised(kind, 2, "omrade", "X", name, anchor, 1.0, certainty, grouping=grouping, text=text))


def worded(*found: Question, unit: Unit) -> list[str]:
    return say.question_texts(Questions(found, FocusChoice((), False, ()), 0, 0, 0), unit)


KINDS = {
    "12": ["sämre än riket", "halkar efter riket", "når inte målnivån", "tappar försprång mot riket"],
    "00": ["når inte målnivån", "olika mellan regionerna", "försämras"],
}


@pytest.mark.parametrize("code", KINDS)
def test_a_question_is_open_names_its_subject_and_is_not_put_twice_in_the_same_words(catalogue, code):
    unit = catalogue.units.by_code[code]
    both = [*KINDS[code], "olika mellan grupper"]
    found = [
        Question("resultat", f"q{n}{kind}", evidence=(one(kind, grouping="kön" if "grupper" in kind else ""),))
        for kind in both
        for n in (1, 2)
    ]
    texts = worded(*found, unit=unit)
    assert len(set(texts)) == len(texts)
    for text in texts:
        assert text.endswith("?")
        assert "”Måttet”" in text
        assert re.match(r"(Vad|Hur|Vilka) ", text), text
        assert not re.search(r"beror|därför|misslyck|brist|skuld|fel på", text), text


def test_several_indicators_are_asked_about_by_their_theme(catalogue):
    unit = catalogue.units.by_code["12"]
    same = (one("når inte målnivån"), one("når inte målnivån", anchor="b"))
    other = (one("sämre än riket"), one("når inte målnivån", anchor="b"))
    texts = worded(*(Question("resultat", "t", subject="Temat", evidence=e) for e in (same, other)), unit=unit)
    assert "målnivåerna i temat ”Temat”" in texts[0]
    assert "temat ”Temat”" in texts[1]
    assert "målniv" not in texts[1]


def test_a_split_is_named_by_its_groups(catalogue):
    unit = catalogue.units.by_code["12"]
    by_sex, by_income = (
        worded(Question("resultat", "g", evidence=(one("olika mellan grupper", grouping=grouping),)), unit=unit)[0]
        for grouping in ("kön", "inkomst")
    )
    assert "skillnaden mellan kvinnor och män i ”Måttet”" in by_sex
    assert "skillnaden efter inkomst i ”Måttet”" in by_income


def test_a_line_tells_what_else_is_raised_and_what_is_not_certain():
    also = (one("når inte målnivån", certainty="okänd").raised, one("halkar efter riket").raised)
    line = say.evidence_line(Evidence(one("sämre än riket", text="5 % 2025, riket 4 %").raised, also))
    assert line == (
        "sämre än riket: 5 % 2025, riket 4 %; når inte målnivån (osäkerheten är okänd) och halkar efter riket"
    )
    # nothing is told twice
    line = say.evidence_line(Evidence(one("halkar efter riket", text="försämras och halkar efter riket").raised, also))
    assert line == "försämras och halkar efter riket; når inte målnivån (osäkerheten är okänd)"


def test_the_selection_tells_how_many_there_were_and_how_many_are_shown(catalogue):
    unit = catalogue.units.by_code["12"]
    many = " ".join(say.selection(Questions((), FocusChoice((), False, ()), raised=22, shown=14, kept_back=4), unit))
    assert re.findall(NUMBER, many) == ["12", "0", "22", "14", "4"]
    assert f"22{NBSP}fall" in many
    every = " ".join(say.selection(Questions((), FocusChoice((), False, ()), raised=3, shown=3, kept_back=0), unit))
    assert re.findall(NUMBER, every) == ["12", "0", "3"]
    assert "alla står här" in every
