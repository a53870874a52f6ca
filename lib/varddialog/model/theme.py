"""Themes (teman): what a dialogue is about. One list for all arenas, so that what is said in one can meet another."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from varddialog.model.base import Model, Slug, Text, twice


class Theme(Model):
    """A theme, and the indicators whose figures tell how a region stands in it (ids of the catalogue)."""

    slug: Slug
    name: Text
    about: Text
    indicators: list[Text] = []

    @model_validator(mode="after")
    def _unique(self) -> Self:
        if found := twice(self.indicators):
            raise ValueError(f"samma mått står flera gånger: {', '.join(found)}")
        return self


class ThemeFile(Model):
    """params/themes.yml."""

    themes: Annotated[list[Theme], Field(min_length=1)]

    @model_validator(mode="after")
    def _unique(self) -> Self:
        if found := twice([theme.slug for theme in self.themes]):
            raise ValueError(f"samma tema står flera gånger: {', '.join(found)}")
        return self
