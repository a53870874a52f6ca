"""The whole country's assessments beside the store, for the tests that read every sentence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.prose.facts import Fact
from tests.prose.lines import ListReader, Lists
from tests.publish.truth import Series, Truth

from varddialog.assessment.assess import Assessment, assess_all
from varddialog.assessment.chance import worth_opening_with
from varddialog.assessment.material import Material
from varddialog.config import Project
from varddialog.data.rows import Observation
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Area, Dimension
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit
from varddialog.prose import overall

NEWEST = 2025


@dataclass
class Remembering(Truth):
    """The store, with what has been read of each series kept: every sentence asks for it again."""

    _series: dict[tuple[str, str, str], Series] = field(default_factory=dict)
    _doubts: dict[tuple[str, str, str, str], list[str]] = field(default_factory=dict)

    def whole(self, indicator: Indicator, region: str, sex: str) -> Series:
        key = (indicator.id, region, sex)
        if key not in self._series:
            self._series[key] = super().whole(indicator, region, sex)
        return self._series[key]

    def doubts(self, indicator: Indicator, o: Observation) -> list[str]:
        key = (indicator.id, o.region, o.when, o.sex)
        if key not in self._doubts:
            self._doubts[key] = super().doubts(indicator, o)
        return self._doubts[key]


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


def read_whole(project: Project, catalogue: Catalogue) -> Whole:
    """Every unit's assessments in every dimension, without running a notebook."""
    material = Material.read(catalogue.indicators.values(), Store.of(project), NEWEST)
    found = {
        (unit.code, dimension.number): assess_all(catalogue.of_dimension(dimension), unit, material)
        for unit in catalogue.units.all
        for dimension in catalogue.framework.dimensions
    }
    return Whole(catalogue, Remembering(project, catalogue), found)
