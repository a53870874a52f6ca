"""Recommendations by rule: each with the evidence that calls for it, and none without."""

from __future__ import annotations

import pytest

from varddialog.dialogue.answers import in_words, structure
from varddialog.dialogue.recommendations import recommend
from varddialog.dialogue.rounds import Kind, Round, Statement
from varddialog.model.arena import Arena

ARENA = Arena.model_validate(
    {
        "slug": "moten",
        "name": "Möten",
        "about": "Att mötas.",
        "source": "Projektet.",
        "units": "region",
        "parties": [
            {"slug": "stat", "name": "Staten", "about": "Den ena.", "roles": ["handläggare"]},
            {"slug": "region", "name": "Regionen", "about": "Den andra.", "roles": ["direktör"]},
        ],
        "themes": ["koer"],
        "questions": [
            {
                "slug": "mote",
                "text": "Finns ett möte?",
                "to": ["stat", "region"],
                "answers": ["ja", "delvis", "nej"],
                "lacking": ["nej", "delvis"],
                "structure": True,
            },
            {"slug": "hur", "text": "Hur går det?", "to": ["region"]},
            {"slug": "tyst", "text": "Vem frågar?", "to": ["region"]},
        ],
        "recommendations": [
            {"slug": "lyft", "when": "lyft utmaning", "theme": "koer", "text": "Tala om det.", "to": ["stat"]},
            {"slug": "olika", "when": "olika bild", "theme": "koer", "text": "Jämför bilderna.", "to": ["stat"]},
            {"slug": "delad", "when": "delad utmaning", "theme": "koer", "text": "Gör en plan.", "to": ["region"]},
            {"slug": "inratta", "when": "saknas", "question": "mote", "text": "Inrätta ett.", "to": ["stat"]},
        ],
    }
)


def said(party: str, kind: Kind, unit: str = "12", question: str = "", answer: str = "") -> Statement:
    key = f"{unit}.csv:{party}-{kind}-{answer}"
    return Statement(key, unit, party, "chef", "koer", kind, "Ett uttalande.", question, answer)


def recommended(*statements: Statement) -> dict[str, list[str]]:
    """Slug of each recommendation → keys of its evidence."""
    found = recommend(ARENA, Round("moten", "2026-2027", statements))
    return {one.rule.slug: [s.key for s in one.evidence.statements] for one in found}


@pytest.mark.parametrize(
    ("told", "slugs"),
    [
        ([], []),
        ([("stat", "styrka"), ("region", "styrka")], []),
        ([("stat", "förslag")], []),
        ([("stat", "utmaning")], ["lyft"]),
        ([("stat", "utmaning"), ("region", "utmaning")], ["lyft", "delad"]),
        ([("stat", "styrka"), ("region", "utmaning")], ["lyft", "olika"]),
        ([("region", "styrka"), ("region", "utmaning")], ["lyft"]),
    ],
)
def test_rule_speaks_exactly_when_its_condition_is_met(told, slugs):
    found = recommended(*(said(party, kind) for party, kind in told))
    assert list(found) == slugs
    assert all(found.values()), "a recommendation without evidence"


def test_evidence_holds_both_sides_of_an_opposed_picture_and_only_what_bears_on_it():
    strength, challenge, proposal = said("stat", "styrka"), said("region", "utmaning"), said("region", "förslag")
    found = recommended(strength, challenge, proposal)
    assert found["olika"] == [strength.key, challenge.key]
    assert found["lyft"] == [challenge.key]


def test_what_is_missing_is_told_with_the_units_that_answer_so():
    rows = [said("stat", "svar", "01", "mote", "ja"), said("region", "svar", "12", "mote", "nej")]
    rows += [said("region", "svar", "13", "mote", "delvis")]
    (one,) = recommend(ARENA, Round("moten", "2026-2027", tuple(rows)))
    assert one.rule.slug == "inratta"
    assert one.evidence.units == ("12", "13")


def test_structure_tells_of_every_question_which_units_lack_it_and_which_have_not_answered():
    rows = (said("stat", "svar", "01", "mote", "ja"), said("region", "svar", "01", "mote", "nej"))
    (mote,) = structure(ARENA, Round("moten", "2026-2027", rows))
    assert mote.lacking == ("01",), "one party is enough"
    assert mote.unanswered(["01", "12"]) == ("12",)
    (empty,) = structure(ARENA, Round("moten", "2026-2027"))
    assert (empty.lacking, len(empty.told)) == ((), 0)


def test_questions_in_words_are_those_that_somebody_has_answered():
    rows = (said("region", "svar", "01", "hur"), said("region", "svar", "01", "mote", "ja"))
    assert [a.question.slug for a in in_words(ARENA, Round("moten", "2026-2027", rows))] == ["hur"]
