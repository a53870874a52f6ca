"""What experts have judged of a difference between groups: the parts of the grading that no figure can give.

The criteria are those of Vårdanalys for differences in care that are unwarranted (omotiverade) and substantial
(väsentliga), PM 2013:3; the scale of answers is the project's own. A part that nobody has judged is «okänt».
"""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from varddialog.model.base import Model, Text

GradedGrouping = Literal["kön", "utbildning", "inkomst", "födelseland", "ålder", "region", "enhet"]
Benefit = Literal["ja", "delvis", "nej", "okänt"]
Need = Literal["ja, justerat för behov", "ja, endast ålder-kön", "ojusterat", "nej", "okänt"]
Preference = Literal["osannolikt", "möjligt", "sannolikt", "okänt"]
Ethics = Literal["ja", "oklart", "nej", "okänt"]
Consequence = Literal[
    "process utan visat utfall", "livskvalitet", "funktion eller sjukhusvård", "död eller bestående skada", "okänt"
]


class Judgement(Model):
    """One indicator split by one grouping, as judged by `by` for the stated reason.

    benefit (O1): is the benefit for the patient shown? `ja` needs a national guideline with high priority or a target.
    need (O2): does a difference remain among those with equal need? preference (O3): could the patients' own choice
    explain it? ethics (O4): is it against the order of the ethical platform (human dignity, need and solidarity,
    cost-effectiveness)? consequence (V2): how severe it is for the disadvantaged.
    """

    indicator: Text
    grouping: GradedGrouping
    benefit: Benefit = "okänt"
    need: Need = "okänt"
    preference: Preference = "okänt"
    ethics: Ethics = "okänt"
    consequence: Consequence = "okänt"
    by: Text
    reason: Text

    @property
    def key(self) -> tuple[str, GradedGrouping]:
        return self.indicator, self.grouping


class GradingFile(Model):
    """The experts' file: one entry for each indicator × grouping that someone has judged."""

    judgements: Annotated[list[Judgement], Field(min_length=1)]

    @model_validator(mode="after")
    def _unique(self) -> Self:
        keys = [judgement.key for judgement in self.judgements]
        if twice := sorted({f"{key[0]} efter {key[1]}" for key in keys if keys.count(key) > 1}):
            raise ValueError(f"samma mått och indelning är bedömda flera gånger: {', '.join(twice)}")
        return self

    @property
    def by_key(self) -> dict[tuple[str, GradedGrouping], Judgement]:
        """Indicator and grouping → what was judged."""
        return {judgement.key: judgement for judgement in self.judgements}
