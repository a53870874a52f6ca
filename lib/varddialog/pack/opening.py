"""Opening a pack: parameters checked, results made. All that is read from disk is read here."""

from __future__ import annotations

from varddialog.assessment.assess import assess_all
from varddialog.assessment.grading import Grade, grade, ordered, split_of, split_of_regions
from varddialog.assessment.ground import ground
from varddialog.assessment.groups import Comparison, comparisons
from varddialog.assessment.material import Material
from varddialog.assessment.peers import similar_regions
from varddialog.assessment.relevance import Relevance, relevance
from varddialog.config import DEFAULT_CYCLE, project
from varddialog.errors import Fault, ParamsError
from varddialog.model.catalogue import Catalogue
from varddialog.model.framework import Dimension
from varddialog.model.indicator import Grouping, Indicator
from varddialog.model.units import Unit
from varddialog.pack.content import AreaContent
from varddialog.pack.inside import inside_of
from varddialog.pack.notes import NoteBox, notes_at
from varddialog.pack.pack import Pack
from varddialog.swedish import capital


def open_pack(dimension: int | str, region: str, cycle: str = DEFAULT_CYCLE) -> Pack:
    """The pack of one unit and dimension.

    region: any name or code of the unit. cycle: a file under params/cycles. Raises UsageError for an
    unknown name, ParamsError for faulty params, DataError for a missing or damaged store.
    """
    on = ground(project(), cycle)
    catalogue, material = on.catalogue, on.material
    chosen, unit = catalogue.dimension(dimension), catalogue.units.find(region)
    own = catalogue.of_dimension(chosen)
    context = list(catalogue.areas.get(catalogue.framework.context.slug, ()))
    # the fourth dimension goes across the others
    grouped = any(leaf.grouping for leaf in chosen.leaves())
    found = _comparisons(chosen, unit, catalogue, material) if grouped else {}
    return Pack(
        catalogue=catalogue,
        dimension=chosen,
        unit=unit,
        cycle=catalogue.cycle(cycle),
        manifest=on.store.manifest,
        areas={
            leaf.slug: AreaContent.of(catalogue.areas.get(leaf.slug, ()), unit, material)
            for leaf in [*chosen.leaves(), catalogue.framework.context]
        },
        assessments={a.result.anchor: a for a in assess_all(own, unit, material) if a.result},
        comparisons=found,
        context_groups=_context_groups(context, unit, material),
        grades=_grades(found, unit, catalogue, material) if found else [],
        regional=_regional(catalogue, material) if found and unit.is_nation else [],
        similar=similar_regions(unit, material.observations),
        inside=inside_of(own, unit, on),
        notes=_notes(chosen, unit, catalogue),
    )


def _notes(dimension: Dimension, unit: Unit, catalogue: Catalogue) -> dict[str, list[NoteBox]]:
    """Place → what region and analysts add there. Raises ParamsError with every fault in their files."""
    found: dict[str, list[NoteBox]] = {}
    faults: list[Fault] = []
    for place in [dimension.notebook, *(leaf.slug for leaf in [*dimension.leaves(), catalogue.framework.context])]:
        try:
            found[place] = notes_at(project(), unit, place)
        except ParamsError as error:
            faults += error.faults
    if faults:
        raise ParamsError(*faults)
    return found


def _context_groups(context: list[Indicator], unit: Unit, material: Material) -> list[Comparison]:
    """The population by age and by country of birth, as counts."""
    current = [i for i in context if i.discontinued is None and i.is_count and i.id in material.countries]
    observations = {i.id: material.sound(i, unit) for i in current}
    splits: tuple[Grouping, ...] = ("ålder", "födelseland")
    return [c for g in splits for c in comparisons(current, g, unit, unit, observations)]


def _comparisons(
    dimension: Dimension, unit: Unit, catalogue: Catalogue, material: Material
) -> dict[str, list[Comparison]]:
    """Area slug → the splits it shows; Riket's where the unit has none. Empty without areas of groups."""
    nation = catalogue.units.nation
    shown = [c.indicator for c in material.countries.values() if not (c.indicator.derived or c.indicator.is_count)]
    rows = {i.id: material.sound(i, unit, nation) for i in shown}
    return {
        leaf.slug: comparisons(shown, leaf.grouping, unit, nation, rows)
        for leaf in dimension.leaves()
        if leaf.grouping is not None
    }


def _grades(found: dict[str, list[Comparison]], unit: Unit, catalogue: Catalogue, material: Material) -> list[Grade]:
    """The unit's own splits graded, in order; Riket's are graded in Riket's report."""
    own = [c for rows in found.values() for c in rows if c.unit == unit and c.indicator.discontinued is None]
    made = []
    for c in own:
        members = [i for i in catalogue.indicators.values() if i.part and i.part.family == c.title]
        parts = {i.id: capital(i.part.group) for i in members if i.part}
        ids = list(parts) or [c.indicator.id]
        rows = [o for key in ids for o in material.observations.get(key, [])]
        flagged = [r for key in ids for r in material.countries[key].remarks]
        results = material.results(c.indicator, unit)
        limit = relevance(results[0]) if results else Relevance(None, "ingen gräns")
        made.append(grade(split_of(c, rows, flagged, parts), limit, catalogue.judgements))
    return ordered([g for g in made if g is not None])


def _regional(catalogue: Catalogue, material: Material) -> list[Grade]:
    """Riket's current indicators of care by region, where the uncertainty of the regions farthest apart is known."""
    graded = [i for d in catalogue.framework.dimensions if d.graded_by_region for i in catalogue.of_dimension(d)]
    made = []
    for country in (material.countries[i.id] for i in graded if i.id in material.countries):
        here = material.results(country.indicator, catalogue.units.nation)
        for nation in (r for r in here if r.state == "aktuell"):
            found = [r for unit in catalogue.units.regions for r in material.results(country.indicator, unit)]
            same = [r for r in found if r.sex == nation.sex]
            if same:
                split = split_of_regions(same, nation.unit, nation.latest.when)
                made.append(grade(split, relevance(nation), catalogue.judgements))
    return ordered([g for g in made if g is not None and not g.is_signal])
