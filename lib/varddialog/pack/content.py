"""What there is to show: an area's results and what it lacks, and the lists that open a report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from varddialog.assessment.results import Result
from varddialog.figures.sheet import Drawing
from varddialog.model.indicator import Indicator

# heading → name, address and words of each line
Lists = Sequence[tuple[str, Sequence[tuple[str, str, str]]]]


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

    @property
    def without(self) -> int:
        """How many indicators have no value to show here."""
        return len(self.gaps) + len(self.missing) + len(self.split_only)
