"""The list of all indicators: a table for each area, with Riket, the ends of the regions and how the classes fell."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from markupsafe import Markup

from varddialog.assessment.across import Across
from varddialog.assessment.answer import Class
from varddialog.assessment.results import Result
from varddialog.model.framework import Area
from varddialog.model.indicator import Indicator
from varddialog.prose.evidence import name_of
from varddialog.prose.words import figure, period
from varddialog.publish.page import answered, mark, render
from varddialog.publish.site.whole import Whole
from varddialog.swedish import MISSING, listing, number
from varddialog.tables.html import table

PAGE = "matt/index.html"
# how the regions fell against Riket, in the order that they are told
_TOLD: tuple[tuple[Class, ...], ...] = (("bättre",), ("i nivå",), ("sämre",), ("högre",), ("lägre",))
_UNTOLD: tuple[Class, ...] = ("beskrivande", "kan ej bedömas")
_HEADER = ["Mått", "Riket", "Tid", "Bästa region", "Sämsta region", "Regionerna mot riket", "Riket mot målnivån"]
_CONTEXT = ["Uppgift", "Riket", "Tid", "Lägst", "Högst"]


@dataclass(frozen=True)
class Listed:
    """One area: its table, and the indicators that have no figures yet with what is missing."""

    area: Area
    table: Markup | None
    gaps: list[Indicator]


@dataclass(frozen=True)
class Section:
    """A dimension, or the context, with its areas."""

    slug: str
    name: str
    areas: list[Listed]


def indicator_list(whole: Whole) -> str:
    """The page as HTML."""
    framework = whole.catalogue.framework
    sections = [_section(d.slug, f"{d.number} {d.name}", d.leaves(), whole) for d in framework.dimensions]
    sections.append(_section(framework.context.slug, framework.context.name, [framework.context], whole))
    count = len(whole.places)
    return render("site/indicators", whole.cycle, home="../", here="matt", sections=sections, count=count)


def _section(slug: str, name: str, leaves: list[Area], whole: Whole) -> Section:
    areas = []
    for leaf in leaves:
        gaps = [i for i in whole.catalogue.areas.get(leaf.slug, ()) if i.gap]
        rows = [row for indicator in whole.of_area(leaf) for row in _rows(indicator, whole)]
        header = _CONTEXT if leaf.slug == whole.catalogue.framework.context.slug else _HEADER
        caption = f"{leaf.name}: mått med uppgifter"
        if rows or gaps:
            areas.append(Listed(leaf, table(caption, header, rows) if rows else None, gaps))
    # an area may bear the dimension's or the context's own name
    return Section(f"dimension-{slug}", name, areas)


def _rows(indicator: Indicator, whole: Whole) -> list[list[str]]:
    """One row, or one for each sex without a value for both; an indicator of groups alone has no value to show."""
    link = Markup('<a href="{}.html">{}</a>')
    found = whole.results(indicator)
    width = len(_HEADER if whole.places[indicator.id].dimension else _CONTEXT)
    if not found:
        return [[link.format(indicator.slug, indicator.name), "bara grupper", *[MISSING] * (width - 2)]]
    made = []
    for anchor, by_unit in found.items():
        nation = by_unit.get(whole.catalogue.units.nation.code)
        example = nation or next(iter(by_unit.values()))
        name = link.format(indicator.slug, name_of(example))
        value = figure(indicator, nation.latest.value) if nation else MISSING
        head = [name, value, period(indicator, example.latest.when)]
        if whole.places[indicator.id].dimension is None:
            made.append([*head, *_ends(indicator, by_unit, example.latest.when, whole)])
            continue
        x = whole.across.get(anchor)
        judged = whole.assessments[indicator.id][anchor].get(whole.catalogue.units.nation.code)
        target = answered(judged.vs_target if judged else None)
        made.append([*head, *(_best_and_worst(x) if x else (MISSING, MISSING)), _fell(x), target])
    return made


def _best_and_worst(x: Across) -> tuple[str, str]:
    """The regions at the ends, by the values as printed; for neutral indicators the highest and the lowest."""
    places = x.indicator.decimals
    printed = {code: round(x.values[code], places) for code in x.ordered}
    ends = []
    for code in (x.ordered[0], x.ordered[-1]):
        names = [x.name(c) for c in printed if printed[c] == printed[code]]
        where = listing(names) if len(names) < 3 else f"{len(names)} regioner"
        ends.append(f"{where} {number(printed[code], places)}")
    if not x.indicator.turn:
        return f"högst: {ends[0]}", f"lägst: {ends[1]}"
    return ends[0], ends[1]


def _ends(indicator: Indicator, by_unit: dict[str, Result], when: str, whole: Whole) -> tuple[str, str]:
    """The lowest and highest region at one time; counts follow the size of the region and are not set beside others."""
    same = {c: r.latest.value for c, r in by_unit.items() if r.latest.when == when and not r.unit.is_nation}
    if indicator.is_count or not same:
        return MISSING, MISSING
    names = whole.catalogue.units.by_code
    low, high = min(same, key=lambda c: (same[c], c)), max(same, key=lambda c: (same[c], c))
    return tuple(f"{names[c].name} {number(same[c], indicator.decimals)}" for c in (low, high))  # type: ignore[return-value]


def _fell(x: Across | None) -> Markup:
    """How many regions have each class against Riket, as marks, numbers and words."""
    if x is None:
        return Markup("jämförs inte")
    counted = Counter(x.klass(code) for code in x.regions)
    told = [mark(k, f"{number(counted[k])} {k}") for (k,) in _TOLD if counted[k]]
    rest = sum(counted[k] for k in _UNTOLD)
    if rest:
        told.append(mark("kan ej bedömas", f"{number(rest)} bedöms inte"))
    return Markup(" ").join(Markup('<span class="antal">{}</span>').format(t) for t in told)
