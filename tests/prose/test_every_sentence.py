"""Every sentence on every area and report of the whole country, found again in the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import pytest
from tests.prose.checker import AreaReader
from tests.prose.whole import Whole
from tests.publish.reading import NUMBER

from varddialog.prose import area


def test_every_sentence_on_an_area_is_found_again_in_the_store(whole: Whole) -> None:
    sentences = 0
    for unit in whole.catalogue.units.all:
        for leaf, there, without in whole.areas(unit):
            said = area.paragraph(unit, there, without)
            try:
                seen = AreaReader(unit, whole.facts(unit, there), without).read(said)
            except AssertionError as fault:
                raise AssertionError(f"{unit.name}, {leaf.name}: {said}\n{fault}") from fault
            assert seen <= 6, said
            sentences += seen
    assert sentences > 1000, "the paragraphs have gone silent"


def test_every_line_that_opens_a_report_is_found_again_in_the_store(whole: Whole) -> None:
    lines = 0
    for unit in whole.catalogue.units.all:
        for dimension in whole.catalogue.framework.dimensions:
            reader, said = whole.lists(unit, dimension)
            try:
                lines += reader.read(said)
            except AssertionError as fault:
                raise AssertionError(f"{unit.name}, {dimension.name}: {said}\n{fault}") from fault
    assert lines > 500, "the lists have gone silent"


WORDS = {"högre": "lägre", "bättre": "sämre", "förbättras": "försämras", "minst": "högst", "värdet": "rikets värde"}


def faults(text: str) -> Iterator[str]:
    """The text with one number, or one word that judges, made another."""
    for found in re.finditer(NUMBER, text):
        last = text[found.end() - 1]
        yield text[: found.end() - 1] + str((int(last) + 1) % 10) + text[found.end() :]
    for one, other in WORDS.items():
        for found in re.finditer(rf"\b(?:{one}|{other})\b", text):
            yield text[: found.start()] + (other if found[0] == one else one) + text[found.end() :]


def is_caught(read: Callable[[], object]) -> bool:
    try:
        read()
    except (AssertionError, KeyError):
        return True
    return False


@pytest.mark.parametrize("name", ["Skåne", "Gotland", "Riket"])
def test_a_changed_number_or_word_in_a_paragraph_is_caught(whole: Whole, name: str) -> None:
    unit = whole.catalogue.units.find(name)
    tried = 0
    for _, there, without in whole.areas(unit):
        said = area.paragraph(unit, there, without)
        reader = AreaReader(unit, whole.facts(unit, there), without)
        for wrong in faults(said):
            assert is_caught(lambda wrong=wrong, reader=reader: reader.read(wrong)), wrong
            tried += 1
    assert tried > 100


@pytest.mark.parametrize("name", ["Skåne", "Gotland", "Riket"])
def test_a_changed_number_or_word_in_a_list_is_caught(whole: Whole, name: str) -> None:
    unit = whole.catalogue.units.find(name)
    tried = 0
    for dimension in whole.catalogue.framework.dimensions:
        reader, said = whole.lists(unit, dimension)
        for title, rows in said:
            for line in rows:
                for wrong in faults(line[2]):
                    changed = [(title, [(line[0], line[1], wrong)])]
                    assert is_caught(lambda changed=changed, reader=reader: reader.read(changed)), wrong
                    tried += 1
    assert tried > 50
