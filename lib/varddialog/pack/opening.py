"""Opening a pack: parameters checked, figures read, results made. All reading from disk happens here."""

from __future__ import annotations

from varddialog.assessment.assess import assess_all
from varddialog.assessment.groups import Comparison, comparisons, grouped_only
from varddialog.assessment.material import Material
from varddialog.config import DEFAULT_CYCLE, project
from varddialog.data.store import Store
from varddialog.model.catalogue import Catalogue, load_catalogue
from varddialog.model.framework import Dimension
from varddialog.model.indicator import Grouping, Indicator
from varddialog.model.units import Unit
from varddialog.pack.content import AreaContent
from varddialog.pack.pack import Pack


def open_pack(dimension: int | str, region: str, cycle: str = DEFAULT_CYCLE) -> Pack:
    """The pack of one unit and dimension.

    region: any name or code of the unit. cycle: a file under params/cycles. Raises UsageError for an
    unknown name, ParamsError for faulty params, DataError for a missing or damaged store.
    """
    here = project()
    catalogue = load_catalogue(here)
    store = Store.of(here)
    chosen, unit = catalogue.dimension(dimension), catalogue.units.find(region)
    own = catalogue.of_dimension(chosen)
    context = list(catalogue.areas.get(catalogue.framework.context.slug, ()))
    material = Material.read([*own, *context], store, catalogue.cycle(cycle).newest_year)
    contents = _contents([*own, *context], unit, catalogue, material)
    return Pack(
        catalogue=catalogue,
        dimension=chosen,
        unit=unit,
        cycle=catalogue.cycle(cycle),
        manifest=store.manifest,
        areas={leaf.slug: contents[leaf.slug] for leaf in [*chosen.leaves(), catalogue.framework.context]},
        assessments={a.result.anchor: a for a in assess_all(own, unit, material) if a.result},
        comparisons=_comparisons(chosen, unit, catalogue, store),
        context_groups=_context_groups(context, unit, catalogue, store),
    )


def _contents(
    indicators: list[Indicator], unit: Unit, catalogue: Catalogue, material: Material
) -> dict[str, AreaContent]:
    """Each area's results, gaps and indicators that are shown elsewhere."""
    contents = {leaf.slug: AreaContent() for leaf in catalogue.framework.leaves()}
    for indicator in indicators:
        content = contents[catalogue.area_of[indicator.id]]
        if indicator.gap is not None:
            content.gaps.append(indicator)
        elif indicator.duplicate_of is not None:
            content.duplicates.append(indicator)
        elif found := material.results(indicator, unit):
            content.results.extend(found)
        elif grouped_only(material.observations.get(indicator.id, [])):
            content.split_only.append(indicator)
        else:
            content.missing.append(indicator)
    return contents


def _context_groups(context: list[Indicator], unit: Unit, catalogue: Catalogue, store: Store) -> list[Comparison]:
    """The population by age and by country of birth, as counts."""
    current = [i for i in context if i.discontinued is None and i.is_count]
    observations = store.series([i.id for i in current], regions={unit.code})
    splits: tuple[Grouping, ...] = ("ålder", "födelseland")
    return [c for g in splits for c in comparisons(current, g, unit, unit, observations)]


def _comparisons(dimension: Dimension, unit: Unit, catalogue: Catalogue, store: Store) -> dict[str, list[Comparison]]:
    """Area slug → the splits it shows. Empty for a dimension without areas of groups."""
    grouped = [leaf for leaf in dimension.leaves() if leaf.grouping is not None]
    if not grouped:
        return {}
    nation = catalogue.units.nation
    everything = [i for i in catalogue.indicators.values() if not (i.gap or i.derived or i.is_count)]
    observations = store.series([i.id for i in everything], regions={unit.code, nation.code})
    found = {}
    for leaf in grouped:
        assert leaf.grouping is not None
        found[leaf.slug] = comparisons(everything, leaf.grouping, unit, nation, observations)
    return found
