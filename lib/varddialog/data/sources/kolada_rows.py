"""Kolada's rows as rows of the store: periods, sexes, what is empty and what has been withdrawn."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from varddialog.data.rows import Observation
from varddialog.data.sources.base import Batch, Wanted
from varddialog.data.sources.kolada_pages import Row
from varddialog.errors import Fault
from varddialog.model.live import KoladaQuery

# the letter of the old description stands beside that of today's data
_SEXES = {"T": "T", "K": "K", "F": "K", "M": "M"}


@dataclass
class Reading:
    """A series while its measures are read.

    titles: Kolada's, of the measures. values, empty: how many of either have come. deleted: rows that are no longer
    there. fault: why what came cannot be trusted. left: measures that have not been read to their end.
    """

    wanted: Wanted
    queries: tuple[KoladaQuery, ...]
    titles: list[str] = field(default_factory=list)
    values: int = 0
    empty: int = 0
    deleted: list[Observation] = field(default_factory=list)
    fault: Fault | None = None
    left: int = field(init=False)

    def __post_init__(self) -> None:
        self.left = len(self.queries)

    @property
    def partial(self) -> bool:
        return self.wanted.since is not None


@dataclass(frozen=True)
class Use:
    """A measure as one series wants it."""

    reading: Reading
    query: KoladaQuery


def batches(
    rows: Iterable[Row], uses: Mapping[str, Sequence[Use]], column: str, units: Mapping[str, str], within: bool
) -> list[Batch]:
    """The rows of one page, by series.

    column: where the unit's code stands; units: Kolada's code → the store's. Rows of other measures and units than were
    asked for are left out. A series with a row that cannot be understood gets a fault, and no more rows.
    """
    found: dict[str, list[Observation]] = {}
    for row in rows:
        unit = units.get(row[column])
        if unit is None:
            continue
        for use in uses.get(row["kpi"], ()):
            if use.reading.fault is not None:
                continue
            into = found.setdefault(use.reading.wanted.series, [])
            try:
                _take(row, unit, use, into)
            except (KeyError, TypeError, ValueError) as error:
                what = f"En rad för enheten {row[column]} går inte att förstå: {_why(error)}."
                todo = "Försök igen senare; källan kan ha ändrats."
                use.reading.fault = Fault(what, f"Kolada, {row['kpi']}, {row['period']}", todo=todo)
    return [Batch(series, taken, within) for series, taken in found.items() if taken]


def _take(row: Row, unit: str, use: Use, into: list[Observation]) -> None:
    """Put the row's values into a list, numbers as they stand."""
    reading, only = use.reading, use.query.sex
    series = reading.wanted.series
    year, month = when(row["period"])
    for value in row["values"]:
        sex = _SEXES[value["gender"]]
        if only is not None:
            if sex != "T":
                continue
            sex = only
        number, withdrawn = value["value"], value.get("isdeleted", False)
        if number is not None and not withdrawn:
            if type(number) is not float:
                number = _number(number)
            into.append(Observation(series, unit, year, month, sex, "", "", number, None, None, None, None))
            reading.values += 1
            continue
        if not withdrawn:
            reading.empty += 1
        if reading.partial:  # an empty value may have had a number before
            gone = Observation(series, unit, year, month, sex, "", "", math.nan, None, None, None, None)
            reading.deleted.append(gone)


def when(period: object) -> tuple[int, str]:
    """2025 and "2025" → year; 202512, "202512" and "2025-12" → year and month. Raises ValueError for anything else."""
    if type(period) is int and 1000 <= period <= 9999:
        return period, ""
    found = re.fullmatch(r"(\d{4})(?:-?(0[1-9]|1[0-2]))?", str(period))
    if found is None:
        raise ValueError(f"perioden {period!r}")
    return int(found[1]), f"{found[1]}-{found[2]}" if found[2] else ""


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise ValueError(f"värdet {value!r}")
    return float(value)


def _why(error: KeyError | TypeError | ValueError) -> str:
    """What was wrong, in Swedish."""
    if isinstance(error, KeyError):
        return f"{error.args[0]!r} är okänt eller saknas"
    return str(error) if isinstance(error, ValueError) else "den har inte den form som väntas"
