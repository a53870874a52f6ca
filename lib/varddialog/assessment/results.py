"""One indicator for one unit, described: value, history, Riket and the spread of the regions, always of the same year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from varddialog.model.indicator import Indicator, Target
from varddialog.model.units import NATION, Unit
from varddialog.statistics.robust import Spread, robust_spread

# how far behind the newest figures a value may lie and still speak of today (methods: stale after three years)
STALE_YEARS = 3

State = Literal["aktuell", "historisk", "gammal"]
Standing = Literal["högre", "lägre", "kan inte skiljas", "beskrivande"]
Reached = Literal["nådd", "inte nådd"]


@dataclass(frozen=True)
class Remark:
    """A quality remark: its kind, how grave it is (fel, osannolikt, upplysning) and the reason in Swedish."""

    check: str
    level: str
    reason: str

    @property
    def stops_assessment(self) -> bool:
        return self.level != "upplysning"


@dataclass(frozen=True)
class Point:
    """One value in time. `when` is the year, or year and month (`2026-06`)."""

    when: str
    year: int
    value: float
    low: float | None = None
    high: float | None = None
    remark: Remark | None = None


@dataclass(frozen=True)
class TargetResult:
    """A target level and whether the value as such reaches it; None when it cannot be told."""

    target: Target
    reached: Reached | None
    gap: float | None


@dataclass(frozen=True)
class Foreign:
    """The international counterpart: the same year's values, or the nearest earlier year's."""

    series: str
    match: str
    note: str | None
    year: int
    sweden: float | None
    reference: float | None
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
    state: State
    targets: tuple[TargetResult, ...] = ()
    foreign: Foreign | None = None
    remarks: tuple[Remark, ...] = ()
    only_sex: bool = field(default=False)  # the indicator has no value for both sexes together

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
        points = [self.latest, self.nation_now]
        return any(p is not None and p.remark is not None and p.remark.stops_assessment for p in points)

    @property
    def standing(self) -> Standing:
        """Against Riket. Only a published interval allows more than a description."""
        if self.difference is None or self.latest.low is None or self.latest.high is None or self.is_flagged:
            return "beskrivande"
        assert self.nation_now is not None
        if self.latest.low > self.nation_now.value:
            return "högre"
        if self.latest.high < self.nation_now.value:
            return "lägre"
        return "kan inte skiljas"

    @property
    def anchor(self) -> str:
        """The address of this result in a report."""
        ending = {"K": "-kvinnor", "M": "-man"}.get(self.sex, "") if self.only_sex else ""
        return self.indicator.slug + ending


def results(
    indicator: Indicator,
    unit: Unit,
    observations: pd.DataFrame,
    remarks: pd.DataFrame,
    international: pd.DataFrame,
    newest_year: int,
) -> list[Result]:
    """The indicator for the unit: one result, or one for each sex when no total exists.

    observations: all regions' rows of the indicator (data/schema.py). remarks: its quality remarks.
    Empty when the unit has no value for the whole population.
    """
    whole = observations[observations["grouping"] == ""]
    present = set(whole.loc[whole["region"] == unit.code, "sex"])
    sexes = ["T"] if "T" in present else [s for s in ("K", "M") if s in present]
    flagged = _flags(remarks)
    found = []
    for sex in sexes:
        rows = whole[whole["sex"] == sex]
        when = rows["period"].where(rows["period"] != "", rows["year"].astype(str))
        by_region = {str(code): part for code, part in rows.assign(when=when).groupby("region", sort=True)}
        points = _points(by_region[unit.code], flagged)
        nation = {p.when: p for p in _points(by_region[NATION], flagged)} if NATION in by_region else {}
        regions, questioned = _regions(by_region, flagged)
        if indicator.is_count:
            nation, regions, questioned = {}, {}, {}
        about = [r for r in _unit_remarks(remarks, unit, points[-1].year)]
        found.append(
            Result(
                indicator=indicator,
                unit=unit,
                sex=sex,
                points=tuple(points),
                nation=nation,
                regions=regions,
                questioned=questioned,
                state=_state(indicator, points[-1].year, newest_year),
                targets=tuple(_target(t, points[-1]) for t in indicator.targets),
                foreign=_foreign(indicator, points[-1].year, international),
                remarks=tuple(about),
                only_sex="T" not in present and indicator.population == "alla",
            )
        )
    return found


def _regions(
    by_region: dict[str, pd.DataFrame], flagged: dict[tuple[str, int, str, str], Remark]
) -> tuple[dict[str, dict[str, float]], dict[str, int]]:
    """The regions' values by time, and how many values at each time a remark leaves out."""
    values: dict[str, dict[str, float]] = {}
    left_out: dict[str, int] = {}
    for code, part in by_region.items():
        if code == NATION:
            continue
        for when, year, period, sex, value in zip(
            part["when"], part["year"], part["period"], part["sex"], part["value"], strict=True
        ):
            remark = flagged.get((code, int(year), period, sex))
            if remark is not None and remark.stops_assessment:
                left_out[when] = left_out.get(when, 0) + 1
            else:
                values.setdefault(when, {})[code] = float(value)
    return values, left_out


