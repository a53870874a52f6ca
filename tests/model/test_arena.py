"""An arena whose own parts do not fit together is refused."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from varddialog.model.arena import Arena, Question, Recommendation

PARTIES: list[dict[str, Any]] = [
    {"slug": slug, "name": slug, "about": "Den ena sidan.", "roles": ["ledning"]} for slug in ("ena", "andra")
]
MEETS = {"slug": "moten", "text": "Träffas ni?", "to": ["ena"], "answers": ["ja", "nej"], "lacking": ["nej"]}


def _arena(**said: object) -> Arena:
    least = {"slug": "a", "name": "A", "about": "Om.", "source": "S, 2026.", "units": "region", "parties": PARTIES}
    return Arena.model_validate(least | {"themes": ["t"]} | said)


def test_parties_and_themes_are_the_least_that_an_arena_has() -> None:
    arena = _arena()
    assert (arena.party("andra").name, arena.questions, arena.recommendations) == ("andra", [], [])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"parties": PARTIES[:1]}, "at least 2"),
        ({"parties": [PARTIES[0], PARTIES[0]]}, "parties: står flera gånger: ena"),
        ({"themes": ["t", "t"]}, "themes: står flera gånger: t"),
        ({"indicators": ["N1", "N1"]}, "indicators: står flera gånger: N1"),
        ({"questions": [MEETS, MEETS]}, "questions: står flera gånger: moten"),
        ({"questions": [MEETS | {"to": ["tredje"]}]}, "moten: okänd part: tredje"),
        ({"questions": [MEETS | {"theme": "u"}]}, "temat «u» hör inte till arenan"),
        ({"questions": [MEETS | {"lacking": ["aldrig"]}]}, "svar som inte står i «answers»: aldrig"),
        ({"questions": [MEETS | {"answers": ["nej", "nej"]}]}, "samma svar står flera gånger: nej"),
        ({"questions": [{**MEETS, "answers": [], "lacking": [], "structure": True}]}, "behöver svar att välja bland"),
    ],
)
def test_parts_that_do_not_fit_together(said: dict[str, object], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        _arena(**said)


RULE = {"slug": "rad", "text": "Träffas.", "to": ["ena"]}


@pytest.mark.parametrize(
    "subject",
    [
        {"when": "saknas", "theme": "t"},
        {"when": "saknas"},
        {"when": "lyft utmaning", "question": "moten"},
        {"when": "olika bild", "question": "moten", "theme": "t"},
    ],
)
def test_a_rule_is_about_a_question_when_something_is_lacking_and_else_about_a_theme(subject: dict[str, str]) -> None:
    with pytest.raises(ValidationError, match="«saknas» gäller en fråga"):
        Recommendation.model_validate(RULE | subject)


def test_a_rule_needs_a_question_that_knows_what_lacking_means() -> None:
    rule = RULE | {"when": "saknas", "question": "moten"}
    assert _arena(questions=[MEETS], recommendations=[rule]).recommendations[0].question == "moten"
    with pytest.raises(ValidationError, match="«moten» är ingen fråga med «lacking»"):
        _arena(questions=[MEETS | {"lacking": []}], recommendations=[rule])


def test_a_question_is_found_by_its_slug() -> None:
    assert _arena(questions=[MEETS]).question("moten") == Question.model_validate(MEETS)
