"""Text and days as they are written in a form, by hand and by Excel."""

from __future__ import annotations

import datetime as dt

import pytest

from varddialog.data.forms.cells import Wrong, day, text, words


@pytest.mark.parametrize(
    ("written", "read"),
    [("  Ja.\n", "Ja."), (5, "5"), (5.0, "5"), (5.5, "5.5"), ("a\nb\tc", "a\nb\tc"), (None, ""), (" ", "")],
)
def test_words_are_what_is_written(written: object, read: str) -> None:
    assert words(written) == read


@pytest.mark.parametrize("written", ["a\x07b", "a\x85b", "\ud800", "a\ufffd", "\uffff"])
def test_signs_that_cannot_be_shown_are_refused(written: str) -> None:
    with pytest.raises(Wrong) as caught:
        words(written)
    assert caught.value.what.startswith("Texten har ett tecken som inte går att visa (U+")


def test_an_empty_field_is_refused_where_there_must_be_text() -> None:
    for written in (None, " "):
        with pytest.raises(Wrong):
            text(written)


@pytest.mark.parametrize(
    "written", ["2026-03-14", " 2026-03-14 ", dt.date(2026, 3, 14), dt.datetime(2026, 3, 14, 8, 30)]
)
def test_a_day_is_read_as_text_and_as_excel_holds_it(written: object) -> None:
    assert day(written) == dt.date(2026, 3, 14)
    assert day("") is day(None) is None


@pytest.mark.parametrize("written", ["14/3 2026", "2026-3-14", "20260314", "2026-W11-6", "2026", 46095, "1926-03-14"])
def test_what_is_no_day_is_refused(written: object) -> None:
    with pytest.raises(Wrong):
        day(written)
