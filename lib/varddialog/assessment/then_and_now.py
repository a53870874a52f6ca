"""Then and now: each region's latest value beside what it was five years before, or as near that as can be compared.

A description of the values as they are printed. Whether a development is proven is what the trend answers.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

from varddialog.assessment.across import Across, across
from varddialog.assessment.assess import Assessment
from varddialog.assessment.points import Point
from varddialog.assessment.regions import FEWEST_REGIONS
from varddialog.assessment.results import Result
from varddialog.assessment.uncertainty import comparable
from varddialog.model.indicator import Indicator
from varddialog.model.units import Units
from varddialog.statistics.pairs import mean_difference

YEARS_BACK = 5
# a spread that has changed by a smaller share than this is called unchanged [own]
SAME_SPREAD = 0.1
# compared with the value then, not with Riket; the last where the change is below the relevance limit
Way = Literal["bättre", "sämre", "högre", "lägre", "ungefär lika"]


@dataclass(frozen=True)
class Step:
    """Two comparable values of one unit. limit: the relevance limit, in the indicator's unit; None without one."""

    indicator: Indicator
    then: Point
    now: Point
    limit: float | None

    @property
    def change(self) -> float:
        """Now minus then as they are printed, so that a reader who subtracts gets the same."""
        places = self.indicator.decimals
        return round(round(self.now.value, places) - round(self.then.value, places), places)

    @property
    def way(self) -> Way:
        """Which way the value has gone; a change below the relevance limit is none."""
        change, turn = self.change, self.indicator.turn
        if change == 0 or (self.limit is not None and abs(change) < self.limit):
            return "ungefär lika"
        if not turn:
            return "högre" if change > 0 else "lägre"
        return "bättre" if change * turn > 0 else "sämre"


@dataclass(frozen=True)
class ThenAndNow:
    """One indicator in all regions. then: None when no earlier time can be compared; why: the reason in Swedish.

    assessments: region code → assessment of each region with a value, whatever its time. steps: region code → its
    step, for those of `across` that have both values; nation: Riket's.
    """

    across: Across
    assessments: Mapping[str, Assessment]
    then: str | None
    why: str
    steps: Mapping[str, Step]
    nation: Step | None

    @property
    def indicator(self) -> Indicator:
        return self.across.indicator

    @cached_property
    def ways(self) -> Counter[Way]:
        """How many regions have gone which way."""
        return Counter(step.way for step in self.steps.values())

    @property
    def apart(self) -> tuple[float, float] | None:
        """How much two regions differ on average, then and now, for those with both; None for fewer than ten."""
        if len(self.steps) < FEWEST_REGIONS:
            return None
        then, now = ([getattr(s, name).value for s in self.steps.values()] for name in ("then", "now"))
        return mean_difference(then), mean_difference(now)


def over_time(assessments: Iterable[Assessment], units: Units) -> list[ThenAndNow]:
    """Every indicator that three regions or more have at one time, in the order of the assessments of all units."""
    known = list(assessments)
    by_anchor: dict[str, dict[str, Assessment]] = {}
    for a in known:
        if a.result is not None and not a.unit.is_nation:
            by_anchor.setdefault(a.result.anchor, {})[a.unit.code] = a
    return [_then_and_now(x, by_anchor[anchor]) for anchor, x in across(known, units).items()]


def _then_and_now(x: Across, own: Mapping[str, Assessment]) -> ThenAndNow:
    """The steps from the first time within five years that at least half of the regions can be compared at."""
    if x.indicator.prices == "löpande":
        return ThenAndNow(x, own, None, "Värdena är i löpande priser och jämförs inte över tid.", {}, None)
    courses = {code: _known(a.result) for code, a in x.regions.items() if a.result}
    for when in earlier(x.indicator, x.when):
        both = {code: points for code, points in courses.items() if when in points}
        if both and 2 * len(both) >= len(courses):
            limit = next(iter(x.regions.values())).relevance.limit
            steps = {code: Step(x.indicator, points[when], points[x.when], limit) for code, points in both.items()}
            then = x.example.nation.get(when)
            known = x.nation is not None and then is not None and not then.is_questioned
            nation = Step(x.indicator, then, x.nation, limit) if known and then and x.nation else None
            return ThenAndNow(x, own, when, "", steps, nation)
    return ThenAndNow(x, own, None, "Det finns inget tidigare värde att jämföra med.", {}, None)


def earlier(indicator: Indicator, when: str) -> list[str]:
    """Times that `when` may be compared with, the farthest back first: no period shared, the same month of the year."""
    year, _, month = when.partition("-")
    back = range(YEARS_BACK, indicator.period.years - 1, -1)
    return [f"{int(year) - n}-{month}" if month else str(int(year) - n) for n in back]


def _known(result: Result) -> dict[str, Point]:
    """The comparable points by time."""
    return {p.when: p for p in comparable(result.indicator, result.points)}
