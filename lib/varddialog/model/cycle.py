"""The dialogue cycle (dialogomgång) that a pack belongs to."""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import field_validator, model_validator

from varddialog.model.base import Model, Text
from varddialog.model.indicator import Year


class Cycle(Model):
    """params/cycles/<cycle>.yml. `data_until` is the day from which the age of a figure is counted."""

    name: Text
    years: list[Year]
    data_until: Text

    @field_validator("data_until")
    @classmethod
    def _is_a_day(cls, text: str) -> str:
        try:
            dt.date.fromisoformat(text)
        except ValueError:
            raise ValueError("ska vara en dag, skriven ÅÅÅÅ-MM-DD") from None
        return text

    @model_validator(mode="after")
    def _sane(self) -> Self:
        if len(self.years) != 2 or self.years[1] != self.years[0] + 1:
            raise ValueError("en dialogomgång omfattar två år i följd")
        if self.today.year > self.years[1]:
            raise ValueError("«data_until» ligger efter dialogomgången")
        return self

    @property
    def today(self) -> dt.date:
        """The day that the pack speaks from; never the clock of the machine."""
        return dt.date.fromisoformat(self.data_until)

    @property
    def newest_year(self) -> int:
        """The last full year: the age of a value is counted from it."""
        return self.today.year - 1
