"""The list of indicators on the method page: how each is assessed, a table for each dimension."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from varddialog.assessment.overview import IndicatorOverview, TrendTest
from varddialog.data.manifest import Manifest
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Area
from varddialog.model.indicator import Indicator, Target
from varddialog.prose.words import period
from varddialog.swedish import EN_DASH, MISSING, capital, listing, number, with_unit
from varddialog.tables.html import table

_TESTS: dict[TrendTest, str] = {
    "viktad linje": "viktad linje",
    "Mann–Kendall": "Mann–Kendall",
    "fem år": "Mann–Kendall, fem år",
    "månadsvärden": "styrdiagram",
    "rullande": "nej, rullande värden",
    "löpande priser": "nej, löpande priser",
    "för få år": "nej, för få år",
    "gäller inte i dag": "nej, gammalt värde",
}


@dataclass(frozen=True)
class Listed:
    """One dimension, or the context, with its rows of the list of indicators."""

    slug: str
    name: str
    table: Markup
    gaps: tuple[str, ...]


_BREAK = Markup("<br>")


def listed(found: Mapping[str, IndicatorOverview], catalogue: Catalogue, manifest: Manifest) -> list[Listed]:
    """Every indicator of the catalogue: a table for each dimension and for the context, gaps by name."""
    sections = [(d.slug, f"{d.number} {d.name}", d.leaves()) for d in catalogue.framework.dimensions]
    context = catalogue.framework.context
    sections.append((context.slug, context.name, [context]))
    return [_section(slug, name, leaves, found, catalogue, manifest) for slug, name, leaves in sections]


def _section(
    slug: str,
    name: str,
    leaves: Iterable[Area],
    found: Mapping[str, IndicatorOverview],
    catalogue: Catalogue,
    manifest: Manifest,
) -> Listed:
    known = [(leaf, i) for leaf in leaves for i in catalogue.areas.get(leaf.slug, ())]
    head = Markup('{}<br><span class="vem">{} · {}</span>')
    rows = [
        [head.format(i.name, leaf.name, i.id), *_row(i, found.get(i.id), catalogue, manifest)]
        for leaf, i in known
        if not i.gap
    ]
    header = ["Mått", "Enhet, riktning", "Senast", "Nivå", "Relevansgräns", "Målnivå", "Utveckling"]
    return Listed(
        slug, name, table(f"{name}: mått med uppgifter", header, rows), tuple(i.name for _, i in known if i.gap)
    )


def _row(indicator: Indicator, found: IndicatorOverview | None, catalogue: Catalogue, manifest: Manifest) -> list[str]:
    way = {1: "högre bättre", -1: "lägre bättre", 0: "ingen riktning"}[indicator.turn]
    unit = f"{capital(indicator.unit.short or indicator.unit.label)}, {way}"
    target = listing(target_in_words(indicator, t) for t in indicator.targets) or MISSING
    stored = manifest.series.get(indicator.id)
    if found is None:
        latest = str(stored.last_year) if stored else MISSING
        return [unit, latest, _why_not(indicator, catalogue), MISSING, target, MISSING]
    return [
        unit,
        period(indicator, found.latest),
        ", ".join(with_unit(level, number(count)) for level, count in found.levels.items()),
        _limit(found),
        target,
        _BREAK.join(f"{_TESTS[test]} ({number(count)})" for test, count in found.tests.items()),
    ]


def _why_not(indicator: Indicator, catalogue: Catalogue) -> str:
    """Why an indicator with figures is not assessed."""
    if indicator.duplicate_of is not None:
        return f"visas som {indicator.duplicate_of}"
    if catalogue.area_of[indicator.id] == catalogue.framework.context.slug:
        return "bedöms inte"
    return "bara grupper"


def _limit(found: IndicatorOverview) -> str:
    if found.relevance.limit is None:
        return "ingen"
    kind = "relativ" if found.relevance.label == "relativ gräns" else "satt av sakkunniga"
    size = number(found.relevance.limit, found.indicator.decimals + 1)
    return f"{size}, {kind}"


def target_in_words(indicator: Indicator, target: Target) -> str:
    """`minst 80 % (Socialstyrelsen, 2020)`, and that it is set for another indicator where it is."""
    near = "" if target.match == "samma" else f", {target.match} mått"
    by = f"({target.issuer}{f', {target.year}' if target.year else ''}{near})"
    levels = [
        number(v, 0 if v == int(v) else indicator.decimals) for v in (target.level, target.upper) if v is not None
    ]
    if target.kind == "riktning":
        return f"{'ska öka' if indicator.turn == 1 else 'ska minska'} {by}"
    ends = (EN_DASH if target.kind == "intervall" else " och ").join(levels)
    kind = f"{target.kind} " if target.kind in ("minst", "högst") else ""
    return f"{kind}{with_unit(ends, indicator.unit.short)} {by}"
