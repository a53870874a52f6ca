"""Cells of a table put together to rows of the store: sums, shares, intervals, groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from varddialog.data.rows import Observation
from varddialog.data.sources.answers import Untrusted
from varddialog.data.sources.jsonstat import Cube
from varddialog.data.sources.tables import Asked
from varddialog.model.live import Sexes


class Key(NamedTuple):
    """What one row is about."""

    region: str
    year: int
    sex: str
    group: str


@dataclass
class _Sum:
    """A sum of cells; with a cell missing there is none."""

    total: float = 0.0
    known: int = 0
    missing: int = 0

    def add(self, value: float | None) -> None:
        if value is None:
            self.missing += 1
        else:
            self.total, self.known = self.total + value, self.known + 1

    @property
    def value(self) -> float | None:
        return None if self.missing or not self.known else self.total


@dataclass
class Rows:
    """broken: rows that lack a value because some of what is summed is missing, though not all."""

    rows: list[Observation] = field(default_factory=list)
    broken: list[Key] = field(default_factory=list)


def rows(series: str, asked: Asked, block: Mapping[str, Sequence[str]], cube: Cube) -> Rows:
    """The rows that a block of cells makes; a missing value makes none.

    Raises SourceError when the cube is not the one that was asked for.
    """
    _check(block, cube)
    sums: dict[Key, dict[str, _Sum]] = {}
    for where, value, _mark in cube.cells():
        own = sums.setdefault(_key(asked, where), {})
        for slot in _slots(asked, where):
            own.setdefault(slot, _Sum()).add(value)
    made = Rows()
    grouping = asked.query.groups.grouping if asked.query.groups else ""
    for key, own in sums.items():
        numbers = _numbers(asked, {slot: one.value for slot, one in own.items()})
        if numbers is not None:
            region, year, sex, group = key
            made.rows.append(Observation(series, region, year, "", sex, grouping, group, *numbers))
        elif any(one.missing and one.known for one in own.values()):
            made.broken.append(key)
    return made


def _check(block: Mapping[str, Sequence[str]], cube: Cube) -> None:
    """Raises SourceError when the answer has other codes than those asked for."""
    for name, codes in block.items():
        if set(cube.demand(name)) != set(codes):
            wrong = sorted(set(codes) ^ set(cube.codes[name]))[:8]
            what = f"Svaret har andra koder i «{name}» än de som efterfrågades ({', '.join(wrong)})."
            raise Untrusted(what, cube.where)
    for name, codes in cube.codes.items():
        if name not in block and len(codes) != 1:
            raise Untrusted(f"Svaret är uppdelat efter «{name}», som inte efterfrågades.", cube.where)


def _key(asked: Asked, where: Mapping[str, str]) -> Key:
    query = asked.query
    region = asked.regions[where[query.region]] if query.region else "00"
    sex = asked.sexes[where[query.sex.variable]] if isinstance(query.sex, Sexes) else asked.only_sex
    group = asked.groups[where[query.groups.variable]] if query.groups else ""
    return Key(region, asked.years[where[query.time]], sex, group)


def _slots(asked: Asked, where: Mapping[str, str]) -> list[str]:
    """What a cell counts towards: the value, a limit, the number of answers, or the sums of a share."""
    if (interval := asked.query.interval) is not None:
        return [asked.slots[where[interval.variable]]]
    if (share := asked.query.share) is not None:
        code = where[share.variable]
        return [slot for slot, codes in (("part", asked.part), ("whole", asked.whole)) if code in codes]
    return ["value"]


def _numbers(
    asked: Asked, sums: Mapping[str, float | None]
) -> tuple[float, float | None, float | None, float | None, float | None] | None:
    """Value, limits, numerator and denominator; None when there is no value."""
    if (share := asked.query.share) is not None:
        part, whole = sums["part"], sums["whole"]
        if part is None or not whole:
            return None
        counts = (part, whole) if share.counts else (None, None)
        return (share.per * part / whole, None, None, *counts)
    value = sums["value"]
    if value is None:
        return None
    return value, sums.get("low"), sums.get("high"), None, sums.get("count")
