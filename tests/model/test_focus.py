"""A focus area has indicators, themes and questions, each once."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from varddialog.model.focus import FocusArea

QUESTION = {"slug": "vem", "text": "Vem väntar?"}
AREA = {
    "slug": "a", "name": "A", "why": "Viktigt.", "indicators": ["N1"], "themes": ["t"], "questions": [QUESTION],
}  # fmt: skip


def test_background_and_what_is_lacking_may_be_left_out() -> None:
    area = FocusArea.model_validate(AREA)
    assert (area.background, area.lacking, area.questions[0].why) == ([], None, None)


@pytest.mark.parametrize("field", ["indicators", "themes", "questions"])
def test_it_is_nothing_without(field: str) -> None:
    with pytest.raises(ValidationError, match="at least 1"):
        FocusArea.model_validate(AREA | {field: []})


@pytest.mark.parametrize(
    ("field", "twice"), [("indicators", ["N1", "N1"]), ("themes", ["t", "t"]), ("questions", [QUESTION, QUESTION])]
)
def test_nothing_stands_twice(field: str, twice: list[object]) -> None:
    with pytest.raises(ValidationError, match=f"{field}: står flera gånger"):
        FocusArea.model_validate(AREA | {field: twice})
