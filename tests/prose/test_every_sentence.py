"""Every sentence on every area and report of the whole country, found again in the store."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from tests.prose.checker import AreaReader
from tests.prose.facts import Fact
from tests.prose.lines import ListReader, Lists
from tests.publish.reading import NUMBER
from tests.publish.truth import Truth

from varddialog.assessment.assess import Assessment, assess_all
from varddialog.assessment.chance import worth_opening_with
from varddialog.assessment.material import Material
from varddialog.config import Project
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Area, Dimension
from varddialog.model.units import Unit
from varddialog.prose import area, overall

NEWEST = 2025


@dataclass(frozen=True)
class Whole:
    """The whole country's assessments, and the store to hold them against."""

    catalogue: Catalogue
    truth: Truth
    found: dict[tuple[str, int], list[Assessment]]

    def of(self, unit: Unit, dimension: Dimension) -> list[Assessment]:
        return [a for a in self.found[unit.code, dimension.number] if a.result]

    def facts(self, unit: Unit, assessments: list[Assessment]) -> list[Fact]:
        exported = [a.as_dict() for a in assessments]
        indicators = self.catalogue.indicators
        return [Fact(self.truth, indicators[told["indicator"]], unit.code, NEWEST, told) for told in exported]

    def areas(self, unit: Unit) -> Iterator[tuple[Area, list[Assessment], int]]:
        """Each area with its assessments, and how many of its indicators have no value."""
        for dimension in self.catalogue.framework.dimensions:
            there = self.of(unit, dimension)
            for leaf in dimension.leaves():
                if leaf.grouping is None:
                    own = [i for i in self.catalogue.areas.get(leaf.slug, ()) if i.duplicate_of is None]
                    ids = {i.id for i in own}
                    inside = [a for a in there if a.indicator.id in ids]
                    empty = [i for i in own if i.gap or not self.truth.sexes(i, unit.code)]
                    yield leaf, inside, len(empty)

    def lacking(self, unit: Unit, dimension: Dimension) -> dict[str, tuple[str, int]]:
        """Area → name and how many indicators others have whole values for, but not the unit."""
        found = {}
        for leaf in dimension.leaves():
            own = [i for i in self.catalogue.areas.get(leaf.slug, ()) if not (i.gap or i.duplicate_of)]
            without = [i for i in own if not self.truth.sexes(i, unit.code)]
            found[leaf.slug] = leaf.name, sum(any(not o.grouping for o in self.truth.rows(i)) for i in without)
        return found

    def lists(self, unit: Unit, dimension: Dimension) -> tuple[ListReader, Lists]:
        """A report's lists, and who can read them."""
        there, missing = self.of(unit, dimension), self.lacking(unit, dimension)
        holes = [(name, slug, count) for slug, (name, count) in missing.items()]
        said = overall.lists(there, worth_opening_with(there), unit, holes)
        facts = self.facts(unit, there)
        by_anchor = {a.result.anchor: f for a, f in zip(there, facts, strict=True) if a.result}
        return ListReader(unit, by_anchor, missing), said


@pytest.fixture(scope="module")
def whole(project: Project, catalogue: Catalogue) -> Whole:
    material = Material.read(catalogue.indicators.values(), Store.of(project), NEWEST)
    found = {
        (unit.code, dimension.number): assess_all(catalogue.of_dimension(dimension), unit, material)
        for unit in catalogue.units.all
        for dimension in catalogue.framework.dimensions
    }
    return Whole(catalogue, Truth(project, catalogue), found)


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
