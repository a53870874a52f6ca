"""A theme stands once, and so does each of its indicators."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from varddialog.model.theme import Theme, ThemeFile

THEME = {"slug": "kontinuitet", "name": "Kontinuitet", "about": "Samma läkare över tid."}


def test_a_theme_may_lack_indicators() -> None:
    assert Theme.model_validate(THEME).indicators == []


def test_a_theme_that_stands_twice_is_refused() -> None:
    with pytest.raises(ValidationError, match="samma tema står flera gånger: kontinuitet"):
        ThemeFile.model_validate({"themes": [THEME, THEME]})


def test_an_indicator_that_stands_twice_in_a_theme_is_refused() -> None:
    with pytest.raises(ValidationError, match="samma mått står flera gånger: N1"):
        Theme.model_validate(THEME | {"indicators": ["N1", "N2", "N1"]})
