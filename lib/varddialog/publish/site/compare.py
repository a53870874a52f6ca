"""The comparison of regions: one table for each dimension, indicators by units, which a script makes narrower."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from markupsafe import Markup

from varddialog.assessment.answer import Class
from varddialog.assessment.assess import Assessment
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit
from varddialog.prose.answers import SHAPES
from varddialog.prose.evidence import name_of
from varddialog.prose.words import period
from varddialog.publish.page import render, shape
from varddialog.publish.site.indicator import address
from varddialog.publish.site.whole import Whole
from varddialog.swedish import MISSING, number

PAGE = "jamfor.html"
# classes against Riket as the script reads them off a cell
LETTERS: dict[Class, str] = {
    "bättre": "b", "sämre": "s", "i nivå": "n", "högre": "h", "lägre": "l", "beskrivande": "o", "kan ej bedömas": "k",
}  # fmt: skip


class Row(NamedTuple):
    """One indicator: where its page is, its unit and time, and a cell for each unit."""

    name: str
    href: str
    unit: str
    when: str
    area: str
    cells: list[Markup]


@dataclass(frozen=True)
class Compared:
    """One dimension with its rows."""

    slug: str
    name: str
    number: int
    rows: list[Row]


def compare_page(whole: Whole) -> str:
    """The page as HTML."""
    units = whole.catalogue.units.all
    tables = [
        Compared(d.slug, d.name, d.number, rows)
        for d in whole.catalogue.framework.dimensions
        if (rows := [r for leaf in d.leaves() for i in whole.of_area(leaf) for r in _rows(i, leaf.slug, whole)])
    ]
    areas = {leaf.slug: leaf.name for d in whole.catalogue.framework.dimensions for leaf in d.leaves()}
    shown = {row.area for table in tables for row in table.rows}
    return render(
        "site/compare",
        whole.cycle,
        home="",
        here="jamfor",
        tables=tables,
        units=units,
        areas={slug: name for slug, name in areas.items() if slug in shown},
        letters={letter: (SHAPES[klass], klass) for klass, letter in LETTERS.items()},
        covers={unit.code for unit in units if whole.has_cover(unit)},
    )


def _rows(indicator: Indicator, area: str, whole: Whole) -> list[Row]:
    made = []
    for by_unit in whole.assessments.get(indicator.id, {}).values():
        first = next(iter(by_unit.values()))
        assert first.result is not None
        nation = by_unit.get(whole.catalogue.units.nation.code)
        when = (nation or first).result.latest.when  # type: ignore[union-attr]
        cells = [_cell(unit, by_unit, when) for unit in whole.catalogue.units.all]
        label = indicator.unit.label
        made.append(Row(name_of(first.result), address(indicator), label, period(indicator, when), area, cells))
    return made


def _cell(unit: Unit, by_unit: Mapping[str, Assessment], when: str) -> Markup:
    """The value with its mark, the word beside it, and the time where that is another than the row's."""
    a = by_unit.get(unit.code)
    if a is None or a.result is None:
        return Markup("<td>{}</td>").format(MISSING)
    result = a.result
    value = number(result.latest.value, a.indicator.decimals)
    doubt = Markup(' <span class="ord">ifrågasatt</span>') if result.latest.is_questioned else ""
    time = "" if result.latest.when == when else f" ({period(a.indicator, result.latest.when)})"
    if unit.is_nation or a.vs_nation is None:
        return Markup("<td>{}{}{}</td>").format(value, time, doubt)
    klass = a.vs_nation.klass
    told = doubt or Markup('{} <span class="ord">{}</span>').format(shape(klass), klass)
    return Markup('<td data-k="{}">{} {}{}</td>').format(LETTERS[klass], value, told, time)
