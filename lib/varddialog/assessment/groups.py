"""Differences between population groups, from every split that the store holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from varddialog.data.rows import Observation
from varddialog.model.groups import SEXES, group_label, group_order
from varddialog.model.indicator import Grouping, Indicator
from varddialog.model.units import NATION, Unit
from varddialog.swedish import capital


@dataclass(frozen=True)
class GroupValue:
    """One group's latest value, with the publisher's interval when there is one, and its history."""

    group: str
    value: float
    low: float | None
    high: float | None
    history: dict[str, float]
    limits: dict[str, tuple[float, float]] = field(default_factory=dict)  # the published interval at each time


@dataclass(frozen=True)
class Comparison:
    """An indicator split by one grouping, for one unit, all groups at the same time (`when`)."""

    title: str
    indicator: Indicator
    grouping: Grouping
    unit: Unit
    when: str
    values: tuple[GroupValue, ...]

    @property
    def heading(self) -> str:
        """The title with what it is split by, unless that is sex."""
        return self.title if self.grouping == "kön" else f"{self.title} efter {self.grouping}"

    @property
    def gap(self) -> float:
        """Highest minus lowest group, in the indicator's unit (for percent: percentage points)."""
        return self.highest.value - self.lowest.value

    @property
    def has_history(self) -> bool:
        """Whether the groups can be followed: all have a value at three times that may be compared."""
        return len(self.shared) >= 3

    @property
    def shared(self) -> list[str]:
        """Times when all groups have a value, since the last break in the series."""
        since = max((b.year for b in self.indicator.breaks), default=0)
        common = set.intersection(*(set(v.history) for v in self.values))
        return sorted(when for when in common if int(when[:4]) >= since)

    @property
    def highest(self) -> GroupValue:
        return max(self.values, key=lambda v: v.value)

    @property
    def lowest(self) -> GroupValue:
        return min(self.values, key=lambda v: v.value)

    @property
    def has_intervals(self) -> bool:
        return all(v.low is not None and v.high is not None for v in self.values)

    @property
    def apart(self) -> bool | None:
        """Whether the highest and lowest groups' published intervals are apart; None without intervals.

        Intervals that are apart mean a difference that chance hardly explains. Overlapping ones are
        a stricter test than 5 %, so they are only ever called "not certain", never "no difference".
        """
        if self.lowest.high is None or self.highest.low is None:
            return None
        return self.lowest.high < self.highest.low

    @property
    def anchor(self) -> str:
        return f"{self.indicator.slug}-{self.grouping.replace('ö', 'o').replace('å', 'a')}"


def comparisons(
    indicators: Iterable[Indicator],
    grouping: Grouping,
    unit: Unit,
    nation: Unit,
    observations: dict[str, list[Observation]],
) -> list[Comparison]:
    """Every indicator split by `grouping`, for the unit; for Riket where the unit has no such figures.

    observations: each indicator's rows, for the unit and Riket.
    """
    ordered = [i for i in indicators if i.duplicate_of is None]
    families: dict[str, list[Indicator]] = {}
    found = []
    for indicator in ordered:
        if indicator.part and indicator.part.grouping == grouping:
            families.setdefault(indicator.part.family, []).append(indicator)
        rows = observations.get(indicator.id, [])
        for candidate in (unit, nation):
            split = list(_split((o for o in rows if o.region == candidate.code), grouping))
            if made := _comparison(indicator.name, indicator, grouping, candidate, split):
                found.append(made)
                break
    for family, members in families.items():
        split = [
            (capital(member.part.group), o)
            for member in members
            for o in observations.get(member.id, [])
            if member.part is not None and o.region == unit.code and not o.grouping
        ]
        if made := _comparison(family, members[0], grouping, unit, split):
            found.append(made)
    return found


def _split(rows: Iterable[Observation], grouping: Grouping) -> Iterator[tuple[str, Observation]]:
    """Each row that tells of one group, with the group's name."""
    for o in rows:
        if grouping == "kön":
            if not o.grouping and o.sex in ("K", "M"):
                yield SEXES[o.sex], o
        elif o.grouping == grouping and o.sex == "T":
            yield group_label(o.group), o


def _comparison(
    title: str, indicator: Indicator, grouping: Grouping, unit: Unit, split: Sequence[tuple[str, Observation]]
) -> Comparison | None:
    """The groups at the latest time when the most of them have a value; None for fewer than two groups."""
    by_time: dict[str, dict[str, Observation]] = {}
    for group, o in split:
        by_time.setdefault(o.when, {})[group] = o
    most = max((len(groups) for groups in by_time.values()), default=0)
    if most < 2:
        return None
    latest = max(when for when, groups in by_time.items() if len(groups) == most)
    values = []
    for group in sorted(by_time[latest], key=group_order):
        now = by_time[latest][group]
        history = {when: by_time[when][group].value for when in sorted(by_time) if group in by_time[when]}
        known = {when: by_time[when][group] for when in history}
        limits = {w: (o.low, o.high) for w, o in known.items() if o.low is not None and o.high is not None}
        values.append(GroupValue(group, now.value, now.low, now.high, history, limits))
    return Comparison(title, indicator, grouping, unit, latest, tuple(values))


def grouped_only(observations: Sequence[Observation]) -> bool:
    """Whether an indicator exists only split by group, and so belongs in the fourth report alone."""
    return bool(observations) and all(o.grouping for o in observations)


def nation_only(comparisons: Iterable[Comparison]) -> bool:
    """Whether every comparison shows Riket, because the region has no such figures."""
    return all(c.unit.code == NATION for c in comparisons)
