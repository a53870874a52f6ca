"""What was said in an arena, in words: as careful as the records, and never more than they hold."""

from __future__ import annotations

import itertools
import re

import pytest

from varddialog.dialogue.answers import Answered
from varddialog.dialogue.recommendations import recommend
from varddialog.dialogue.rounds import Kind, Round, Statement
from varddialog.dialogue.themes import Picture, Told, Voice, pictures, voices
from varddialog.model.arena import Arena
from varddialog.model.catalogue import Catalogue
from varddialog.prose import arena as say

THEME = "oppenhet-och-tillit"
BUYER, COMPANIES = "bestallare", "vardforetag"
_row = itertools.count(2)


@pytest.fixture
def private(catalogue: Catalogue) -> Arena:
    return catalogue.arena("privata-vardgivare")


def said(party: str, kind: Kind, unit: str = "00", text: str = "", role: str = "", theme: str = THEME) -> Statement:
    row = next(_row)
    return Statement(f"samtal.csv:{row}", unit, party, role, theme, kind, text or f"Uttalande {row}.")


def picture(catalogue: Catalogue, *statements: Statement) -> Picture:
    (found,) = pictures(statements, [catalogue.dialogue.themes[THEME]])
    return found


def test_party_keeps_its_capital_within_a_sentence_only_when_it_is_a_proper_noun(catalogue):
    arena = catalogue.arena("tillganglighet")
    assert say.parties(["regionen", "socialstyrelsen"], arena) == "Socialstyrelsen och regionen"
    main = catalogue.arena("halso-och-sjukvardsdialogen")
    assert say.parties(["skr", "kommunerna", "vardanalys"], main) == "SKR, Vårdanalys och kommunerna"


@pytest.mark.parametrize(
    ("units", "words"),
    [
        (["00"], "1 uttalande om hela landet"),
        (["12", "12"], "2 uttalanden från Skåne"),
        (["12", "01"], "2 uttalanden från 2 regioner"),
        (["12", "00"], "2 uttalanden från Skåne och om hela landet"),
        (["sodra"], "1 uttalande från Södra"),
        (["sodra", "12", "01"], "3 uttalanden från 2 regioner och 1 samverkansregion"),
    ],
)
def test_material_is_told_in_statements_and_units(catalogue, units, words):
    told = Told(tuple(said(BUYER, "utmaning", unit) for unit in units))
    assert say.rests_on(told, catalogue.units).replace("\u00a0", " ") == words


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (
            [(BUYER, "styrka"), (COMPANIES, "utmaning")],
            "Beställaren berättar om en styrka, vårdföretagen berättar om en utmaning.",
        ),
        (
            [(COMPANIES, "utmaning"), (BUYER, "utmaning")],
            "Beställaren och vårdföretagen berättar om en utmaning.",
        ),
        (
            [(BUYER, "förslag"), (COMPANIES, "utmaning")],
            "Vårdföretagen berättar om en utmaning, beställaren lägger förslag.",
        ),
        (
            [(COMPANIES, "förslag"), (COMPANIES, "styrka")],
            "Bara vårdföretagen berättar om en styrka och lägger förslag.",
        ),
    ],
)
def test_how_a_theme_is_seen_names_who_tells_of_what(catalogue, private, told, words):
    assert say.how_seen(picture(catalogue, *(said(*one) for one in told)), private) == words


def test_what_parties_say_in_the_same_words_stands_once_and_in_nobodys_role(catalogue):
    both = [said(p, "förslag", text="Träffas oftare.", role="ordförande") for p in (BUYER, COMPANIES)]
    alone = said(BUYER, "utmaning", role="ordförande")
    told = Told((*both, alone))
    together, single = voices(told)
    assert (together.parties, len(together.statements)) == ((BUYER, COMPANIES), 1)
    assert say.byline(together, both[0], told, catalogue.units) == ""
    assert say.byline(single, alone, told, catalogue.units) == "Ordförande"


def test_place_is_told_only_where_there_are_several(catalogue):
    here, there = said(BUYER, "utmaning", "12"), said(BUYER, "utmaning", "01")
    voice = Voice((BUYER,), (here,))
    assert say.byline(voice, here, Told((here,)), catalogue.units) == ""
    assert say.byline(voice, here, Told((here, there)), catalogue.units) == "Skåne"


def test_old_conversations_are_never_told_as_those_of_the_cycle():
    old = say.shown_round(Round("moten", "2014-2015"), "2026-2027")
    assert "2014–2015" in old
    assert "behöver inte gälla i dag" in old
    assert say.shown_round(Round("moten", "2026-2027"), "2026-2027") == "Sidan visar samtalen 2026–2027."


def test_every_theme_stands_in_exactly_one_line_of_what_was_heard(catalogue, private):
    kinds: list[tuple[Kind, ...]] = [("styrka", "utmaning"), ("utmaning", "utmaning"), ("styrka", "styrka")]
    kinds += [("utmaning", "förslag"), ("utmaning",)]
    rows = []
    for slug, told in zip(private.themes, kinds, strict=False):
        rows += [said(party, kind, theme=slug) for party, kind in zip((BUYER, COMPANIES), told, strict=False)]
    themes = [catalogue.dialogue.themes[slug] for slug in private.themes]
    found = say.findings(private, pictures(rows, themes), [], [], [], catalogue)
    assert [what for what, _, _ in found] == [
        "Ser olika", "Samma utmaning", "Samma styrka", "Flera tar upp", "Bara beställaren",
    ]  # fmt: skip
    for slug, (_, words, where) in zip(private.themes, found, strict=False):
        assert catalogue.dialogue.themes[slug].name.casefold() in words.casefold()
        assert where == "teman"


def test_what_is_missing_is_told_with_the_answer_and_the_place(catalogue, private):
    question = private.question("tid-for-samtal")
    answer = question.lacking[0]
    rows = tuple(
        Statement(f"s.csv:{unit}", unit, BUYER, "", THEME, "svar", "", question.slug, a)
        for unit, a in (("12", answer), ("13", answer), ("01", question.answers[0]))
    )
    words = say.lacking(Answered(question, Told(rows)), catalogue.units)
    assert words == f"{question.text} «{answer}» i Skåne och Halland"


def test_recommendations_say_what_they_rest_on(catalogue, private):
    rows = (said(BUYER, "styrka"), said(COMPANIES, "utmaning"))
    (one,) = recommend(private, Round(private.slug, "2026-2027", rows))
    words = say.because(one, private, catalogue.dialogue.themes, catalogue.units).replace("\u00a0", " ")
    name = catalogue.dialogue.themes[THEME].name.lower()
    assert words == f"Beställaren och vårdföretagen har olika bilder i temat {name} (2 uttalanden om hela landet)."


def test_words_are_whole_sentences(catalogue, private):
    rows = [said(p, k, u) for p in (BUYER, COMPANIES) for k in ("styrka", "utmaning") for u in ("00", "12", "sodra")]
    seen = picture(catalogue, *rows)
    for sentence in (
        say.how_seen(seen, private),
        say.shown_round(Round(private.slug, "2014-2015"), "2026-2027"),
        *say.material(Round(private.slug, "2014-2015", material="90 intervjuer.", source="Utgivaren, 2015")),
        *(words for _, words, _ in say.findings(private, [seen], [], [], [], catalogue)),
    ):
        assert re.fullmatch(r"[A-ZÅÄÖ0-9].*[^.]\.", sentence), sentence
