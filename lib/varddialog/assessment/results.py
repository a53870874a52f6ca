"""One indicator for one unit, described: value, history, Riket and the regions, always of the same year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Literal

from varddialog.assessment.points import Point, Remark
from varddialog.assessment.regions import Field, RegionSeries
from varddialog.assessment.targets import TargetResult, target_result
from varddialog.data.rows import ForeignValue, Observation, RemarkRow
from varddialog.model.indicator import Indicator
from varddialog.model.units import NATION, Unit
from varddialog.statistics.robust import Spread, robust_spread

# how far behind the newest figures a value may lie and still speak of today (methods: stale after three years)
STALE_YEARS = 3
PANDEMIC = (2020, 2021)

_GRAVITY = {"upplysning": 0, "osannolikt": 1, "fel": 2}
_SWEDEN, _EU = ("SE", "SWE"), "EU27_2020"

Observed = tuple[str, int, str, str]  # region, year, period, sex
State = Literal["aktuell", "historisk", "gammal"]


@dataclass(frozen=True)
class Foreign:
    """The international counterpart: the same year's values, or the nearest earlier year's."""

    series: str
    match: str
    note: str | None
    year: int
    sweden: float
    reference: float
    reference_name: str
    countries: int


@dataclass(frozen=True)
class Result:
    """One indicator × unit × sex. Lists are in time order."""

    indicator: Indicator
    unit: Unit
    sex: str
    points: tuple[Point, ...]
    nation: dict[str, Point]
    regions: dict[str, dict[str, float]]  # when → region code → value, questioned values left out
    questioned: dict[str, int]  # when → how many regions' values a remark leaves out
    series: RegionSeries  # the regions' own points, for what needs more than their values
    state: State
    targets: tuple[TargetResult, ...] = ()
    foreign: Foreign | None = None
    remarks: tuple[Remark, ...] = ()
    only_sex: bool = False  # the indicator has no value for both sexes together

    @property
    def latest(self) -> Point:
        return self.points[-1]

    @property
    def nation_now(self) -> Point | None:
        """Riket at the same time as the unit's latest value, never another year."""
        return self.nation.get(self.latest.when)

    @property
    def regions_now(self) -> dict[str, float]:
        return self.regions.get(self.latest.when, {})

    @property
    def field(self) -> Field:
        """The regions that may be compared with the latest value, with their uncertainty."""
        return self.series.at(self.latest.when)

    @property
    def spread(self) -> Spread | None:
        """The regions at the same time as the latest value; None when fewer than three report."""
        values = list(self.regions_now.values())
        return Spread.of(values) if len(values) >= 3 else None

    @property
    def difference(self) -> float | None:
        """The unit minus Riket, in the indicator's unit; None for Riket itself or when Riket is missing."""
        if self.unit.is_nation or self.nation_now is None:
            return None
        return self.latest.value - self.nation_now.value

    @property
    def distance(self) -> float | None:
        """The difference from Riket turned so that plus is better, in robust spreads of the regions.

        A way to put indicators with different units in order, not a test of certainty. None for
        what must not be judged: neutral or historic indicators, flagged values, few regions.
        """
        scale = robust_spread(list(self.regions_now.values()))
        judged = self.indicator.turn and self.state == "aktuell" and not self.is_flagged
        if not judged or self.difference is None or scale == 0 or len(self.regions_now) < 10:
            return None
        return self.indicator.turn * self.difference / scale

    @property
    def is_flagged(self) -> bool:
        """The latest value, or Riket's beside it, carries a remark that stops assessment."""
        return any(p is not None and p.is_questioned for p in (self.latest, self.nation_now))

    @property
    def meets_pandemic(self) -> bool:
        """Whether yearly values of what care does or achieves span 2020 and 2021, when care was disturbed."""
        years = {p.year for p in self.points}
        return self.indicator.period.kind == "år" and self.indicator.kind != "struktur" and years >= set(PANDEMIC)

    @property
    def anchor(self) -> str:
        """The address of this result in a report."""
        ending = {"K": "-kvinnor", "M": "-man"}.get(self.sex, "") if self.only_sex else ""
        return self.indicator.slug + ending

    @property
    def row(self) -> str:
        """The address of the unit's row on the indicator's page: its name, and the sex where each has a table."""
        return self.unit.slug + self.anchor.removeprefix(self.indicator.slug)


