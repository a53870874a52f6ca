"""What one report reads of params/ and the store: nothing else can change it. The batch's fingerprints are made of it.

It stands beside `ground`, which reads everything once, and not with the packs, whose import costs a second. A test
changes figures and definitions one at a time and opens every pack, so what is missing here is found.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from varddialog.assessment.likeness import LIKENESS
from varddialog.data.manifest import Manifest
from varddialog.model.catalogue import Catalogue
from varddialog.model.focus import FocusArea
from varddialog.model.framework import Dimension
from varddialog.model.indicator import Indicator
from varddialog.model.units import NATION, Unit

T = TypeVar("T")


@dataclass(frozen=True)
class Reads:
    """Ids, in the order of the catalogue.

    definitions: indicators. series: series of which the ungrouped rows of all units are read, since a region's value
    stands as a dot in every unit's figure. groups: series and unit, where grouped rows are read. sources: series whose
    remarks and origin are told. abroad: international series. within: series and unit, where there are values of the
    unit's municipalities or units. across: whether indicators of all dimensions are shown.
    """

    definitions: tuple[str, ...]
    series: tuple[str, ...]
    groups: tuple[tuple[str, str], ...]
    sources: tuple[str, ...]
    abroad: tuple[str, ...]
    within: tuple[tuple[str, str], ...]
    across: bool

    def beside(self, other: Reads) -> Reads:
        """What is read for both, each thing once."""

        def both(mine: tuple[T, ...], theirs: tuple[T, ...]) -> tuple[T, ...]:
            return tuple(dict.fromkeys([*mine, *theirs]))

        return Reads(
            definitions=both(self.definitions, other.definitions),
            series=both(self.series, other.series),
            groups=both(self.groups, other.groups),
            sources=both(self.sources, other.sources),
            abroad=both(self.abroad, other.abroad),
            within=both(self.within, other.within),
            across=self.across or other.across,
        )


def reads(dimension: Dimension, unit: Unit, catalogue: Catalogue, manifest: Manifest) -> Reads:
    """What the report of the unit and dimension is made of, besides the framework, the units and the cycle."""
    own = catalogue.of_dimension(dimension)
    context = list(catalogue.areas.get(catalogue.framework.context.slug, ()))
    across = any(leaf.grouping for leaf in dimension.leaves())
    # the opening and the scrap tell of the context in every report
    series, groups = {i.id for i in (*own, *context)}, {(i.id, unit.code) for i in own}
    sources = set(series)
    if dimension.with_context:
        groups |= {(i.id, unit.code) for i in context}
    if across:
        for i in catalogue.indicators.values():
            here = _split_for(i, unit, manifest)
            if here or _split_for(i, catalogue.units.nation, manifest):
                groups |= {(i.id, unit.code), (i.id, NATION)}
                sources.add(i.id)
            # a split that is graded is measured by the spread of the regions; sexes and parts are ungrouped rows
            if here:
                series.add(i.id)
        if unit.is_nation:
            graded = [d for d in catalogue.framework.dimensions if d.graded_by_region]
            series |= {i.id for d in graded for i in catalogue.of_dimension(d)}
    everything = list(catalogue.indicators.values())
    for i in everything:
        if i.derived is not None and i.id in series:
            series |= {i.derived.numerator, i.derived.denominator}
    sources |= series
    # a series that another is computed from is a count, and its small numbers are hidden as counts
    counting = {i.id for i in everything if i.derived is not None and i.derived.numerator in sources}
    shown = [i for i in everything if i.id in sources | counting]
    inside = manifest.inside(unit.code)
    return Reads(
        definitions=tuple(i.id for i in shown),
        series=tuple(i.id for i in shown if i.id in series),
        groups=tuple((i.id, code) for i in shown for code in sorted({unit.code, NATION}) if (i.id, code) in groups),
        sources=tuple(i.id for i in shown if i.id in sources),
        abroad=tuple(dict.fromkeys(i.international.series for i in own if i.international)),
        within=tuple((i.id, unit.code) for i in own if i.id in inside),
        across=across,
    )


def reads_of(ids: Iterable[str], catalogue: Catalogue, manifest: Manifest) -> Reads:
    """What is read where some indicators (ids) are assessed for every region, and nothing is split by group."""
    asked = set(ids)
    known = catalogue.indicators
    asked |= {part for i in asked if (d := known[i].derived) for part in (d.numerator, d.denominator)}
    counting = {i.id for i in known.values() if i.derived is not None and i.derived.numerator in asked}
    shown = [i.id for i in known.values() if i.id in asked | counting]
    series = tuple(i for i in shown if i in asked)
    abroad = tuple(dict.fromkeys(known[i].international.series for i in shown if known[i].international))  # type: ignore[union-attr]
    return Reads(tuple(shown), series, (), series, abroad, (), across=False)


def reads_focus(focus: FocusArea, unit: Unit, catalogue: Catalogue, manifest: Manifest) -> Reads:
    """What the focus sheet of the unit is made of, besides the framework, the units, the cycle and the records.

    Each indicator's values for all regions, its splits for the unit and for Riket, which stands in where the unit has
    none, and for a region the three series that say which others are like it.
    """
    own = [catalogue.indicators[key] for key in focus.indicators]
    alike = () if unit.is_nation else tuple(key for key in LIKENESS if key in catalogue.indicators)
    same = [i.duplicate_of for i in own if i.duplicate_of]  # named beside the one that is left out
    read = reads_of([*focus.indicators, *same, *alike], catalogue, manifest)
    shown = {i.id for i in own}
    return replace(
        read,
        groups=tuple((key, code) for key in read.series if key in shown for code in sorted({unit.code, NATION})),
        abroad=tuple(dict.fromkeys(i.international.series for i in own if i.international)),
        across=True,
    )


def _split_for(indicator: Indicator, unit: Unit, manifest: Manifest) -> bool:
    """Whether the store may hold the indicator by group or sex for the unit, or it is one group of several itself."""
    known = manifest.series.get(indicator.id)
    return bool(indicator.part) or (known is not None and (known.by_sex or unit.code in known.group_digests))
