"""The dialogue cycle (dialogomgång) that a pack belongs to."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Self

from pydantic import AfterValidator, model_validator

from varddialog.model.base import Model, Text
from varddialog.model.indicator import Year


def _a_day(text: str) -> str:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        raise ValueError("ska vara en dag, skriven ÅÅÅÅ-MM-DD") from None
    return text


Day = Annotated[str, AfterValidator(_a_day)]


class Visit(Model):
    """The ministry's visit to one region (for Riket: the national dialogue), as far as it is decided."""

    date: Day | None = None
    place: Text | None = None


class Cycle(Model):
    """params/cycles/<cycle>.yml. `data_until` is the day from which the age of a figure is counted.

    visits: folder of a unit (`12-skane`) → its visit; a unit that is not there has no date yet.
    """

    name: Text
    years: list[Year]
    data_until: Day
    visits: dict[str, Visit] = {}

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
