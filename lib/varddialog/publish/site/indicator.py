"""One indicator in the whole country: how the regions stand, how it has developed, what it is and where it is from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from varddialog.assessment.across import Across, limits
from varddialog.assessment.assess import Assessment
from varddialog.assessment.groups import Comparison, comparisons
from varddialog.assessment.results import Result
from varddialog.model.indicator import Grouping, Indicator
from varddialog.model.units import Unit
from varddialog.pack.country_figures import Figure, figures
from varddialog.pack.sources import source
from varddialog.prose import across as say
from varddialog.prose import result as one
from varddialog.prose.answers import SHAPES, answer_in_words
from varddialog.prose.evidence import name_of
from varddialog.prose.summary import group_finding
from varddialog.prose.words import figure, interval, period
from varddialog.publish.page import answered, render
from varddialog.publish.site.values_file import values_file
from varddialog.publish.site.whole import Whole
from varddialog.swedish import MISSING, NBSP, capital, number
from varddialog.swedish import interval as between
from varddialog.tables import html as tables

FOLDER = "matt"
GROUPINGS: tuple[Grouping, ...] = ("kön", "utbildning", "inkomst", "födelseland", "ålder")


def address(indicator: Indicator) -> str:
    """The page of an indicator, from the cycle's folder."""
    return f"{FOLDER}/{indicator.slug}.html"


@dataclass(frozen=True)
class Part:
    """One indicator, or one sex of an indicator without a value for both together."""

    anchor: str
    name: str
    finding: str
    warning: str
    answers: list[tuple[str, str, str, str]]  # Riket's: question, rule, shape, words
    figures: list[Figure]
    legend: str
    table: Markup


def indicator_page(indicator: Indicator, whole: Whole) -> str:
    """The page as HTML."""
    results = whole.results(indicator)
    place = whole.places[indicator.id]
    nation = whole.catalogue.units.nation
    parts = [_part(indicator, anchor, found, whole) for anchor, found in results.items()]
    example = next((r for found in results.values() for r in found.values()), None)
    return render(
        "site/indicator",
        whole.cycle,
        home="../",
        indicator=indicator,
        place=place,
        parts=parts,
        facts=list(_facts(indicator, example, whole)),
        source=capital(source(indicator, whole.catalogue, whole.on.store.manifest)),
        splits=[(c.heading, group_finding(c), tables.groups(c)) for c in _splits(indicator, nation, whole)],
        sexes=_sexes(indicator, whole),
        family=_family(indicator, whole),
        remarks=_remarks(results, whole),
        file=values_file(indicator, results) if results else None,
        assessed=place.dimension is not None,
    )


def _part(indicator: Indicator, anchor: str, found: Mapping[str, Result], whole: Whole) -> Part:
    judged = whole.assessments.get(indicator.id, {}).get(anchor, {})
    x = whole.across.get(anchor)
    first = next(iter(found.values()))
    nation = judged.get(whole.catalogue.units.nation.code)
    links = {code: f"../{card}" for code, result in found.items() if (card := whole.card(result))}
    return Part(
        anchor=anchor,
        name=name_of(first),
        finding=_finding(first, x, whole),
        warning=one.state(first),
        answers=_answers(nation) if nation else [],
        figures=figures(x, {code: links.get(code, f"#{found[code].row}") for code in x.regions}) if x else [],
        legend=say.ranking_legend(x) if x else "",
        table=_table(indicator, found, judged, links, whole),
    )


def _finding(first: Result, x: Across | None, whole: Whole) -> str:
    """What the page says first; for what is not compared between regions, Riket's or no more than the span."""
    if x is not None:
        return say.ranking_title(x)
    return one.finding(first) if first.unit.is_nation else one.place_among_regions(first)


def _answers(nation: Assessment) -> list[tuple[str, str, str, str]]:
    asked = [
        ("Riket mot målnivån", "regel-mal", nation.vs_target),
        ("Rikets utveckling", "regel-trend", nation.trend),
        ("Mellan regionerna", "regel-variation", nation.variation),
    ]
    return [(q, rule, SHAPES[a.klass], answer_in_words(a)) for q, rule, a in asked if a]


def _table(
    indicator: Indicator,
    found: Mapping[str, Result],
    judged: Mapping[str, Assessment],
    links: Mapping[str, str],
    whole: Whole,
) -> Markup:
    """Riket and every region: value, time and answers as marks and words, and the way to the region's own card."""
    limits = any(a.uncertainty.error is not None for a in judged.values())
    targets = any(a.vs_target for a in judged.values())
    header = ["Region", "Värde", *([f"95{NBSP}%-intervall"] if limits else []), "Tid"]
    if judged:
        header += ["Mot riket", *(["Mot målnivån"] if targets else []), "Utveckling"]
    rows: list[list[str]] = []
    for unit in whole.catalogue.units.all:
        result, a = found.get(unit.code), judged.get(unit.code)
        rows.append(
            [
                _head(unit, result, links.get(unit.code, "")),
                _value(result),
                *([_limits(indicator, result, a)] if limits else []),
                period(indicator, result.latest.when) if result else MISSING,
            ]
        )
        if judged:
            rows[-1] += [
                _beside(unit, a),
                *([answered(a.vs_target if a else None)] if targets else []),
                answered(a.trend if a else None),
            ]
    return tables.table(f"Riket och regionerna, {indicator.unit.label}", header, rows)


