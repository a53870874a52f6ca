"""Worked examples: one assessment each with every number on the way, for a reader who follows with a calculator."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations, pairwise
from statistics import fmean, median

from varddialog.assessment.answer import Answer
from varddialog.assessment.assess import Assessment
from varddialog.assessment.development import RANKED
from varddialog.assessment.points import Point
from varddialog.assessment.results import Result
from varddialog.assessment.uncertainty import comparable
from varddialog.statistics.mann_kendall import exact_mann_kendall, s_distribution, sen_line
from varddialog.statistics.robust import NORMAL

# longer series are not followed by hand
MOST_YEARS = 10


@dataclass(frozen=True)
class Slopes:
    """A series, and the slope between every two of its years: (earlier, later) → slope; Sen's is their median."""

    points: tuple[Point, ...]
    pairs: dict[tuple[int, int], float]
    sen: float

    @classmethod
    def of(cls, points: Iterable[Point]) -> Slopes:
        known = tuple(points)
        pairs = {(a.year, b.year): (b.value - a.value) / (b.year - a.year) for a, b in combinations(known, 2)}
        return cls(known, pairs, sen_line([p.year for p in known], [p.value for p in known]).slope)


@dataclass(frozen=True)
class AgainstNation:
    """An assessment against Riket at level B, from the series to the class.

    rest: the values minus the Sen line, which is 0 in the first year. moves: the steps between them, without sign.
    regions: code → value at the same time; away: code → distance from their median.
    """

    assessment: Assessment
    result: Result
    answer: Answer
    slopes: Slopes
    rest: tuple[float, ...]
    moves: tuple[float, ...]
    error: float
    limits: tuple[float, float]
    regions: dict[str, float]
    middle: float
    away: dict[str, float]
    relevance: float
    nation: float
    difference: float

    @property
    def mean_move(self) -> float:
        return fmean(self.moves)

    @property
    def middle_away(self) -> float:
        """The median of the distances (MAD)."""
        return median(self.away.values())

    @property
    def spread(self) -> float:
        """The robust spread of the regions."""
        return NORMAL * self.middle_away


@dataclass(frozen=True)
class Development:
    """A trend without intervals. orders: in how many ways the values can be ordered; far: those with |S| at least as
    large."""

    assessment: Assessment
    result: Result
    answer: Answer
    slopes: Slopes
    rising: int
    falling: int
    s: int
    far: int
    orders: int
    p: float
    change: float
    relevance: float


def against_nation(assessments: Iterable[Assessment]) -> AgainstNation | None:
    """The first that is better or worse than Riket at level B, with a limit and at most ten comparable years."""
    for a in assessments:
        answer, result = a.vs_nation, a.result
        if answer is None or result is None or answer.klass not in ("bättre", "sämre") or a.uncertainty.level != "B":
            continue
        limits, nation, difference = a.uncertainty.limits(result.latest.value), result.nation_now, result.difference
        known = None not in (limits, nation, difference, a.relevance.limit, a.uncertainty.error)
        if not known or len(comparable(result.indicator, result.points)) > MOST_YEARS:
            continue
        assert limits
        assert nation
        assert difference is not None
        assert a.relevance.limit
        assert a.uncertainty.error
        slopes = Slopes.of(comparable(result.indicator, result.points))
        first = slopes.points[0].year
        rest = tuple(p.value - slopes.sen * (p.year - first) for p in slopes.points)
        middle = median(result.regions_now.values())
        return AgainstNation(
            assessment=a,
            result=result,
            answer=answer,
            slopes=slopes,
            rest=rest,
            moves=tuple(abs(after - before) for before, after in pairwise(rest)),
            error=a.uncertainty.error,
            limits=limits,
            regions=result.regions_now,
            middle=middle,
            away={code: abs(value - middle) for code, value in result.regions_now.items()},
            relevance=a.relevance.limit,
            nation=nation.value,
            difference=difference,
        )
    return None


def trend(assessments: Iterable[Assessment], besides: str | None = None) -> Development | None:
    """The first that has improved or worsened by Mann–Kendall, in ten years or fewer; not the indicator `besides`."""
    for a in assessments:
        answer, result = a.trend, a.result
        if answer is None or result is None or answer.klass not in ("förbättras", "försämras"):
            continue
        short = answer.method == RANKED and len(comparable(result.indicator, result.points)) <= MOST_YEARS
        if not short or a.relevance.limit is None or a.indicator.id == besides:
            continue
        slopes = Slopes.of(comparable(result.indicator, result.points))
        found = exact_mann_kendall([p.year for p in slopes.points], [p.value for p in slopes.points])
        values = [p.value for p in slopes.points]
        orders = s_distribution(tuple(sorted(Counter(values).values())))
        return Development(
            assessment=a,
            result=result,
            answer=answer,
            slopes=slopes,
            rising=sum(slope > 0 for slope in slopes.pairs.values()),
            falling=sum(slope < 0 for slope in slopes.pairs.values()),
            s=found.s,
            far=sum(count for score, count in orders.items() if abs(score) >= abs(found.s)),
            orders=sum(orders.values()),
            p=found.p,
            change=slopes.sen * (slopes.points[-1].year - slopes.points[0].year),
            relevance=a.relevance.limit,
        )
    return None


def least_scores(most: int, level: float = 0.05) -> dict[int, int]:
    """For five points up to `most`, none equal: the smallest |S| that gives p under the level."""
    found = {}
    for points in range(5, most + 1):
        orders = s_distribution((1,) * points)
        whole, far = sum(orders.values()), 0
        for score in sorted((s for s in orders if s >= 0), reverse=True):
            far += orders[score] * (2 if score else 1)
            if far / whole >= level:
                break
            found[points] = score
    return found
