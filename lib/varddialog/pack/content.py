"""What there is to show: an area's results and what it lacks, and the lists that open a report."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from varddialog.assessment.groups import grouped_only
from varddialog.assessment.material import Material
from varddialog.assessment.results import Result
from varddialog.figures.sheet import Drawing
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit

# heading → name, address and words of each line
Lists = Sequence[tuple[str, Sequence[tuple[str, str, str]]]]


@dataclass(frozen=True)
class Line:
    """One line of a list: what it is about, where it leads, and its words."""

    name: str
    href: str
    words: str


@dataclass(frozen=True)
class OverviewSheet:
    """The overview on one printed sheet: current rows by area, their key, and the indicators that are left out."""

    drawings: list[Drawing]
    key: Drawing
    left_out: list[Indicator]


@dataclass
class AreaContent:
    """What there is to show in one area."""

    results: list[Result] = field(default_factory=list)
    gaps: list[Indicator] = field(default_factory=list)  # no figures anywhere yet
    missing: list[Indicator] = field(default_factory=list)  # figures, but not for this unit
    split_only: list[Indicator] = field(default_factory=list)  # figures by group only
    duplicates: list[Indicator] = field(default_factory=list)  # the same series under another name

    @classmethod
    def of(cls, indicators: Iterable[Indicator], unit: Unit, material: Material) -> AreaContent:
        """The indicators sorted by what there is of each for the unit, in their order."""
        content = cls()
        for indicator in indicators:
            if indicator.gap is not None:
                content.gaps.append(indicator)
            elif indicator.duplicate_of is not None:
                content.duplicates.append(indicator)
            elif found := material.results(indicator, unit):
                content.results.extend(found)
            elif grouped_only(material.observations.get(indicator.id, [])):
                content.split_only.append(indicator)
            else:
                content.missing.append(indicator)
        return content

    @property
    def without(self) -> int:
        """How many indicators have no value to show here."""
        return len(self.gaps) + len(self.missing) + len(self.split_only)
