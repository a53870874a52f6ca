"""Unwarranted (omotiverade) and substantial (väsentliga) differences: one graded row per indicator × grouping.

The two questions are those of Vårdanalys PM 2013:3 (final report 2014:7): is the difference unwarranted, by shown
benefit, equal need, own choice and the ethical platform (O1-O4), and is it substantial, by size and effect (V1, V2).
The published text has no exact scoring; the steps here are the project's own (methods, section 7). The program fills
in what figures can tell (V1, V3, V4, U). The rest is what experts have written down, otherwise «okänt», never guessed.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from scipy.stats import studentized_range

from varddialog.assessment.groups import Comparison
from varddialog.assessment.persons import Persons, in_persons, is_hidden
from varddialog.assessment.points import Point
from varddialog.assessment.regions import LEVELS
from varddialog.assessment.relevance import Relevance
from varddialog.assessment.results import Result
from varddialog.assessment.uncertainty import LABELS, SMALL_DENOMINATOR, Level, Uncertainty, uncertainty
from varddialog.data.rows import Observation, RemarkRow
from varddialog.model.grading import Benefit, Consequence, Ethics, GradedGrouping, Judgement, Need, Preference
from varddialog.model.groups import SEXES, group_label
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit
from varddialog.statistics.ranks import quantile_categories

Score = Literal[0, 1, 2, 3]
Unwarranted = Literal["sannolikt", "möjligt", "sannolikt motiverad", "kan ej bedömas"]
Substantial = Literal["hög", "medel", "låg", "kan ej bedömas"]

UNKNOWN: Literal["okänt"] = "okänt"
CERTAINTY = 0.95
LATEST = 5
FEWEST_TIMES = 3
_SCORES: tuple[Score, ...] = (0, 1, 2, 3)
_CONSEQUENCES: dict[Consequence, Score] = {
    "process utan visat utfall": 0,
    "livskvalitet": 1,
    "funktion eller sjukhusvård": 2,
    "död eller bestående skada": 3,
}
_UNWARRANTED_ORDER: tuple[Unwarranted, ...] = ("sannolikt", "möjligt", "kan ej bedömas", "sannolikt motiverad")
# a grade that cannot be settled may be high, so it stands before the one that is low
_SUBSTANTIAL_ORDER: tuple[Substantial, ...] = ("hög", "medel", "kan ej bedömas", "låg")


@dataclass(frozen=True)
class Group:
    """One group at the time compared, with its earlier points, none of them questioned."""

    name: str
    points: tuple[Point, ...]
    unsure: Uncertainty

    @property
    def now(self) -> Point:
        return self.points[-1]

    @property
    def history(self) -> dict[str, float]:
        return {point.when: point.value for point in self.points}


@dataclass(frozen=True)
class Split:
    """An indicator by one grouping in one unit: the groups compared, and the names of those that cannot be.

    A group is missing when it has no value at that time, or a questioned one, or one on fewer than 30 in all.
    """

    indicator: Indicator
    grouping: GradedGrouping
    unit: Unit
    when: str
    groups: tuple[Group, ...]
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Persistence:
    """V4: at how many of the latest five times known the same group was behind, and the gap at each of them."""

    same: int
    gaps: dict[str, float]  # when → gap, above 0 when the same group was behind

    @property
    def score(self) -> Score | None:
        """0 for fewer than three times, 1 for three, 2 for four, 3 for five; None when fewer than three are known.

        Where three or four are known it is the least that it can be.
        """
        return None if len(self.gaps) < FEWEST_TIMES else _SCORES[max(0, self.same - 2)]


@dataclass(frozen=True)
class Grade:
    """One row of the table: all parts, and the two results that follow from them.

    gap: advantaged minus disadvantaged, always above 0, whatever the polarity; ratio: the higher value ÷ the lower.
    lower: lower limit of the gap's 95 % interval. «okänt» in `size` (V1): the gap is certain, but there is no limit
    to measure it by. coverage: täckningsgrad in per cent, where someone knows it. is_hidden: a count behind the gap
    is 1-4 or leaves 1-4, and then no number of the row may be shown.
    """

    indicator: Indicator
    grouping: GradedGrouping
    unit: Unit
    when: str
    disadvantaged: str
    advantaged: str
    gap: float
    ratio: float | None
    lower: float | None
    relevance: Relevance
    size: Score | Literal["okänt"]  # V1
    persons: Persons  # V3
    persistence: Persistence  # V4
    level: Level  # U
    is_hidden: bool
    missing: tuple[str, ...] = ()
    coverage: float | None = None
    benefit: Benefit = UNKNOWN  # O1
    need: Need = UNKNOWN  # O2
    preference: Preference = UNKNOWN  # O3
    ethics: Ethics = UNKNOWN  # O4
    consequence: Consequence = UNKNOWN  # V2
    by: str | None = None  # who judged O1-O4 and V2, and why so
    reason: str | None = None

    @property
    def is_signal(self) -> bool:
        """At level C the row is listed under «signal att undersöka», not graded."""
        return self.level == "C"

    @property
    def unwarranted(self) -> Unwarranted | None:
        """Omotiverad; None for a row that is not graded."""
        return None if self.is_signal else unwarranted(self.benefit, self.need, self.preference, self.ethics)

    @property
    def substantial(self) -> Substantial | None:
        """Väsentlig; None for a row that is not graded."""
        return None if self.is_signal else substantial(self.size, self.consequence)

    @property
    def label(self) -> str:
        """How certain the figures are."""
        return LABELS[self.level]


def unwarranted(benefit: Benefit, need: Need, preference: Preference, ethics: Ethics) -> Unwarranted:
    """Omotiverad, from O1-O4.

    sannolikt: O1 ja, O2 justerat för behov, O3 osannolikt, O4 ja. möjligt: O1 ja or delvis, O2 at least age-sex, none
    «nej» or «sannolikt». sannolikt motiverad: no difference at equal need, own choice a likely reason, or not against
    the platform; each is enough. All else, such as a benefit that is not shown, kan ej bedömas.
    """
    if need == "nej" or preference == "sannolikt" or ethics == "nej":
        return "sannolikt motiverad"
    if (benefit, need, preference, ethics) == ("ja", "ja, justerat för behov", "osannolikt", "ja"):
        return "sannolikt"
    if benefit in ("ja", "delvis") and need in ("ja, justerat för behov", "ja, endast ålder-kön"):
        return "möjligt"
    return "kan ej bedömas"


def substantial(size: Score | Literal["okänt"], consequence: Consequence) -> Substantial:
    """Väsentlig, from V1 and V2: hög for V1 ≥ 2 and V2 ≥ 2; medel for V1 ≥ 2 and V2 = 1, or V1 = 1 and V2 = 3; låg.

    An unknown part may be anything (a size that is certain but unmeasured anything but 0); when that leaves more than
    one grade, kan ej bedömas.
    """
    sizes = _SCORES[1:] if size == UNKNOWN else (size,)
    effects = _SCORES if consequence == UNKNOWN else (_CONSEQUENCES[consequence],)
    possible = {_substantial(v1, v2) for v1 in sizes for v2 in effects}
    return possible.pop() if len(possible) == 1 else "kan ej bedömas"


def _substantial(v1: Score, v2: Score) -> Substantial:
    if v1 >= 2 and v2 >= 2:
        return "hög"
    return "medel" if (v1 >= 2 and v2 == 1) or (v1 == 1 and v2 == 3) else "låg"


def grade(
    split: Split,
    delta: Relevance,
    judgements: Mapping[tuple[str, GradedGrouping], Judgement] | None = None,
    coverage: float | None = None,
) -> Grade | None:
    """The row of a split; None where neither way is better, for counts, fewer than two groups, or no gap at all.

    delta: the indicator's relevance limit (`relevance`), from experts or from the spread of the regions. It is never
    taken from the groups themselves: half the spread of two groups is 0.37 of their own gap, so every certain gap
    would seem large. By the same reason the regions' spread is no yardstick between regions. Without one, V1 is 0 or
    «okänt».
    """
    turn = split.indicator.turn
    if turn == 0 or split.indicator.is_count or len(split.groups) < 2:
        return None
    best = max(split.groups, key=lambda g: turn * g.now.value)
    worst = min(split.groups, key=lambda g: turn * g.now.value)
    gap = turn * (best.now.value - worst.now.value)
    if gap == 0:
        return None
    lower = lower_limit(gap, best.unsure.error, worst.unsure.error, len(split.groups))
    measured = _yardstick(split, delta)
    judged = (judgements or {}).get((split.indicator.id, split.grouping))
    low, high = sorted((best.now.value, worst.now.value))
    return Grade(
        indicator=split.indicator,
        grouping=split.grouping,
        unit=split.unit,
        when=split.when,
        disadvantaged=worst.name,
        advantaged=best.name,
        gap=gap,
        ratio=high / low if low > 0 else None,
        lower=lower,
        relevance=measured,
        size=size_score(lower, measured.limit),
        persons=in_persons(gap, split.indicator, worst.now, best.now),
        persistence=persistence(turn, best.history, worst.history),
        level=max((best.unsure.level, worst.unsure.level), key=LEVELS.index),
        is_hidden=is_hidden(best.now) or is_hidden(worst.now),
        missing=split.missing,
        coverage=coverage,
        benefit=judged.benefit if judged else UNKNOWN,
        need=judged.need if judged else UNKNOWN,
        preference=judged.preference if judged else UNKNOWN,
        ethics=judged.ethics if judged else UNKNOWN,
        consequence=judged.consequence if judged else UNKNOWN,
        by=judged.by if judged else None,
        reason=judged.reason if judged else None,
    )


def lower_limit(gap: float, error: float | None, other: float | None, groups: int) -> float | None:
    """Lower 95 % limit of the gap between the extremes of so many groups; None where an error is unknown.

    The extremes are found by looking, so the width is that of Tukey's studentized range: 1.96 standard errors for two
    groups, 2.34 for three, 3.57 for 21. With 1.96 for all, 21 equal regions would nearly always differ "certainly".
    """
    if error is None or other is None:
        return None
    return gap - _reach(groups) * math.hypot(error, other)


@lru_cache
def _reach(groups: int) -> float:
    return float(studentized_range.ppf(CERTAINTY, groups, math.inf)) / math.sqrt(2)


def size_score(lower: float | None, limit: float | None) -> Score | Literal["okänt"]:
    """V1 by the gap's lower limit: 0 none certain, 1 under δ, 2 from δ to 2δ, 3 above 2δ.

    «okänt» without a δ, when the gap is certain; and without any limit of the gap.
    """
    if lower is None:
        return UNKNOWN
    if lower <= 0:
        return 0
    if limit is None:
        return UNKNOWN
    return 1 if lower < limit else 2 if lower <= 2 * limit else 3


def persistence(turn: int, best: Mapping[str, float], worst: Mapping[str, float]) -> Persistence:
    """V4, from both groups' values by time."""
    times = sorted(best.keys() & worst.keys())[-LATEST:]
    gaps = {when: turn * (best[when] - worst[when]) for when in times}
    return Persistence(sum(gap > 0 for gap in gaps.values()), gaps)


