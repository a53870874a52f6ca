"""What a report's figures raise, found and worded: the same for its scrap and for the discussion questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from varddialog.assessment.assess import Assessment
from varddialog.assessment.grading import Grade
from varddialog.assessment.groups import Comparison
from varddialog.dialogue.raised import Hole, Raised, of_assessments, of_groups, of_holes
from varddialog.model.framework import Dimension
from varddialog.model.units import Unit
from varddialog.pack.content import AreaContent
from varddialog.prose import questions as say
from varddialog.prose.evidence import name_of


def raised(
    dimension: Dimension,
    unit: Unit,
    areas: Mapping[str, AreaContent],
    assessments: Iterable[Assessment],
    comparisons: Mapping[str, Sequence[Comparison]],
    grades: Iterable[Grade],
) -> list[Raised]:
    """Everything that the unit's figures raise in the dimension, in report order within each sort.

    areas, comparisons: by slug of the area.
    """
    area_of = {r.indicator.id: slug for slug, content in areas.items() for r in content.results}
    found = [
        replace(r, name=name_of(a.result), text=say.evidence_of_value(r, a))
        for r, a in of_assessments(assessments, dimension.number, area_of)
        if a.result
    ]
    split = {leaf.grouping: leaf.slug for leaf in dimension.leaves() if leaf.grouping}
    shown = [c for rows in comparisons.values() for c in rows]
    found += [
        replace(r, text=say.evidence_of_groups(r, g, c))
        for r, g, c in of_groups(grades, shown, dimension.number, {str(k): slug for k, slug in split.items()})
    ]
    holes = list(_holes(dimension, unit, areas, comparisons))
    return found + [replace(r, text=say.evidence_of_hole(h, unit)) for r, h in of_holes(holes, dimension.number)]


def _holes(
    dimension: Dimension,
    unit: Unit,
    areas: Mapping[str, AreaContent],
    comparisons: Mapping[str, Sequence[Comparison]],
) -> Iterator[Hole]:
    """Areas of groups that show nothing of the unit itself, areas without figures, and what others have."""
    for leaf in dimension.leaves():
        content = areas[leaf.slug]
        if leaf.grouping:
            if not any(c.unit == unit for c in comparisons.get(leaf.slug, ())):
                yield Hole(leaf.slug, f"Skillnader efter {leaf.grouping}", 1, elsewhere=False, grouping=leaf.grouping)
            continue
        if content.gaps and not (content.results or content.missing or content.split_only):
            yield Hole(leaf.slug, leaf.name, len(content.gaps), elsewhere=False)
        if content.missing and not unit.is_nation:  # Riket without a value of its own is nothing that a party can mend
            yield Hole(leaf.slug, leaf.name, len(content.missing), elsewhere=True)
