"""The workbook's sheet of values within the region: those that the reports show, small numbers hidden as there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from varddialog.assessment.inside import Inside
from varddialog.data.rows import Place
from varddialog.model.groups import SEXES
from varddialog.pack import Pack, sources
from varddialog.prose.inside import MARK, NOUNS
from varddialog.prose.words import period
from varddialog.publish.workbook.sheet import Cell, Column, Row
from varddialog.swedish import capital

COLUMNS = (
    Column("Mått", 56),
    Column("Mått-id", 26),
    Column("Slag", 24),
    Column("Plats", 40),
    Column("Platsens kod", 16),
    Column("År", 7, "year"),
    Column("Tid", 13),
    Column("Kön", 10),
    Column("Värde", 12, "number"),
    Column("Mätenhet", 30),
    Column("Intervall, undre gräns", 12, "number"),
    Column("Intervall, övre gräns", 12, "number"),
    Column("Källa", 60, "long"),
)


def rows(packs: Sequence[Pack]) -> Iterator[Row]:
    """Every value that is shown, in the order of the reports. packs: the unit's."""
    for pack in packs:
        for found in pack.inside.values():
            for inside in found:
                for place in inside.places:
                    for cells in _of_place(inside, place):
                        yield cells, inside.indicator.decimals


def _of_place(inside: Inside, place: Place) -> Iterator[list[Cell]]:
    indicator, own = inside.indicator, bool(inside.origin.own)
    for when in inside.times:
        if (point := inside.values[place.code].get(when)) is not None:
            yield [
                indicator.name,
                indicator.id,
                MARK if own else capital(NOUNS[inside.kind][0]),
                place.name,
                None if own else place.code,
                point.year,
                period(indicator, when),
                SEXES[inside.sex],
                point.value,
                indicator.unit.label,
                point.low,
                point.high,
                capital(sources.within(inside)),
            ]
