"""The values within a region beside its own: its municipalities, its units, and those that it has told of itself.

No class is set on them: few cases in each place make the values uncertain. Small numbers are hidden as everywhere.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from varddialog.assessment.hiding import without_small
from varddialog.assessment.points import Point
from varddialog.assessment.results import Result
from varddialog.data.manifest import WithinSeries
from varddialog.data.rows import Observation, Place
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit

# how many times are shown, and in how many years they are looked for
TIMES = 5
# in the order of the report
KINDS = ("kommun", "enhet", "egen")


@dataclass(frozen=True)
class Inside:
    """One indicator × sex in the places of one kind within a region.

    when: the time that is compared, that of the region's own latest value when there are values of it, otherwise the
    latest. times: those that are shown, in order. values: code of the place → time → value. hidden: place and time of
    values that would point out a few persons. impossible: of values that the unit of measure does not allow.
    """

    indicator: Indicator
    unit: Unit
    sex: str
    kind: str
    origin: WithinSeries
    result: Result | None
    when: str
    times: tuple[str, ...]
    places: tuple[Place, ...]
    values: Mapping[str, Mapping[str, Point]]
    hidden: frozenset[tuple[str, str]]
    impossible: frozenset[tuple[str, str]]

    @property
    def now(self) -> list[tuple[Place, Point]]:
        """The places that have a value at the time that is compared, from the lowest value to the highest."""
        found = [(p, self.values[p.code][self.when]) for p in self.places if self.when in self.values[p.code]]
        return sorted(found, key=lambda one: (one[1].value, one[0].name))

    @property
    def region(self) -> Point | None:
        """The region's own value at the same time, unless it is questioned."""
        points = self.result.points if self.result else ()
        return next((p for p in points if p.when == self.when and not p.is_questioned), None)

    @property
    def nation(self) -> Point | None:
        """Riket at the same time, unless the value is questioned."""
        point = self.result.nation.get(self.when) if self.result else None
        return None if point is None or point.is_questioned else point

    @property
    def anchor(self) -> str:
        """The address of these values in a report."""
        return f"{self.indicator.slug}-inom-{self.kind}-{self.sex.lower()}"


def first_year(series: Sequence[WithinSeries], region: str, results: Iterable[Result]) -> int:
    """The first year of which an indicator's values are needed. series: what there is of it within the region."""
    last = min(one.regions[region].last_year for one in series)
    return min([last - TIMES + 1, *(result.latest.year for result in results)])


def inside(
    indicator: Indicator,
    unit: Unit,
    results: Sequence[Result],
    rows: Sequence[Observation],
    own: Sequence[Observation],
    places: Mapping[str, Place],
    series: Sequence[WithinSeries],
    *,
    values_count: bool,
) -> list[Inside]:
    """What there is to show of one indicator within a region, one for each kind of places and sex.

    rows: their `region` is the place's code. own: the region's own rows. places: the region's, by code. series: the
    indicator's provenance. values_count: the values themselves count persons.
    """
    found = []
    for kind in KINDS:
        mine = [o for o in rows if not o.grouping and places[o.region].kind == kind]
        shown: dict[str, tuple[str, tuple[str, ...]]] = {}
        for sex in ("T", "K", "M"):
            if known := sorted({o.when for o in mine if o.sex == sex}):
                shown[sex] = _times(known, [r for r in results if r.sex == sex])
        every = {when for _, times in shown.values() for when in times}
        mine = [o for o in mine if o.when in every]
        safe = mine if indicator.sample else _safe(mine, own, unit, values_count)
        for sex, (when, times) in shown.items():
            of_sex = [o for o in mine if o.sex == sex and o.when in times]
            impossible = {(o.region, o.when) for o in of_sex if not _allowed(o.value, indicator)}
            here = {(o.region, o.when) for o in safe if o.sex == sex}
            values: dict[str, dict[str, Point]] = {o.region: {} for o in of_sex}
            for o in of_sex:
                if (o.region, o.when) in here - impossible:
                    values[o.region][o.when] = Point(o.when, o.year, o.value, o.low, o.high)
            found.append(
                Inside(
                    indicator=indicator,
                    unit=unit,
                    sex=sex,
                    kind=kind,
                    origin=next(one for one in series if bool(one.own) == (kind == "egen")),
                    result=next((r for r in results if r.sex == sex), None),
                    when=when,
                    times=times,
                    places=tuple(sorted((places[code] for code in values), key=lambda place: place.name)),
                    values=values,
                    hidden=frozenset({(o.region, o.when) for o in of_sex} - here),
                    impossible=frozenset(impossible & here),
                )
            )
    return found


def _times(times: Sequence[str], results: Sequence[Result]) -> tuple[str, tuple[str, ...]]:
    """The time that is compared, and those that are shown."""
    latest = results[0].latest.when if results else ""
    when, newest = latest if latest in times else times[-1], times[-TIMES:]
    return when, (*newest,) if when in newest else (when, *newest)


def _safe(rows: Sequence[Observation], own: Sequence[Observation], unit: Unit, values_count: bool) -> list[Observation]:
    """The rows without those that point out a few persons, alone or together with the region's own."""
    both = [*rows, *(o for o in own if not o.grouping)]
    shown = without_small(both, values_count=values_count, whole=unit.code).observations
    return [o for o in shown if o.region != unit.code]


def _allowed(value: float, indicator: Indicator) -> bool:
    low, high = indicator.unit.low, indicator.unit.high
    return (low is None or value >= low) and (high is None or value <= high)
