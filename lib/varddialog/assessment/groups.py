"""Differences between population groups, from every split that the store holds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

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
    indicators: Iterable[Indicator], grouping: Grouping, unit: Unit, nation: Unit, observations: pd.DataFrame
) -> list[Comparison]:
    """Every indicator split by `grouping`, for the unit; for Riket where the unit has no such figures.

    observations: rows of all the indicators, for the unit and Riket (data/schema.py).
    """
    ordered = [i for i in indicators if i.duplicate_of is None]
    by_sex = (observations["grouping"] == "") & observations["sex"].isin(["K", "M"])
    by_group = (observations["grouping"] == grouping) & (observations["sex"] == "T")
    split = observations[by_sex if grouping == "kön" else by_group]
    if grouping == "kön":
        split = split.assign(group=split["sex"].map(SEXES))
    by_unit = {key: rows for key, rows in split.groupby(["indicator", "region"])}
    families: dict[str, list[Indicator]] = {}
    found = []
    for indicator in ordered:
        if indicator.part and indicator.part.grouping == grouping:
            families.setdefault(indicator.part.family, []).append(indicator)
        for candidate in (unit, nation):
            rows = by_unit.get((indicator.id, candidate.code))
            if rows is not None and (made := _comparison(indicator.name, indicator, grouping, candidate, rows)):
                found.append(made)
                break
    members_of_any = {member.id for members in families.values() for member in members}
    whole = observations[(observations["grouping"] == "") & observations["indicator"].isin(members_of_any)]
    for family, members in families.items():
        parts = []
        for member in members:
            rows = whole[(whole["indicator"] == member.id) & (whole["region"] == unit.code)]
            if len(rows) and member.part is not None:
                parts.append(rows.assign(group=capital(member.part.group)))
        if parts and (made := _comparison(family, members[0], grouping, unit, pd.concat(parts))):
            found.append(made)
    return found


def _comparison(
    title: str, indicator: Indicator, grouping: Grouping, unit: Unit, rows: pd.DataFrame
) -> Comparison | None:
    """The latest time at which at least two groups have a value; None when there is none."""
    when = rows["period"].where(rows["period"] != "", rows["year"].astype(str))
    rows = rows.assign(when=when)
    counts = rows.groupby("when")["group"].nunique()
    usable = counts[counts == counts.max()].index if len(counts) else []
    if not len(usable) or counts.max() < 2:
        return None
    latest = max(usable)
    values = []
    for group, part in rows.groupby("group"):
        now = part[part["when"] == latest]
        if len(now) == 1:
            row = now.iloc[0]
            history = {str(w): float(v) for w, v in zip(part["when"], part["value"], strict=True)}
            interval = [None if pd.isna(row[c]) else float(row[c]) for c in ("low", "high")]
            values.append(
                GroupValue(group_label(str(group)), float(row["value"]), interval[0], interval[1], dict(sorted(history.items())))
            )
    values.sort(key=lambda v: group_order(v.group))
    return Comparison(title, indicator, grouping, unit, str(latest), tuple(values))


def grouped_only(observations: pd.DataFrame) -> bool:
    """Whether an indicator exists only split by group, and so belongs in the fourth report alone."""
    return bool(len(observations)) and bool((observations["grouping"] != "").all())


def nation_only(comparisons: Iterable[Comparison]) -> bool:
    """Whether every comparison shows Riket, because the region has no such figures."""
    return all(c.unit.code == NATION for c in comparisons)
