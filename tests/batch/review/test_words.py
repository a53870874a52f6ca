"""Two texts compared word by word."""

from __future__ import annotations

import pytest

from varddialog.batch.review.difference import Difference
from varddialog.batch.review.words import differing

NBSP = "\N{NO-BREAK SPACE}"


def test_equal_texts_do_not_differ() -> None:
    assert differing("96,3 procent 2024", "96,3  procent\n2024") == []


def test_a_number_is_told_with_the_words_beside_it() -> None:
    found = differing("Värdet är 96,3 procent 2024.", "Värdet är 97,1 procent 2024.", where="Vaccination")
    assert found == [Difference("tal", "Vaccination", "«Värdet är … procent 2024.»", "96,3", "97,1")]
    assert str(found[0]) == "Vaccination: «Värdet är … procent 2024.»: 96,3 → 97,1"


def test_a_number_with_spaces_between_its_thousands_is_one_word() -> None:
    (found,) = differing(f"Det bor 1{NBSP}456{NBSP}123 här.", f"Det bor 1{NBSP}457{NBSP}123 här.")
    assert (found.before, found.after) == (f"1{NBSP}456{NBSP}123", f"1{NBSP}457{NBSP}123")


@pytest.mark.parametrize(
    ("before", "after", "gone", "come"),
    [
        ("båda är bättre", "båda är sämre", "bättre", "sämre"),
        ("båda är bättre", "båda är inte bättre", "", "inte"),
        ("båda är inte bättre", "båda är bättre", "inte", ""),
        ("", "nytt", "", "nytt"),
    ],
)
def test_words_that_are_others_more_or_fewer(before: str, after: str, gone: str, come: str) -> None:
    (found,) = differing(before, after)
    assert (found.kind, found.before, found.after) == ("text", gone, come)


def test_every_place_that_differs_is_told() -> None:
    found = differing("1 av 2 är 3 och 4", "5 av 2 är 6 och 4")
    assert [(d.before, d.after) for d in found] == [("1", "5"), ("3", "6")]
