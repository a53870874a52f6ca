"""What there is within a region: read for some indicators, and the cards of one of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from varddialog.assessment.ground import Ground
from varddialog.assessment.inside import Inside, first_year, inside
from varddialog.model.indicator import Indicator
from varddialog.model.units import Unit
from varddialog.pack import sources
from varddialog.pack.cards import InsideCard
from varddialog.swedish import capital


def inside_of(own: Iterable[Indicator], unit: Unit, on: Ground) -> dict[str, list[Inside]]:
    """Indicator → what there is of it within the region. Nothing is read when there is nothing."""
    known = on.store.manifest.inside(unit.code)
    shown = [i for i in own if i.id in known and i.duplicate_of is None]
    if not shown:
        return {}
    material = on.material
    results = {i.id: material.results(i, unit) if i.id in material.countries else [] for i in shown}
    first = {i.id: first_year(known[i.id], unit.code, results[i.id]) for i in shown}
    rows, places = on.store.within(unit.code, first), on.store.places(unit.code)
    counted = {i.derived.numerator for i in on.catalogue.indicators.values() if i.derived}
    return {
        i.id: inside(
            i,
            unit,
            results[i.id],
            rows.get(i.id, []),
            [o for o in material.observations.get(i.id, []) if o.region == unit.code],
            places,
            known[i.id],
            values_count=i.id in counted or i.measure == "personer",
        )
        for i in shown
    }


def inside_cards(found: Sequence[Inside], sex: str) -> list[InsideCard]:
    """The cards of what there is of one indicator, of the sex that its own card is about if there is any of it."""
    mine = [one for one in found if one.sex == sex] or [one for one in found if one.sex == "T"] or found
    return [InsideCard(one, capital(sources.within(one))) for one in mine]