def extents(grades: Sequence[Grade]) -> list[Score | None]:
    """V3 as a score among the rows of a dimension: 0 for nobody, else the tertile of persons.

    None where the number is not known or not shown, and for all but zeros when fewer than three are known.
    """
    counts = [grade.persons.count or None for grade in grades]
    thirds = quantile_categories(counts, 3, highest_first=False)
    return [
        0 if grade.persons.count == 0 else None if third is None else _SCORES[third]
        for grade, third in zip(grades, thirds, strict=True)
    ]


def ordered(grades: Sequence[Grade]) -> list[Grade]:
    """Graded rows by how substantial and then how unwarranted they are; inside a class by V3 and V4. Signals last."""
    numbered = zip(grades, extents(grades), strict=True)

    def place(row: tuple[Grade, Score | None]) -> tuple[int, int, int, int, str]:
        grade, extent = row
        inside = -(extent or 0), -(grade.persistence.score or 0), grade.indicator.id
        if grade.substantial is None or grade.unwarranted is None:
            return len(_SUBSTANTIAL_ORDER), 0, *inside
        return _SUBSTANTIAL_ORDER.index(grade.substantial), _UNWARRANTED_ORDER.index(grade.unwarranted), *inside

    return [grade for grade, _ in sorted(numbered, key=place)]


