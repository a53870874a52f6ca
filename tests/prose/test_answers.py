"""Answers in words: shape, class and how certain it is, without saying anything twice."""

from __future__ import annotations

from typing import get_args

import pytest

from varddialog.assessment.answer import Answer, Class
from varddialog.assessment.chance import Flags
from varddialog.prose.answers import SHAPES, answer_in_words, chance


def test_every_class_has_a_shape_and_opposites_differ():
    assert set(SHAPES) == set(get_args(Class))
    for one, other in (
        ("bättre", "sämre"),
        ("i nivå", "kan ej bedömas"),
        ("förbättras", "försämras"),
        ("uppnådd, säkert", "ej uppnådd, säkert"),
    ):
        assert SHAPES[one] != SHAPES[other]


@pytest.mark.parametrize(
    ("klass", "certainty", "words"),
    [
        ("bättre", "säkerställd", "bättre, säkerställt."),
        ("sämre", "tydligt säkerställd", "sämre, tydligt säkerställt."),
        ("bättre", "skattad ur tidsserien", "bättre, osäkerheten skattad ur tidsserien."),
        ("uppnådd, säkert", "säkerställd", "uppnådd, säkert."),
        ("uppnådd, osäkert", "inte säkerställd", "uppnådd, osäkert."),
        (
            "ej uppnådd, säkert",
            "skattad ur tidsserien",
            "ej uppnådd, säkert (osäkerheten skattad ur tidsserien).",
        ),
        ("uppnådd, osäkert", "okänd", "uppnådd, osäkert (osäkerheten är okänd)."),
        ("kan ej bedömas", "okänd", "kan ej bedömas. Ett skäl."),
    ],
)
def test_the_words_of_an_answer(klass, certainty, words):
    assert answer_in_words(Answer(klass, certainty, "metod", "Ett skäl.")) == words


def test_flags_stand_beside_what_chance_gives():
    assert chance(Flags(40, 6, 2)) == (
        "Av 40\u00a0prövade jämförelser med riket avviker 6; av slumpen ensam väntas omkring 2."
    )
    assert chance(Flags(4, 0, 0)).endswith("väntas omkring 0,2.")
    assert chance(Flags(1, 1, 0)) == "En jämförelse med riket har kunnat prövas; den avviker."
    assert chance(Flags(1, 0, 0)) == "En jämförelse med riket har kunnat prövas; den avviker inte."
    assert "Inget mått" in chance(Flags(0, 0, 0))
