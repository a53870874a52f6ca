"""Indicators are found by word, whatever the case and accents, the best first."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from varddialog.explore.offer import Offer
from varddialog.explore.search import MOST, find
from varddialog.model.catalogue import Catalogue
from varddialog.swedish import fold


def _names(words: str, catalogue: Catalogue) -> list[str]:
    return [i.name for i in find(words, catalogue.indicators.values())]


def test_accents_and_case_do_not_matter(catalogue: Catalogue) -> None:
    assert _names("VÄNTETID", catalogue) == _names("vantetid", catalogue) == _names(" väntetid ", catalogue) != []


def test_part_of_a_joined_word_is_enough(catalogue: Catalogue) -> None:
    inside = [
        name for name in _names("cancer", catalogue) if "cancer" in fold(name) and " cancer" not in f" {fold(name)}"
    ]
    assert inside, "names with cancer at the end of a word"


def test_every_word_must_be_there(catalogue: Catalogue) -> None:
    both = _names("väntetid operation", catalogue)
    assert both
    assert set(both) < set(_names("väntetid", catalogue)) | set(_names("operation", catalogue))


def test_an_id_and_a_slug_find_their_indicator_first(catalogue: Catalogue) -> None:
    for indicator in catalogue.indicators.values():
        for word in (indicator.id, indicator.slug):
            assert find(word, catalogue.indicators.values())[0] == indicator, word


def test_a_name_comes_before_a_definition(catalogue: Catalogue) -> None:
    found = find("dödlighet", catalogue.indicators.values())
    named = ["dodlighet" in fold(i.name) for i in found]
    assert named == sorted(named, reverse=True)
    assert any(named)
    assert not all(named), "definitions are searched too"


def test_no_words_find_nothing(catalogue: Catalogue) -> None:
    assert _names("", catalogue) == _names("  –  ", catalogue) == _names("qwxz", catalogue) == []


def test_each_series_is_found_under_one_name(offer: Offer) -> None:
    assert all(i.duplicate_of is None for i in offer.everything())


@given(words=st.text(max_size=30))
def test_whatever_is_typed_gives_an_answer_of_bounded_length(words: str, catalogue: Catalogue) -> None:
    assert len(find(words, catalogue.indicators.values())) <= MOST