def _yardstick(split: Split, delta: Relevance) -> Relevance:
    if split.grouping in ("region", "enhet") and split.indicator.relevance is None:
        return Relevance(None, "ingen gräns")
    return delta


def split_of(
    comparison: Comparison,
    rows: Iterable[Observation],
    remarks: Iterable[RemarkRow] = (),
    parts: Mapping[str, str] | None = None,
) -> Split:
    """A comparison with the counts, errors and history of its groups, up to the time that it shows.

    rows: the observations of its indicator, of any units. remarks: questioned values are left out, and a group whose
    value now is questioned is among the missing. parts: indicator id → group, for a family of indicators.
    """
    questioned = {_place(r) for r in remarks if r.level != "upplysning"}
    by_group: dict[str, list[Observation]] = {}
    for o in sorted(rows, key=lambda o: o.when):
        group = (parts or {}).get(o.indicator) or _group(o, comparison)
        if group is not None and o.region == comparison.unit.code and o.when <= comparison.when:
            by_group.setdefault(group, []).append(o)
    made = [
        _made(name, comparison.indicator, (_point(o) for o in found if _is_sound(o, questioned)))
        for name, found in by_group.items()
    ]
    return _split(comparison.indicator, comparison.grouping, comparison.unit, comparison.when, made)


