"""Rows of the store as plain tuples: what the assessment reads, many small series at a time."""

from __future__ import annotations

from typing import Literal, NamedTuple


class Observation(NamedTuple):
    """One row of the observation table (data/schema.py); missing numbers are None."""

    indicator: str
    region: str
    year: int
    period: str
    sex: str
    grouping: str
    group: str
    value: float
    low: float | None
    high: float | None
    numerator: float | None
    denominator: float | None

    @property
    def when(self) -> str:
        """The year, or year and month for monthly values. Sorts in time order."""
        return self.period or str(self.year)


class RemarkRow(NamedTuple):
    """One quality remark. A remark on a whole series has no region and year 0."""

    indicator: str
    region: str
    year: int
    period: str
    sex: str
    grouping: str
    group: str
    check: str
    level: str
    reason: str


class ForeignValue(NamedTuple):
    """One value of an international series."""

    series: str
    country: str
    year: int
    value: float
    flag: str


class Place(NamedTuple):
    """A municipality, an organisational unit, or a unit that a region has told of itself. region: county code.

    code: the source's own, for a region's own unit the region's code and its name.
    """

    code: str
    name: str
    region: str
    kind: Literal["kommun", "enhet", "egen"]