def _state(indicator: Indicator, year: int, newest_year: int) -> State:
    if indicator.discontinued is not None:
        return "historisk"
    return "gammal" if newest_year - year > STALE_YEARS else "aktuell"


def _flags(remarks: pd.DataFrame) -> dict[tuple[str, int, str, str], Remark]:
    """Remarks on single observations of the whole population, the gravest last so that it wins."""
    rows = remarks[(remarks["region"] != "") & (remarks["grouping"] == "")]
    order = {"upplysning": 0, "osannolikt": 1, "fel": 2}
    ranked = rows.sort_values("level", key=lambda s: s.map(order), kind="stable")
    return {(r.region, int(r.year), r.period, r.sex): Remark(r.check, r.level, r.reason) for r in ranked.itertuples()}


def _unit_remarks(remarks: pd.DataFrame, unit: Unit, year: int) -> Iterable[Remark]:
    """What a reader of this unit ought to know: remarks on the series, on the year shown, and on the unit's own values."""
    about_series = (remarks["region"] == "") & remarks["year"].isin([0, year])
    rows = remarks[(about_series | (remarks["region"] == unit.code)) & (remarks["grouping"] == "")]
    for row in rows.drop_duplicates(["check", "reason"]).itertuples():
        yield Remark(row.check, row.level, row.reason)


def _points(rows: pd.DataFrame, flagged: dict[tuple[str, int, str, str], Remark]) -> list[Point]:
    ordered = rows.sort_values("when")
    return [
        Point(
            when=row.when,
            year=int(row.year),
            value=float(row.value),
            low=None if pd.isna(row.low) else float(row.low),
            high=None if pd.isna(row.high) else float(row.high),
            remark=flagged.get((row.region, int(row.year), row.period, row.sex)),
        )
        for row in ordered.itertuples()
    ]


def _target(target: Target, latest: Point) -> TargetResult:
    """Whether the value as such reaches the level. A flagged value, or another definition, is not compared."""
    flagged = latest.remark is not None and latest.remark.stops_assessment
    if target.match == "annat" or target.kind == "riktning" or target.level is None or flagged:
        return TargetResult(target, None, None)
    if target.kind == "högst":
        missing = latest.value - target.level
    elif target.kind == "intervall":
        assert target.upper is not None
        missing = max(target.level - latest.value, latest.value - target.upper)
    else:
        missing = target.level - latest.value
    return TargetResult(target, "inte nådd" if missing > 0 else "nådd", max(missing, 0.0))


def _foreign(indicator: Indicator, year: int, international: pd.DataFrame) -> Foreign | None:
    """Sweden and the reference (EU27, otherwise the median of the countries) for `year` or the latest year before it."""
    if indicator.international is None:
        return None
    rows = international[(international["series"] == indicator.international.series) & (international["year"] <= year)]
    with_sweden = rows.loc[rows["country"].isin(["SE", "SWE"]), "year"]
    if with_sweden.empty:
        return None
    latest = int(with_sweden.max())
    now = rows[rows["year"] == latest].set_index("country")["value"]
    sweden = next((float(now[c]) for c in ("SE", "SWE") if c in now), None)
    others = now.drop([c for c in ("SE", "SWE", "EU27_2020", "OECD", "OAVG") if c in now])
    if "EU27_2020" in now:
        reference, name = float(now["EU27_2020"]), "EU27"
    else:
        reference, name = float(others.median()), f"medianen för {len(others)} andra länder"
    return Foreign(
        indicator.international.series,
        indicator.international.match,
        indicator.international.note,
        latest,
        sweden,
        reference,
        name,
        len(others),
    )
