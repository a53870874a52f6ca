"""An indicator (mått): what it counts, how to read it, where it comes from and what it cannot tell."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from varddialog.model.base import Model, Slug, Text
from varddialog.model.live import Query, TableQuery
from varddialog.model.measures import MEASURES, Measure, MeasureName

Direction = Literal["higher_better", "lower_better", "none"]
Grouping = Literal["kön", "utbildning", "inkomst", "födelseland", "ålder"]
Match = Literal["samma", "närliggande", "annat"]
Criterion = Literal["mätbar", "vedertagen", "relevant", "tolkningsbar", "påverkansbar"]
Year = Annotated[int, Field(ge=1960, le=2100)]
Principle = Annotated[int, Field(ge=1, le=8)]


class Source(Model):
    """Who made the figures (publisher), through which channel they came, and their code or table there."""

    publisher: Text
    channel: Text
    code: Text | None = None


class Period(Model):
    """What one value covers.

    kind: `år` one calendar year; `rullande` a moving mean of `years` years, published every year;
    `flerår` a mean of `years` years, published once; `lägesbild` one day or one count; `månad` one
    month; `ackumulerat` from a start until `year`. The year of a value is the last year it covers.
    """

    kind: Literal["år", "rullande", "flerår", "lägesbild", "månad", "ackumulerat"]
    years: Annotated[int, Field(ge=1, le=10)] = 1

    @model_validator(mode="after")
    def _years_fit(self) -> Self:
        if (self.kind in ("rullande", "flerår")) != (self.years > 1):
            raise ValueError("«years» är större än 1 för rullande värden och flerårsvärden, annars 1")
        return self


class Target(Model):
    """A target level (målnivå) with its issuer and how well it fits the indicator.

    `minst` and `högst` use `level`; `intervall` uses `level` and `upper`; `två nivåer` (måttlig and hög)
    uses both too, `level` the lower number: måttlig where more is better, hög where less is; `riktning`
    uses neither, only the indicator's direction.
    """

    kind: Literal["minst", "högst", "intervall", "riktning", "två nivåer"]
    level: float | None = None
    upper: float | None = None
    issuer: Text
    year: Year | None = None
    match: Match
    note: Text | None = None

    @model_validator(mode="after")
    def _levels_fit(self) -> Self:
        wanted = {"minst": 1, "högst": 1, "riktning": 0}.get(self.kind, 2)
        given = [level for level in (self.level, self.upper) if level is not None]
        if len(given) != wanted or (wanted == 1 and self.level is None):
            raise ValueError(f"målnivån «{self.kind}» ska ha {wanted} nivåer")
        if wanted == 2 and given[0] >= given[1]:
            raise ValueError("«level» ska vara lägre än «upper»")
        return self


class International(Model):
    """The international counterpart: a series in the store, and whether it measures the same thing."""

    series: Text
    match: Match
    note: Text | None = None


class Gap(Model):
    """An indicator without figures: what is missing and who could hold it."""

    missing: Text
    holder: Text


class Part(Model):
    """This indicator is one group of a comparison between groups, such as women in lung cancer incidence."""

    family: Text
    grouping: Grouping
    group: Text


class Derived(Model):
    """Computed by the project: counts of one series for every `per` of another, year by year."""

    numerator: Text
    denominator: Text
    per: Annotated[int, Field(ge=1)]


class Break(Model):
    """From `year` on the series cannot be compared with the years before."""

    year: Year
    reason: Text


class Indicator(Model):
    """One entry of the catalogue. See params/README.md for how each field is written."""

    id: Text
    slug: Slug
    name: Text
    definition: Text
    limits: Text
    measure: MeasureName
    decimals: Annotated[int, Field(ge=0, le=2)] = 1
    direction: Direction
    direction_by: Literal["Region Halland", "projektet"]
    source: Source
    live: list[Query] = []
    compare: list[Query] = []
    period: Period
    kind: Literal["resultat", "process", "struktur"]
    principles: Annotated[list[Principle], Field(min_length=1)]
    exceptions: dict[Criterion, Text] = {}
    targets: list[Target] = []
    international: International | None = None
    population: Literal["alla", "kvinnor", "män"] = "alla"
    part: Part | None = None
    sample: bool = False
    relevance: Annotated[float, Field(gt=0)] | None = None
    prices: Literal["löpande", "fasta"] | None = None
    breaks: list[Break] = []
    discontinued: Year | None = None
    duplicate_of: Text | None = None
    gap: Gap | None = None
    derived: Derived | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        if (self.direction == "none") != ("tolkningsbar" in self.exceptions):
            raise ValueError("ett mått utan riktning, och bara ett sådant, har undantaget «tolkningsbar» med skäl")
        if self.measure.startswith("kronor") != (self.prices is not None):
            raise ValueError("mått i kronor, och bara de, anger «prices»")
        if self.gap is not None and "mätbar" not in self.exceptions:
            raise ValueError("ett mått utan uppgifter har undantaget «mätbar» med skäl")
        if len({query.api for query in self.live}) > 1:
            raise ValueError("frågorna i «live» går alla till samma källa")
        if len(set(self.principles)) != len(self.principles):
            raise ValueError("samma princip står två gånger")
        return self

    @property
    def unit(self) -> Measure:
        """The unit of measure with its labels and limits."""
        return MEASURES[self.measure]

    @property
    def is_count(self) -> bool:
        """Counts follow the size of the population, and are never compared between units."""
        return self.measure in ("antal", "personer", "arsarbetare")

    @property
    def is_computed(self) -> bool:
        """Whether the project computes the figures itself, from other series or from counts that it fetches."""
        return self.derived is not None or any(isinstance(q, TableQuery) and q.share for q in self.live)

    @property
    def turn(self) -> int:
        """+1 when higher is better, −1 when lower is better, 0 when neither."""
        return {"higher_better": 1, "lower_better": -1, "none": 0}[self.direction]


class IndicatorFile(Model):
    """One file of the catalogue: an area and its indicators in report order."""

    area: Slug
    indicators: list[Indicator]
