"""One indicator in the whole country at one time: Riket, the regions that may be shown beside it, and the rest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from varddialog.assessment.answer import Class
from varddialog.assessment.assess import Assessment
from varddialog.assessment.points import Point
from varddialog.assessment.regions import Field
from varddialog.assessment.results import Result
from varddialog.assessment.uncertainty import comparable
from varddialog.model.indicator import Indicator
from varddialog.model.units import Units

# so few values are no course
FEWEST_IN_COURSE = 3
# fewer regions than this are no picture of the country
FEWEST_SHOWN = 3


@dataclass(frozen=True)
class Across:
    """One indicator and sex. when: the time that most regions have as their latest.

    regions: code → assessment of those with a sound value at that time, in code order. nation: Riket's value then,
    None where it is missing or questioned. left_out: code → result of the regions whose latest value is of another
    time or questioned. missing: codes of those without any value.
    """

    example: Result  # one of the results, for what they all share
    when: str
    nation: Point | None
    regions: Mapping[str, Assessment]
    left_out: Mapping[str, Result]
    missing: tuple[str, ...]
    units: Units

    def name(self, code: str) -> str:
        """The region's short name."""
        return self.units.by_code[code].name

    @property
    def indicator(self) -> Indicator:
        return self.example.indicator

    @property
    def field(self) -> Field:
        """The regions at that time with their uncertainty."""
        return self.example.series.at(self.when)

    @property
    def is_current(self) -> bool:
        return self.example.state == "aktuell"

    @property
    def values(self) -> dict[str, float]:
        """Region code → value at the time."""
        return {code: _of(a).latest.value for code, a in self.regions.items()}

    @property
    def ordered(self) -> list[str]:
        """Region codes, the best first; the highest first where neither way is better; equal values in code order."""
        turn, values = self.indicator.turn or 1, self.values
        return sorted(values, key=lambda code: (-turn * values[code], code))

    def limits(self, code: str) -> tuple[float, float] | None:
        """The 95 % limits of a region's value; None where its uncertainty is unknown."""
        return limits(self.regions[code])

    def klass(self, code: str) -> Class:
        """The region's class against Riket."""
        answer = self.regions[code].vs_nation
        return answer.klass if answer else "kan ej bedömas"

    def trend(self, code: str) -> Class:
        """The class of the region's own development."""
        answer = self.regions[code].trend
        return answer.klass if answer else "kan ej bedömas"

    @cached_property
    def courses(self) -> dict[str, tuple[Point, Point]]:
        """Region code → first and last comparable value, for those with at least three; empty for months."""
        if self.indicator.period.kind == "månad":
            return {}
        known = {code: comparable(self.indicator, _of(a).points) for code, a in self.regions.items()}
        return {code: (points[0], points[-1]) for code, points in known.items() if len(points) >= FEWEST_IN_COURSE}

    @property
    def nation_course(self) -> tuple[Point, Point] | None:
        """Riket's first and last comparable value; None without three of them or with none at the time."""
        known = [p for _, p in sorted(self.example.nation.items()) if p.when <= self.when]
        points = comparable(self.indicator, known)
        return (points[0], points[-1]) if len(points) >= FEWEST_IN_COURSE and points[-1] is self.nation else None


def across(assessments: Iterable[Assessment], units: Units) -> dict[str, Across]:
    """Anchor → one indicator in the whole country, from all units' assessments.

    Counts, which are never compared, and indicators that fewer than three regions have at one time are left out.
    """
    by_anchor: dict[str, dict[str, Assessment]] = {}
    for a in assessments:
        if a.result is not None and not a.indicator.is_count:
            by_anchor.setdefault(a.result.anchor, {})[a.unit.code] = a
    made = {anchor: _across(found, units) for anchor, found in by_anchor.items()}
    return {anchor: one for anchor, one in made.items() if one is not None and len(one.regions) >= FEWEST_SHOWN}


def _across(found: Mapping[str, Assessment], units: Units) -> Across | None:
    results = {unit.code: _of(found[unit.code]) for unit in units.regions if unit.code in found}
    if not results:
        return None
    times = Counter(r.latest.when for r in results.values())
    when = max(times, key=lambda time: (times[time], time))
    sound = {c: found[c] for c, r in results.items() if r.latest.when == when and not r.latest.is_questioned}
    example = _of(next(iter(sound.values()))) if sound else next(iter(results.values()))
    nation = example.nation.get(when)
    return Across(
        example=example,
        when=when,
        nation=None if nation is None or nation.is_questioned else nation,
        regions=sound,
        left_out={code: r for code, r in results.items() if code not in sound},
        missing=tuple(unit.code for unit in units.regions if unit.code not in results),
        units=units,
    )


def _of(assessment: Assessment) -> Result:
    assert assessment.result is not None
    return assessment.result


@dataclass(frozen=True)
class Counts:
    """How many indicators of one unit × dimension lie on each side of Riket; unjudged: cannot be told, or no value.

    estimated: for how many of the judged the uncertainty is estimated from the series.
    """

    better: int
    level: int
    worse: int
    unjudged: int
    estimated: int = 0

    @property
    def total(self) -> int:
        return self.better + self.level + self.worse + self.unjudged


def limits(assessment: Assessment) -> tuple[float, float] | None:
    """The 95 % limits of a value, as far as the unit of measure allows; None where its uncertainty is unknown."""
    ends, unit = assessment.uncertainty.limits(_of(assessment).latest.value), assessment.indicator.unit
    if ends is None:
        return None
    low = ends[0] if unit.low is None else max(ends[0], unit.low)
    return low, ends[1] if unit.high is None else min(ends[1], unit.high)


def counts(assessments: Iterable[Assessment]) -> Counts:
    """A unit's assessments against Riket, of indicators with figures of which one way is better."""
    answers = [a.vs_nation for a in assessments if a.indicator.turn and a.indicator.gap is None and a.vs_nation]
    found = Counter(answer.klass for answer in answers)
    better, level, worse = found["bättre"], found["i nivå"], found["sämre"]
    estimated = sum(answer.certainty == "skattad ur tidsserien" for answer in answers)
    return Counts(better, level, worse, len(answers) - better - level - worse, estimated)
