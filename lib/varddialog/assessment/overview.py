"""The country at a glance: how many assessments fall in each class, and how each indicator is assessed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

from varddialog.assessment.answer import Class
from varddialog.assessment.assess import Assessment, assess_all
from varddialog.assessment.chance import Flags, flags, worth_opening_with
from varddialog.assessment.development import FEWEST, FEWEST_RANKED, WEIGHTED
from varddialog.assessment.ground import Ground
from varddialog.assessment.likeness import POPULATION
from varddialog.assessment.material import Material
from varddialog.assessment.regions import LEVELS
from varddialog.assessment.relevance import Relevance
from varddialog.assessment.results import Result
from varddialog.assessment.uncertainty import Level, comparable
from varddialog.model.indicator import Indicator
from varddialog.model.units import NATION
from varddialog.statistics.trend_fingertips import Marker, Year, recent_trend

NO_VALUE: Literal["utan värde"] = "utan värde"
COLUMNS: tuple[str, ...] = (*LEVELS, NO_VALUE)

# how the development of a value is tested, or why it is not
TrendTest = Literal[
    "viktad linje", "Mann–Kendall", "fem år", "månadsvärden", "rullande", "löpande priser", "för få år",
    "gäller inte i dag",
]  # fmt: skip


@dataclass(frozen=True)
class Tally:
    """How many assessments have each class of one answer, by level of uncertainty (`COLUMNS`)."""

    counts: dict[Class, dict[str, int]]

    @property
    def totals(self) -> dict[str, int]:
        """All classes together, by level."""
        return {column: sum(row[column] for row in self.counts.values()) for column in COLUMNS}


def tally(assessments: Iterable[Assessment], answer: str) -> Tally:
    """The classes found of one answer (a name in `ANSWERS`), in the order of `Class`."""
    found: Counter[tuple[Class, str]] = Counter()
    for a in assessments:
        if (given := getattr(a, answer)) is not None:
            found[given.klass, a.uncertainty.level if a.result else NO_VALUE] += 1
    met = {klass for klass, _ in found}
    return Tally({k: {c: found[k, c] for c in COLUMNS} for k in get_args(Class) if k in met})


@dataclass(frozen=True)
class IndicatorOverview:
    """How one indicator is assessed in all units. `levels` and `tests`: number of results by level and by test."""

    indicator: Indicator
    latest: str
    levels: dict[Level, int]
    relevance: Relevance
    tests: dict[TrendTest, int]


def indicator_overviews(assessments: Iterable[Assessment]) -> dict[str, IndicatorOverview]:
    """Indicator id → how it is assessed, for every indicator that any unit has a value of.

    The relevance limit is that of Riket's latest time, or where Riket has no value of the first unit's.
    """
    by_indicator: dict[str, list[tuple[Result, Assessment]]] = {}
    for a in assessments:
        if a.result is not None:
            by_indicator.setdefault(a.indicator.id, []).append((a.result, a))
    found = {}
    for name, rows in by_indicator.items():
        levels = Counter(a.uncertainty.level for _, a in rows)
        tests = Counter(trend_test(result, a) for result, a in rows)
        first = next((a for _, a in rows if a.unit.is_nation), rows[0][1])
        found[name] = IndicatorOverview(
            first.indicator,
            max(result.latest.when for result, _ in rows),
            {level: levels[level] for level in LEVELS if levels[level]},
            first.relevance,
            {test: tests[test] for test in get_args(TrendTest) if tests[test]},
        )
    return found


def trend_test(result: Result, assessment: Assessment) -> TrendTest:
    """How the development is tested, or why it is not."""
    if result.state != "aktuell":
        return "gäller inte i dag"
    if result.indicator.period.kind == "rullande":
        return "rullande"
    if result.indicator.prices == "löpande":
        return "löpande priser"
    if result.indicator.period.kind == "månad":
        return "månadsvärden"
    years = len(comparable(result.indicator, result.points))
    if years < FEWEST:
        return "för få år"
    if assessment.trend is not None and assessment.trend.method == WEIGHTED:
        return "viktad linje"
    return "fem år" if years < FEWEST_RANKED else "Mann–Kendall"


@dataclass(frozen=True)
class Country:
    """Every assessment of the country, and what a reader of the method asks of them.

    opening: how many deviations from Riket pass the stricter demand of the lists that open the reports.
    markers: the plain Fingertips marker of every result. share: the largest region's share of the population,
    with its code; None without figures of the population.
    """

    assessments: tuple[Assessment, ...]
    chance: Flags
    opening: int
    markers: dict[Marker, int]
    share: tuple[str, float] | None


def whole_country(on: Ground) -> Country:
    """Assess every indicator of the four dimensions for every unit."""
    catalogue = on.catalogue
    by_dimension = [catalogue.of_dimension(d) for d in catalogue.framework.dimensions]
    found: list[Assessment] = []
    opening = 0
    for unit in catalogue.units.all:
        for own in by_dimension:
            made = assess_all(own, unit, on.material)
            opening += len(worth_opening_with(made))
            found += made
    markers = Counter(_marker(a.result) for a in found if a.result)
    return Country(tuple(found), flags(found), opening, dict(markers), _largest_share(on.material))


def _marker(result: Result) -> Marker:
    """The plain marker from what is published alone."""
    known = comparable(result.indicator, result.points)
    years = {p.year: Year(p.year, p.value, p.low, p.high, p.numerator, p.denominator) for p in known}
    proportions = result.indicator.measure == "procent"
    return recent_trend(
        list(years.values()), proportions=proportions, period_years=result.indicator.period.years
    ).marker


def _largest_share(material: Material) -> tuple[str, float] | None:
    whole = [o for o in material.observations.get(POPULATION, []) if o.sex == "T" and not o.grouping]
    if not whole:
        return None
    latest = max(o.year for o in whole)
    people = {o.region: o.value for o in whole if o.year == latest}
    regions = {code: count for code, count in people.items() if code != NATION}
    largest = max(regions, key=lambda code: regions[code])
    return largest, regions[largest] / sum(regions.values())