class Country:
    """One indicator for the whole country, put in order once, so that each unit's result is cheap to make.

    observations: all units' rows of the indicator. remarks: its quality remarks. international: its
    counterpart's values.
    """

    def __init__(
        self,
        indicator: Indicator,
        observations: Sequence[Observation],
        remarks: Sequence[RemarkRow],
        international: Sequence[ForeignValue],
    ) -> None:
        self.indicator, self.remarks, self.international = indicator, remarks, international
        self._by_sex: dict[str, dict[str, list[Point]]] = {}
        flagged = _flags(remarks)
        for o in sorted((o for o in observations if not o.grouping), key=lambda o: (o.region, o.when)):
            self._by_sex.setdefault(o.sex, {}).setdefault(o.region, []).append(_point(o, flagged))
        self._spread = {sex: _regions(by_region) for sex, by_region in self._by_sex.items()}
        self._series = {sex: RegionSeries(indicator, by_region) for sex, by_region in self._by_sex.items()}

    def results(self, unit: Unit, newest_year: int) -> list[Result]:
        """The indicator for the unit: one result, or one for each sex when no total exists.

        Empty when the unit has no value for the whole population.
        """
        present = [sex for sex in ("T", "K", "M") if unit.code in self._by_sex.get(sex, {})]
        return [self._result(unit, sex, newest_year, present) for sex in (["T"] if "T" in present else present)]

    def _result(self, unit: Unit, sex: str, newest_year: int, present: Sequence[str]) -> Result:
        by_region = self._by_sex[sex]
        points, indicator = by_region[unit.code], self.indicator
        nation = {p.when: p for p in by_region.get(NATION, [])}
        regions, questioned = self._spread[sex]
        if indicator.is_count:
            nation, regions, questioned = {}, {}, {}
        return Result(
            indicator=indicator,
            unit=unit,
            sex=sex,
            points=tuple(points),
            nation=nation,
            regions=regions,
            questioned=questioned,
            series=self._series[sex],
            state=_state(indicator, points[-1].year, newest_year),
            targets=tuple(target_result(t, indicator.turn, points[-1]) for t in indicator.targets),
            foreign=_foreign(indicator, points[-1].year, self.international),
            remarks=_unit_remarks(self.remarks, unit, points[-1].year),
            only_sex="T" not in present and indicator.population == "alla",
        )


def _point(o: Observation, flagged: dict[Observed, Remark]) -> Point:
    """The observation with the gravest of its own remark and the one that questions the whole year."""
    found = [flagged.get((o.region, o.year, o.period, o.sex)), flagged.get(("", o.year, "", ""))]
    remark = max((r for r in found if r), key=lambda r: _GRAVITY[r.level], default=None)
    return Point(o.when, o.year, o.value, o.low, o.high, remark, o.numerator, o.denominator)


def _regions(by_region: dict[str, list[Point]]) -> tuple[dict[str, dict[str, float]], dict[str, int]]:
    """The regions' values by time, and how many values at each time a remark leaves out."""
    values: dict[str, dict[str, float]] = {}
    left_out: dict[str, int] = {}
    for code, points in by_region.items():
        if code == NATION or len(code) != len(NATION):  # Riket, municipalities
            continue
        for point in points:
            if point.is_questioned:
                left_out[point.when] = left_out.get(point.when, 0) + 1
            else:
                values.setdefault(point.when, {})[code] = point.value
    return values, left_out


def _state(indicator: Indicator, year: int, newest_year: int) -> State:
    if indicator.discontinued is not None:
        return "historisk"
    return "gammal" if newest_year - year > STALE_YEARS else "aktuell"


def _flags(remarks: Sequence[RemarkRow]) -> dict[Observed, Remark]:
    """Remarks on single observations, and grave ones on one year of all units; the gravest last so that it wins."""
    single = [r for r in remarks if not r.grouping and (r.region or (r.year and r.level != "upplysning"))]
    ordered = sorted(single, key=lambda r: _GRAVITY[r.level])
    return {(r.region, r.year, r.period, r.sex): Remark(r.check, r.level, r.reason) for r in ordered}


def _unit_remarks(remarks: Sequence[RemarkRow], unit: Unit, year: int) -> tuple[Remark, ...]:
    """What a reader of this unit ought to know: on the series, on the year shown, on the unit's own values."""
    about = [r for r in remarks if not r.grouping and (r.region == unit.code or (not r.region and r.year in (0, year)))]
    return tuple(dict.fromkeys(Remark(r.check, r.level, r.reason) for r in about))


def _foreign(indicator: Indicator, year: int, values: Sequence[ForeignValue]) -> Foreign | None:
    """Sweden and the reference (EU27, otherwise the median of the countries) for `year` or the latest before it."""
    if indicator.international is None:
        return None
    years = [v.year for v in values if v.country in _SWEDEN and v.year <= year]
    if not years:
        return None
    latest = max(years)
    now = {v.country: v.value for v in values if v.year == latest}
    others = [value for country, value in now.items() if country not in (*_SWEDEN, _EU)]
    in_eu = _EU in now
    return Foreign(
        series=indicator.international.series,
        match=indicator.international.match,
        note=indicator.international.note,
        year=latest,
        sweden=next(now[c] for c in _SWEDEN if c in now),
        reference=now[_EU] if in_eu else median(others),
        reference_name="EU27" if in_eu else f"medianen för {len(others)} andra länder",
        countries=len(others),
    )
