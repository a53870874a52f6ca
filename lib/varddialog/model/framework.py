"""The framework (ramverk): dimensions, areas and sub-areas in the order a report shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Self

from pydantic import Field, model_validator

from varddialog.model.base import Model, Slug, Text
from varddialog.model.indicator import Grouping


class Area(Model):
    """An area (område) with indicators of its own, or with parts (delområden) that hold them.

    An area with a `grouping` shows the differences between such groups across all indicators.
    """

    slug: Slug
    name: Text
    about: Text
    grouping: Grouping | None = None
    parts: list[Area] = []

    def leaves(self) -> Iterator[Area]:
        """The areas that hold indicators: this one, or its parts."""
        for part in self.parts:
            yield from part.leaves()
        if not self.parts:
            yield self


class Dimension(Model):
    """A dimension of the framework, one report for each unit.

    with_context: it also describes the context. graded_by_region: differences between regions in its
    indicators are graded as unwarranted or not, since they are about care and not about its conditions.
    """

    number: Annotated[int, Field(ge=1, le=9)]
    slug: Slug
    name: Text
    question: Text
    about: Text
    with_context: bool = False
    graded_by_region: bool = False
    areas: Annotated[list[Area], Field(min_length=1)]

    @property
    def notebook(self) -> str:
        """The name of the notebook and the report, without ending."""
        return f"{self.number}-{self.slug}"

    def leaves(self) -> list[Area]:
        """All areas that hold indicators, in report order."""
        return [leaf for area in self.areas for leaf in area.leaves()]


class Framework(Model):
    """The four dimensions, and the context that is described but never assessed."""

    dimensions: Annotated[list[Dimension], Field(min_length=1)]
    context: Area

    @model_validator(mode="after")
    def _unique(self) -> Self:
        slugs = [leaf.slug for leaf in self.leaves()]
        if twice := sorted({slug for slug in slugs if slugs.count(slug) > 1}):
            raise ValueError(f"samma område står flera gånger: {', '.join(twice)}")
        return self

    def leaves(self) -> list[Area]:
        """Every area that holds indicators, the context last."""
        return [leaf for dimension in self.dimensions for leaf in dimension.leaves()] + list(self.context.leaves())
