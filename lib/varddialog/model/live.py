"""Where the figures of a series are fetched: one query for each API, as params/ writes it."""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import Field, model_validator

from varddialog.model.base import Model, Text

Code = Annotated[str, Field(pattern=r"^\d{2}$")]
Year = Annotated[int, Field(ge=1960, le=2100)]
Split = Literal["utbildning", "inkomst", "födelseland", "ålder"]


class KoladaQuery(Model):
    """One measure (nyckeltal) of Kolada. within: also the values of municipalities or of organisational units.

    sex: the measure is about this sex alone, though Kolada writes its figures as the total.
    """

    api: Literal["kolada"]
    kpi: Annotated[str, Field(pattern=r"^[NU]\d{5}$")]
    sex: Literal["K", "M"] | None = None
    within: list[Literal["kommuner", "enheter"]] = []


class Sexes(Model):
    """The variable of sex in a table, and its codes for both (T), women (K) and men (M); one without is not asked."""

    variable: Text
    T: Text | None = None
    K: Text | None = None
    M: Text | None = None


class Interval(Model):
    """The variable that tells value from limits of the 95 % interval, and, where there is one, number of answers."""

    variable: Text
    value: Text
    low: Text
    high: Text
    count: Text | None = None


class Groups(Model):
    """The variable that splits by group: the table's code → the group as the store writes it."""

    grouping: Split
    variable: Text
    codes: Annotated[dict[Text, Text], Field(min_length=1)]


class Share(Model):
    """A share computed by the project: the sum over `part` for every `per` of the sum over `whole`.

    counts: the two sums are kept as numerator and denominator, being persons who have something among all who could.
    """

    variable: Text
    part: Annotated[list[Text], Field(min_length=1)]
    whole: Annotated[list[Text], Field(min_length=1)]
    per: Annotated[int, Field(ge=1)] = 100
    counts: bool = False


class TableQuery(Model):
    """A table of PxWeb: SCB version 1 (`scb`) and 2 (`scb2`), Folkhälsomyndigheten (`fohm`, version 1).

    select: variable → codes; more than one code is summed. `a..b` is every code from a to b in the table's own order.
    Wherever a code is written, its text will do (`kvinnor`), as long as no other code has the same.
    region: the variable of regions, null in a table of Riket alone. regions: county code → the table's code where it is
    another; `{}` stands for the county code in `region_code`. first, last: the years that are taken from the table.
    sex: the variable of sex, or K or M where the whole table is about women or men alone.
    """

    api: Literal["scb", "scb2", "fohm"]
    table: Text
    select: dict[Text, Annotated[list[Text], Field(min_length=1)]] = {}
    region: Text | None = "Region"
    region_code: Text = "{}"
    regions: dict[Code, Text] = {}
    time: Text = "Tid"
    first: Year | None = None
    last: Year | None = None
    sex: Sexes | Literal["K", "M"] | None = None
    interval: Interval | None = None
    groups: Groups | None = None
    share: Share | None = None

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        parts = [p.variable for p in (self.interval, self.groups, self.share) if p is not None]
        sexes = [self.sex.variable] if isinstance(self.sex, Sexes) else []
        named = [*self.select, *([self.region] if self.region else []), self.time, *sexes, *parts]
        if twice := sorted({name for name in named if named.count(name) > 1}):
            raise ValueError(f"variabeln {', '.join(twice)} väljs två gånger")
        if self.interval and (self.share or any(len(codes) > 1 or ".." in codes[0] for codes in self.select.values())):
            raise ValueError("ett intervall kan inte summeras: välj en kod i varje variabel, och ingen «share»")
        return self


class EurostatQuery(Model):
    """A data set of Eurostat: the members of the EU and the EU itself, all years. select: dimension → its one code."""

    api: Literal["eurostat"]
    dataset: Text
    select: dict[Text, Text]


class SocialstyrelsenQuery(Model):
    """A subject (ämne) of Socialstyrelsen's statistical database. select: variable → its one code."""

    api: Literal["socialstyrelsen"]
    subject: Text
    select: dict[Text, Text]
    by_sex: bool = False


class ForsakringskassanQuery(Model):
    """A table of Försäkringskassan's open data, its December rows. observation: the code of the figure."""

    api: Literal["forsakringskassan"]
    dataset: Text
    table: Text
    observation: Text


class OecdQuery(Model):
    """A data flow of the OECD with its key (SDMX), all countries and years. select: column → the code that is kept."""

    api: Literal["oecd"]
    flow: Text
    key: Text
    select: dict[Text, Text] = {}


class WhoQuery(Model):
    """An indicator of WHO's Global Health Observatory, all countries and years."""

    api: Literal["who"]
    code: Text
    sex: Literal["T", "K", "M"] = "T"


class VardenISiffrorQuery(Model):
    """A measure of Vården i siffror, whose interface is undocumented and may change without notice."""

    api: Literal["vardenisiffror"]
    measure: Text


Query = Annotated[
    KoladaQuery | TableQuery | EurostatQuery | SocialstyrelsenQuery | ForsakringskassanQuery | OecdQuery | WhoQuery
    | VardenISiffrorQuery,
    Field(discriminator="api"),
]  # fmt: skip
# every API that a query names
APIS: tuple[str, ...] = tuple(
    api for query in get_args(get_args(Query)[0]) for api in get_args(query.model_fields["api"].annotation)
)


def code_of(query: Query) -> str:
    """The source's own name of what is asked for."""
    match query:
        case KoladaQuery():
            return query.kpi
        case TableQuery() | ForsakringskassanQuery():
            return query.table
        case EurostatQuery():
            return query.dataset
        case SocialstyrelsenQuery():
            return query.subject
        case OecdQuery():
            return query.flow
        case WhoQuery():
            return query.code
        case VardenISiffrorQuery():
            return query.measure


class ForeignSeries(Model):
    """An international series: who publishes it, in which unit, and where it is fetched."""

    id: Text
    publisher: Text
    unit: Text
    live: list[Query] = []


class ForeignFile(Model):
    """params/international.yml."""

    series: list[ForeignSeries]

    @model_validator(mode="after")
    def _once(self) -> Self:
        ids = [s.id for s in self.series]
        if repeated := sorted({i for i in ids if ids.count(i) > 1}):
            raise ValueError(f"serien {', '.join(repeated)} står två gånger")
        return self