def _head(unit: Unit, result: Result | None, link: str) -> str:
    """The unit's name, where the row has its address; a link where there is a report."""
    name = Markup('<a href="{}">{}</a>').format(link, unit.name) if link else unit.name
    return Markup('<span id="{}">{}</span>').format(result.row, name) if result else name


def _value(result: Result | None) -> str:
    if result is None:
        return "saknas"
    text = number(result.latest.value, result.indicator.decimals)
    return f"{text} (ifrågasatt)" if result.latest.is_questioned else text


def _limits(indicator: Indicator, result: Result | None, a: Assessment | None) -> str:
    if result is None or a is None or result.latest.is_questioned:
        return MISSING
    published = interval(indicator, result.latest)
    ends = limits(a)
    return published or (between(*ends, indicator.decimals) if ends else MISSING)


def _beside(unit: Unit, a: Assessment | None) -> str:
    return MISSING if unit.is_nation or a is None else answered(a.vs_nation)


def _facts(indicator: Indicator, example: Result | None, whole: Whole) -> Iterator[tuple[str, str]]:
    """What the indicator is: term and words."""
    yield "Räknar", indicator.definition
    yield "Fångar inte", indicator.limits
    yield "Enhet", f"{capital(indicator.unit.label)}."
    if example is not None:
        yield "Riktning", one.direction(example)
        for found in example.targets:
            said = capital(one.level(found, example))
            if found.target.match == "annat":
                said += ". Målnivån gäller ett annat mått och jämförs inte"
            elif found.target.match == "närliggande":
                said += ". Målnivån gäller ett närliggande mått"
            yield "Målnivå", f"{said}.{f' {found.target.note}' if found.target.note else ''}"
    for broken in indicator.breaks:
        yield "Tidsseriebrott", f"Värden före {broken.year} kan inte jämföras med senare. {broken.reason}"
    nation = next((r for r in whole.on.material.results(indicator, whole.catalogue.units.nation)), None)
    if nation is not None and nation.foreign:
        yield "Andra länder", one.abroad(nation.foreign, nation)
    yield "Källa", f"{capital(source(indicator, whole.catalogue, whole.on.store.manifest))}."


def _splits(indicator: Indicator, unit: Unit, whole: Whole) -> list[Comparison]:
    """Riket by group, for every split that the store holds."""
    if indicator.derived:
        return []
    rows = {indicator.id: whole.on.material.sound(indicator, unit)}
    return [c for g in GROUPINGS for c in comparisons([indicator], g, unit, unit, rows)]


def _sexes(indicator: Indicator, whole: Whole) -> Markup | None:
    """Women and men by region, where a value for both together is what the rest of the page shows."""
    units = whole.catalogue.units
    rows = whole.on.material.sound(indicator, *units.all)
    if indicator.derived or not {"K", "M", "T"} <= {o.sex for o in rows if not o.grouping}:
        return None
    made = []
    for unit in units.all:
        for c in comparisons([indicator], "kön", unit, unit, {indicator.id: rows}):
            values = [figure(indicator, v.value) for v in c.values]
            made.append([unit.name, *values, period(indicator, c.when)])
    return tables.table(f"{indicator.name}, kvinnor och män", ["Region", "Kvinnor", "Män", "Tid"], made)


def _family(indicator: Indicator, whole: Whole) -> list[Indicator]:
    """The other groups of the comparison that this indicator is one group of."""
    if indicator.part is None:
        return []
    others = [i for i in whole.catalogue.indicators.values() if i.part and i != indicator and i.id in whole.places]
    return [i for i in others if i.part and i.part.family == indicator.part.family]


def _remarks(results: Mapping[str, Mapping[str, Result]], whole: Whole) -> list[tuple[str, str, str]]:
    """Whom a remark is about, its kind and its words; the same remark on several units once."""
    about: dict[tuple[str, str], list[str]] = {}
    for found in results.values():
        for code, result in found.items():
            for remark in result.remarks:
                names = about.setdefault((f"{remark.level}: {remark.check}", remark.reason), [])
                if (name := whole.catalogue.units.by_code[code].name) not in names:
                    names.append(name)
    units = max((len(found) for found in results.values()), default=0)
    return [("Alla" if len(names) == units else ", ".join(names), kind, why) for (kind, why), names in about.items()]
