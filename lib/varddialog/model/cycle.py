"""The dialogue cycle (dialogomgång) that a pack belongs to."""

from __future__ import annotations

import datetime as dt
from typing import Self

from pydantic import model_validator

from varddialog.model.base import Model, Text
from varddialog.model.indicator import Year


class Cycle(Model):
    """params/cycles/<cycle>.yml. `data_until` is the day from which the age of a figure is counted."""

    name: Text
    years: list[Year]
    data_until: Text

    @model_validator(mode="after")
    def _sane(self) -> Self:
        day = dt.date.fromisoformat(self.data_until)
        if len(self.years) != 2 or self.years[1] != self.years[0] + 1:
            raise ValueError("en dialogomgång omfattar två år i följd")
        if day.year > self.years[1]:
            raise ValueError("«data_until» ligger efter dialogomgången")
        return self

    @property
    def today(self) -> dt.date:
        """The day that the pack speaks from; never the clock of the machine."""
        return dt.date.fromisoformat(self.data_until)
