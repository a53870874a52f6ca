"""The regions of one indicator at one time: what can be compared, how sure each value is, and how they stand.

Made once for the country and shared by all units, since every region is compared with the same others.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from varddialog.assessment.between_regions import Between, between
from varddialog.assessment.points import Point
from varddialog.assessment.uncertainty import SMALL_DENOMINATOR, Level, uncertainty
from varddialog.model.indicator import Indicator
from varddialog.model.units import NATION
from varddialog.statistics.ranks import RankInterval, rank_intervals

# fewer regions than this are neither ranked nor used to say what is ordinary variation
FEWEST_REGIONS = 10
# from the most certain to the least
LEVELS: tuple[Level, ...] = ("A", "A*", "B", "C")
# limits of a rank are whole numbers, which so many draws settle
_DRAWS = 2_000


@dataclass(frozen=True)
class Field:
    """The regions at one time. points: those that may be compared: not questioned, at least 30 in the denominator.

    errors: the standard errors of those whose uncertainty is known, level: the least certain of them.
    """

    indicator: Indicator
    points: dict[str, Point]
    nation: Point | None
    errors: dict[str, float]
    level: Level

    @property
    def values(self) -> dict[str, float]:
        """Region code → value; empty for counts, for neutral indicators and for fewer than ten regions: no ranking."""
        ranked = self.indicator.turn and not self.indicator.is_count and len(self.points) >= FEWEST_REGIONS
        return {code: point.value for code, point in self.points.items()} if ranked else {}

    @cached_property
    def ranks(self) -> dict[str, RankInterval]:
        """Rank among the regions with a 95 % interval; empty unless all that are ranked have a known uncertainty."""
        values = self.values
        if not values or self.errors.keys() != values.keys():
            return {}
        codes = sorted(values)
        found = rank_intervals(
            [values[c] for c in codes],
            [self.errors[c] for c in codes],
            high_is_good=self.indicator.turn > 0,
            draws=_DRAWS,
        )
        return dict(zip(codes, found, strict=True))

    @cached_property
    def between(self) -> Between | None:
        """How much the regions vary beyond chance, and which lie outside what that explains."""
        if self.indicator.is_count or self.nation is None or self.nation.is_questioned:
            return None
        codes = [code for code in sorted(self.points) if code in self.errors]
        if len(codes) < FEWEST_REGIONS:
            return None
        points = {code: self.points[code] for code in codes}
        return between(self.indicator, points, self.errors, self.nation.value)


class RegionSeries:
    """All regions' points of one indicator and sex."""

    def __init__(self, indicator: Indicator, by_region: Mapping[str, Sequence[Point]]) -> None:
        self._indicator, self._by_region = indicator, by_region
        self._fields: dict[str, Field] = {}

    def at(self, when: str) -> Field:
        """The regions as they were known at that time, with nothing of what came later."""
        if when not in self._fields:
            self._fields[when] = self._field(when)
        return self._fields[when]

    def _field(self, when: str) -> Field:
        points, errors, levels = {}, {}, set[Level]()
        for code, series in self._by_region.items():
            known = [p for p in series if p.when <= when]
            if len(code) != len(NATION) or code == NATION or not known or known[-1].when != when:
                continue
            now = known[-1]
            if now.is_questioned or (now.denominator is not None and now.denominator < SMALL_DENOMINATOR):
                continue
            points[code] = now
            unsure = uncertainty(self._indicator, known)
            if unsure.error is not None:
                errors[code] = unsure.error
                levels.add(unsure.level)
        nation = next((p for p in self._by_region.get(NATION, ()) if p.when == when), None)
        return Field(self._indicator, points, nation, errors, max(levels, key=LEVELS.index, default="C"))
