"""Focus areas (fokusområden): themes that the parties agree in advance to talk about in a cycle."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import Field, model_validator

from varddialog.model.base import Model, Slug, Text, twice


class KeyQuestion(Model):
    """A question to talk about at the visit, and why it is asked."""

    slug: Slug
    text: Text
    why: Text | None = None


class FocusArea(Model):
    """params/focus-areas/<slug>.yml. indicators: ids of the catalogue in the order they are shown.

    why: why it matters, for a reader who knows nothing of it. background: paragraphs, each with its publisher and year
    where it holds facts. lacking: what open figures do not tell of it. themes: slugs of params/themes.yml.
    """

    slug: Slug
    name: Text
    why: Text
    background: list[Text] = []
    lacking: Text | None = None
    indicators: Annotated[list[Text], Field(min_length=1)]
    themes: Annotated[list[Slug], Field(min_length=1)]
    questions: Annotated[list[KeyQuestion], Field(min_length=1)]

    @model_validator(mode="after")
    def _unique(self) -> Self:
        for what, keys in (
            ("indicators", self.indicators),
            ("themes", self.themes),
            ("questions", [question.slug for question in self.questions]),
        ):
            if found := twice(keys):
                raise ValueError(f"{what}: står flera gånger: {', '.join(found)}")
        return self
