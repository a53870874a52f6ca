"""Opening a focus sheet: parameters checked, results made. All that is read from disk is read here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import get_args

from varddialog.assessment.assess import Assessment, assess_all
from varddialog.assessment.ground import Ground, ground
from varddialog.assessment.groups import Comparison, comparisons
from varddialog.assessment.peers import similar_regions
from varddialog.config import DEFAULT_CYCLE, project
from varddialog.dialogue.focus import beside, lessons, stands
from varddialog.dialogue.records import read_rounds
from varddialog.dialogue.supplement.place import focus_place
from varddialog.model.indicator import Grouping, Indicator
from varddialog.model.units import Unit
from varddialog.pack.content import AreaContent
from varddialog.pack.focus import FocusPack
from varddialog.pack.notes import notes_at


def open_focus(focus_area: str, region: str, cycle: str = DEFAULT_CYCLE) -> FocusPack:
    """The focus sheet of one unit in one focus area.

    focus_area: slug of a file under params/focus-areas. region: any name or code of the unit. cycle: a file under
    params/cycles. Raises UsageError for an unknown name, ParamsError for faulty params, DataError for a missing or
    damaged store and for faulty records.
    """
    here = project()
    on = ground(here, cycle)
    catalogue, material = on.catalogue, on.material
    focus, unit = catalogue.focus_area(focus_area), catalogue.units.find(region)
    own = [catalogue.indicators[key] for key in focus.indicators]
    content = AreaContent.of(own, unit, material)
    found = [a for a in assess_all(own, unit, material) if a.result]
    by_indicator: dict[str, list[Assessment]] = {}
    for a in found:
        by_indicator.setdefault(a.indicator.id, []).append(a)
    similar = similar_regions(unit, material.observations)
    given = read_rounds(here, catalogue).lessons(cycle)
    return FocusPack(
        catalogue=catalogue,
        focus=focus,
        unit=unit,
        cycle=catalogue.cycle(cycle),
        manifest=on.store.manifest,
        content=content,
        assessments=found,
        comparisons=_comparisons(own, unit, on),
        similar=similar,
        beside=[] if unit.is_nation else beside(content.results, [u.code for u in catalogue.units.regions]),
        stands=stands(content.results, catalogue.units, material) if unit.is_nation else [],
        lessons=lessons(focus, unit, given, by_indicator, catalogue),
        notes=notes_at(here, unit, focus_place(focus.slug)),
    )


def _comparisons(own: Sequence[Indicator], unit: Unit, on: Ground) -> list[Comparison]:
    """Every split of the indicators for the unit, or for Riket where it has none, in the order of the catalogue."""
    material, ids = on.material, {i.id for i in own}
    split = [
        i
        for i in on.catalogue.indicators.values()
        if i.id in ids and i.id in material.countries and not (i.derived or i.is_count)
    ]
    nation = on.catalogue.units.nation
    rows = {i.id: material.sound(i, unit, nation) for i in split}
    groupings: tuple[Grouping, ...] = get_args(Grouping)
    return [c for grouping in groupings for c in comparisons(split, grouping, unit, nation, rows)]
