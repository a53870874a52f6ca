"""Arenas: the kinds of dialogue. Each has parties, questions, themes and units; a new one is a file, not code."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from varddialog.model.base import Model, Slug, Text, twice
from varddialog.swedish import within

UnitKind = Literal["region", "samverkansregion"]
# what a rule looks for in a theme or in the answers to a question
When = Literal["lyft utmaning", "olika bild", "delad utmaning", "saknas"]


class Party(Model):
    """Who takes part, and in which roles someone can speak for it; never a person.

    proper: whether the name is a proper noun, which keeps its capital within a sentence.
    """

    slug: Slug
    name: Text
    proper: bool = False
    about: Text
    roles: Annotated[list[Text], Field(min_length=1)]

    @property
    def in_sentence(self) -> str:
        """The name as it stands within a sentence: `regionen`, `Socialstyrelsen`."""
        return self.name if self.proper else within(self.name)


class Question(Model):
    """A question to some of the parties. answers: the choices, the best first; without them the answer is in words.

    structure: whether the answer tells how the dialogue is built in a unit. lacking: the answers that say that it is
    missing there.
    """

    slug: Slug
    text: Text
    why: Text | None = None
    theme: Slug | None = None
    to: Annotated[list[Slug], Field(min_length=1)]
    answers: list[Text] = []
    structure: bool = False
    lacking: list[Text] = []

    @model_validator(mode="after")
    def _choices(self) -> Self:
        if unknown := [a for a in self.lacking if a not in self.answers]:
            raise ValueError(f"«lacking» har svar som inte står i «answers»: {', '.join(unknown)}")
        if found := twice(self.answers):
            raise ValueError(f"samma svar står flera gånger: {', '.join(found)}")
        if self.structure and not self.answers:
            raise ValueError("en fråga om dialogens uppbyggnad behöver svar att välja bland («answers»)")
        return self


class Scale(Model):
    """A statement of the questionnaire that evaluates the dialogue, answered from 1 (not at all) to 5 (fully)."""

    slug: Slug
    text: Text


class Recommendation(Model):
    """What is recommended when the records meet a condition.

    when: «lyft utmaning» (some party tells of a challenge in the theme), «olika bild» (one party tells of a strength
    and another of a challenge), «delad utmaning» (at least two parties tell of a challenge), «saknas» (units that
    answer the question with one of its `lacking`).
    """

    slug: Slug
    when: When
    theme: Slug | None = None
    question: Slug | None = None
    text: Text
    to: Annotated[list[Slug], Field(min_length=1)]

    @model_validator(mode="after")
    def _subject(self) -> Self:
        if (self.when == "saknas") != (self.question is not None) or (self.when != "saknas") != (
            self.theme is not None
        ):
            raise ValueError("«saknas» gäller en fråga (question), övriga villkor ett tema (theme)")
        return self


class Arena(Model):
    """params/arenas/<slug>.yml. about: what the dialogue is for. source: the model behind it, publisher and year.

    indicators: ids of the catalogue that are followed over time, beside those of the themes.
    """

    slug: Slug
    name: Text
    about: Text
    source: Text
    units: UnitKind
    parties: Annotated[list[Party], Field(min_length=2)]
    themes: Annotated[list[Slug], Field(min_length=1)]
    questions: list[Question] = []
    indicators: list[Text] = []
    recommendations: list[Recommendation] = []
    evaluation: list[Scale] = []

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for what, keys in (
            ("parties", [p.slug for p in self.parties]),
            ("questions", [q.slug for q in self.questions]),
            ("recommendations", [r.slug for r in self.recommendations]),
            ("evaluation", [s.slug for s in self.evaluation]),
            ("themes", self.themes),
            ("indicators", self.indicators),
        ):
            if found := twice(keys):
                raise ValueError(f"{what}: står flera gånger: {', '.join(found)}")
        parties, questions = {p.slug for p in self.parties}, {q.slug: q for q in self.questions}
        asked = [(q.slug, q.to, q.theme) for q in self.questions]
        asked += [(r.slug, r.to, r.theme) for r in self.recommendations]
        for name, to, theme in asked:
            if unknown := [slug for slug in to if slug not in parties]:
                raise ValueError(f"{name}: okänd part: {', '.join(unknown)}")
            if theme is not None and theme not in self.themes:
                raise ValueError(f"{name}: temat «{theme}» hör inte till arenan")
        for rule in self.recommendations:
            if rule.question is not None and not (rule.question in questions and questions[rule.question].lacking):
                raise ValueError(f"{rule.slug}: «{rule.question}» är ingen fråga med «lacking»")
        return self

    def party(self, slug: str) -> Party:
        return next(party for party in self.parties if party.slug == slug)

    def question(self, slug: str) -> Question:
        return next(question for question in self.questions if question.slug == slug)
