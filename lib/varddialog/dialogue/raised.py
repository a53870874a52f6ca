"""What the figures of one unit and dimension raise: each thing that calls for a question, with what it rests on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Literal, get_args

from varddialog.assessment.answer import Certainty
from varddialog.assessment.assess import Assessment
from varddialog.assessment.grading import Grade
from varddialog.assessment.groups import Comparison
from varddialog.assessment.regions import FEWEST_REGIONS
from varddialog.assessment.relevance import SHARE_OF_SPREAD
from varddialog.assessment.told import BEHIND, change, distances, is_reached, relation, trend

# in the order in which the kinds take turns when questions are chosen
Kind = Literal[
    "sämre än riket", "halkar efter riket", "når inte målnivån", "olika mellan regionerna", "försämras",
    "olika mellan grupper", "saknar uppgifter", "tappar försprång mot riket",
]  # fmt: skip
KINDS: tuple[Kind, ...] = get_args(Kind)
_BEHIND: dict[str, Kind] = dict(zip(BEHIND, ("halkar efter riket", "tappar försprång mot riket"), strict=True))

# spreads of the regions that a difference must reach to be raised when its uncertainty is only estimated: twice
# the relevance limit, so that the noise of the series is unlikely to be all of it
LARGE = 1.0
# indicators that others have figures for but not the unit, from which the hole is raised
FEWEST_MISSING = 3


@dataclass(frozen=True)
class Raised:
    """One thing raised.

    indicator: id; empty where a whole area is meant. name, anchor: what it is called in the report of `dimension`, and
    its address there. weight: orders those of one kind, the heaviest first; in spreads of the regions for what is
    compared with Riket, with a target level, between groups and over time; the middle half of the regions over their
    median for how unlike they are; the number of indicators for what is missing. value, nation: at `when`; None where
    the thing is no single value. text: the evidence in words, with figures, time and certainty.
    """

    kind: Kind
    dimension: int
    area: str
    indicator: str
    name: str
    anchor: str
    weight: float
    certainty: Certainty
    when: str = ""
    value: float | None = None
    nation: float | None = None
    grouping: str = ""
    text: str = ""

    def as_dict(self) -> dict[str, Any]:
        """As it is glued: plain data."""
        return asdict(self)

    @classmethod
    def of(cls, glued: Mapping[str, Any]) -> Raised:
        """What was glued, back again."""
        return cls(**{f.name: glued[f.name] for f in fields(cls)})


@dataclass(frozen=True)
class Hole:
    """An area in which figures are missing. count: indicators; elsewhere: whether others have figures for them.

    grouping: what figures are not split by, for an area of groups.
    """

    area: str
    name: str
    count: int
    elsewhere: bool
    grouping: str = ""


def of_assessments(
    assessments: Iterable[Assessment], dimension: int, area_of: Mapping[str, str]
) -> Iterator[tuple[Raised, Assessment]]:
    """What each value raises, one thing for each kind that it falls under.

    A region: safely worse than Riket (when that is estimated only where it is large), falling behind or losing its
    lead, target level missed. Riket: target level missed, regions more unlike than chance explains, getting worse.
    """
    for a in assessments:
        result = a.result
        if result is None or result.state != "aktuell" or result.is_flagged or not a.indicator.turn:
            continue
        found = _of_nation(a) if a.unit.is_nation else _of_region(a)
        for kind, weight, certainty in (*found, *_target(a)):
            nation = result.nation_now
            yield (
                Raised(
                    kind=kind,
                    dimension=dimension,
                    area=area_of[a.indicator.id],
                    indicator=a.indicator.id,
                    name="",
                    anchor=result.anchor,
                    weight=round(weight, 6),
                    certainty=certainty,
                    when=result.latest.when,
                    value=result.latest.value,
                    nation=nation.value if nation else None,
                ),
                a,
            )


_Found = tuple[Kind, float, Certainty]


def _of_region(a: Assessment) -> Iterator[_Found]:
    result, answer = a.result, a.vs_nation
    assert result is not None
    far = abs(result.distance or 0.0)
    if answer is not None and answer.klass == "sämre" and (answer.certainty != "skattad ur tidsserien" or far >= LARGE):
        yield "sämre än riket", far, answer.certainty
    if (said := relation(a)) in _BEHIND:
        (_, first), (_, last) = distances(result)
        yield _BEHIND[str(said)], _in_spreads(abs(last - first), a), "skattad ur tidsserien"


def _of_nation(a: Assessment) -> Iterator[_Found]:
    result, spread = a.result, a.result.spread if a.result else None
    assert result is not None
    differs = a.variation is not None and a.variation.klass == "skillnad"
    # shares of a median say something only of what cannot be below nought
    measured = spread and spread.count >= FEWEST_REGIONS and spread.median > 0 and a.indicator.unit.low is not None
    if a.variation and spread and differs and measured:
        wide = (spread.upper_quartile - spread.lower_quartile) / spread.median
        yield "olika mellan regionerna", wide, a.variation.certainty
    if a.trend is not None and trend(a) == "försämras":
        yield "försämras", SHARE_OF_SPREAD * change(a), a.trend.certainty


def _target(a: Assessment) -> Iterator[_Found]:
    """A missed level, unless the uncertainty of the value is known and reaches it."""
    result, answer = a.result, a.vs_target
    if result is None or answer is None or is_reached(a) is not False or answer.certainty == "inte säkerställd":
        return
    if gap := result.targets[0].gap:
        yield "når inte målnivån", _in_spreads(gap, a), answer.certainty


def _in_spreads(size: float, a: Assessment) -> float:
    """A difference in spreads of the regions; 0 where there is nothing to measure by."""
    return SHARE_OF_SPREAD * size / a.relevance.limit if a.relevance.limit else 0.0


def of_groups(
    grades: Iterable[Grade], comparisons: Iterable[Comparison], dimension: int, area_of: Mapping[str, str]
) -> Iterator[tuple[Raised, Grade, Comparison]]:
    """Certain differences between groups that nobody has judged to be warranted.

    grades: the unit's own rows of the report on groups. area_of: what is split by → slug of the area that shows it.
    """
    shown = {(c.indicator.id, c.grouping): c for c in comparisons}
    for g in grades:
        c = next((c for key, c in shown.items() if key == (g.indicator.id, g.grouping) and c.unit == g.unit), None)
        certain = not g.is_signal and g.lower is not None and g.lower > 0
        if c is None or not certain or g.is_hidden or g.unwarranted == "sannolikt motiverad":
            continue
        limit = g.relevance.limit
        found = Raised(
            kind="olika mellan grupper",
            dimension=dimension,
            area=area_of[c.grouping],
            indicator=g.indicator.id,
            name=c.heading,
            anchor=c.anchor,
            weight=round(SHARE_OF_SPREAD * g.gap / limit, 6) if limit else 0.0,
            certainty="skattad ur tidsserien" if g.level == "B" else "säkerställd",
            when=g.when,
            grouping=c.grouping,
        )
        yield found, g, c


def of_holes(holes: Sequence[Hole], dimension: int) -> Iterator[tuple[Raised, Hole]]:
    """Areas without any figures, and those where the unit lacks what others have.

    What others have can be had, so it weighs most.
    """
    for hole in holes:
        if hole.elsewhere and hole.count < FEWEST_MISSING:
            continue
        found = Raised(
            kind="saknar uppgifter",
            dimension=dimension,
            area=hole.area,
            indicator="",
            name=hole.name,
            anchor=hole.area,
            weight=float(hole.count) * (10 if hole.elsewhere else 1),
            certainty="okänd",
            grouping=hole.grouping,
        )
        yield found, hole