def split_of_regions(results: Sequence[Result], nation: Unit, when: str) -> Split:
    """The regions as groups of Riket at one time, from their results (at least one) of one indicator and sex."""
    made = [
        _made(r.unit.name, r.indicator, (p for p in r.points if p.when <= when and not p.is_questioned))
        for r in results
    ]
    return _split(results[0].indicator, "region", nation, when, made)


def _split(indicator: Indicator, grouping: GradedGrouping, unit: Unit, when: str, made: Sequence[Group]) -> Split:
    fit = [g for g in made if g.points and g.now.when == when and not _is_slight(g.now)]
    missing = tuple(g.name for g in made if g not in fit)
    return Split(indicator, grouping, unit, when, tuple(fit), missing)


def _is_slight(point: Point) -> bool:
    return point.denominator is not None and point.denominator < SMALL_DENOMINATOR


def _made(name: str, indicator: Indicator, points: Iterable[Point]) -> Group:
    """A group with the uncertainty that its own counts, interval or series gives."""
    known = tuple(points)
    return Group(name, known, uncertainty(indicator, known) if known else Uncertainty("C", None))


def _group(o: Observation, comparison: Comparison) -> str | None:
    """The group that a row tells of in this comparison, as `comparisons` names it."""
    if o.indicator != comparison.indicator.id:
        return None
    if comparison.grouping == "kön":
        return SEXES[o.sex] if not o.grouping and o.sex in ("K", "M") else None
    return group_label(o.group) if o.grouping == comparison.grouping and o.sex == "T" else None


def _is_sound(o: Observation, questioned: Container[tuple[str, str, int, str, str, str, str]]) -> bool:
    """Whether no remark questions the row itself or the whole year in all units."""
    return _place(o) not in questioned and (o.indicator, "", o.year, "", "", "", "") not in questioned


def _point(o: Observation) -> Point:
    return Point(o.when, o.year, o.value, o.low, o.high, None, o.numerator, o.denominator)


def _place(o: Observation | RemarkRow) -> tuple[str, str, int, str, str, str, str]:
    return o.indicator, o.region, o.year, o.period, o.sex, o.grouping, o.group
