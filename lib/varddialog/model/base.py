"""The strict base of every model: unknown keys are faults, values are not coerced and never change."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]


class Model(BaseModel):
    """Base of everything read from params/."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


def twice(keys: Sequence[str]) -> list[str]:
    """The keys that stand more than once, in alphabetical order."""
    return sorted({key for key in keys if keys.count(key) > 1})
