"""Where a note is shown: beside the common material that it is named after, or on the unit's own page."""

from __future__ import annotations

from collections.abc import Mapping

from varddialog.model.catalogue import Catalogue

OWN_PAGE = "tillagg"
QUESTIONS = "diskussionsfragor"


def focus_place(slug: str) -> str:
    """The place beside a focus area's sheet."""
    return f"fokusomrade-{slug}"


def pages(catalogue: Catalogue) -> dict[str, str]:
    """Place → the page that shows it, both without ending: dimensions, their areas, focus areas, questions."""
    framework = catalogue.framework
    found: dict[str, str] = {}
    for dimension in framework.dimensions:
        context = [framework.context] if dimension.with_context else []
        found |= {leaf.slug: dimension.notebook for leaf in [*dimension.leaves(), *context]}
        found[dimension.notebook] = dimension.notebook
    own = [*map(focus_place, catalogue.dialogue.focus_areas), QUESTIONS]
    return found | {place: place for place in own}


def page_of(place: str, known: Mapping[str, str]) -> str:
    """The page of a place; `OWN_PAGE` for a name that is no place. known: as `pages` gives it."""
    return known.get(place, OWN_PAGE)
