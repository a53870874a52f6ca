"""Figures as Kolada's server writes them: stated one by one, or made by a formula when they are asked for."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

LOADED = dt.date(2026, 1, 1)


class Place(NamedTuple):
    """Where a figure belongs: a measure, a unit, a year or month as it is written ("2025", "202512")."""

    kpi: str
    unit: str
    period: str


Figures = dict[str, float | None]  # T, K, M → value, None where it is empty


class Rows(Protocol):
    """The rows that answer a question, of which only some are written."""

    def __len__(self) -> int: ...
    def written(self, start: int, stop: int) -> list[str]:
        """The rows from start to stop as JSON."""
        ...


@dataclass
class Stated:
    """Figures that have been stated one by one. changed: the day of a row's last change; withdrawn: rows that are gone.

    whole: whether withdrawn rows are told in whole answers too. texts: periods are written as text.
    """

    unit_name: str
    figures: dict[Place, Figures] = field(default_factory=dict)
    changed: dict[Place, dt.date] = field(default_factory=dict)
    withdrawn: set[Place] = field(default_factory=set)
    whole: bool = True
    texts: bool = False

    def select(
        self,
        kpis: Sequence[str],
        units: Sequence[str] | None,
        years: Sequence[str] | None,
        since: dt.date | None = None,
    ) -> Rows:
        return _Some(
            self,
            [
                place
                for place in self.figures
                if place.kpi in kpis
                and (units is None or place.unit in units)
                and (years is None or place.period[:4] in years)
                and (since is None or self.changed.get(place, LOADED) >= since)
                and (since is not None or self.whole or place not in self.withdrawn)
            ],
        )

    def write(self, place: Place) -> str:
        gone = place in self.withdrawn
        return json.dumps(
            {
                "kpi": place.kpi,
                "period": place.period if self.texts else int(place.period),
                self.unit_name: place.unit,
                "values": [
                    {"gender": sex, "count": 1, "status": "", "value": None if gone else value, "isdeleted": gone}
                    for sex, value in self.figures[place].items()
                ],
            }
        )


@dataclass
class _Some:
    source: Stated
    places: list[Place]

    def __len__(self) -> int:
        return len(self.places)

    def written(self, start: int, stop: int) -> list[str]:
        return [self.source.write(place) for place in self.places[start:stop]]


@dataclass(frozen=True)
class Made:
    """Figures that a formula gives: every measure for every unit, year and sex. changed: when all of them last did."""

    kpis: Sequence[str]
    units: Sequence[str]
    years: Sequence[int]
    changed: dt.date = LOADED

    def select(
        self,
        kpis: Sequence[str],
        units: Sequence[str] | None,
        years: Sequence[str] | None,
        since: dt.date | None = None,
    ) -> Rows:
        known, places, times = set(self.kpis), set(self.units), self.years
        return _Making(
            [kpi for kpi in kpis if kpi in known],
            [unit for unit in (self.units if units is None else units) if unit in places],
            times if years is None else [year for year in times if str(year) in years],
            since is None or self.changed >= since,
        )

    @staticmethod
    def value(kpi: str, unit: str, year: int) -> float:
        """Of both sexes; women have 0.5 more and men 0.5 less."""
        return (int(kpi[1:]) * 7 + int(unit) * 13 + year * 3) % 900 / 10 + 1


@dataclass(frozen=True)
class _Making:
    kpis: list[str]
    units: list[str]
    years: Sequence[int]
    any: bool

    def __len__(self) -> int:
        return len(self.kpis) * len(self.units) * len(self.years) if self.any else 0

    def written(self, start: int, stop: int) -> list[str]:
        rows = []
        for number in range(start, min(stop, len(self))):
            rest, y = divmod(number, len(self.years))
            k, u = divmod(rest, len(self.units))
            kpi, unit, year = self.kpis[k], self.units[u], self.years[y]
            value = Made.value(kpi, unit, year)
            rows.append(
                f'{{"kpi":"{kpi}","period":{year},"municipality":"{unit}","values":['
                f'{{"gender":"T","count":1,"status":"","value":{value:.1f},"isdeleted":false}},'
                f'{{"gender":"K","count":1,"status":"","value":{value + 0.5:.1f},"isdeleted":false}},'
                f'{{"gender":"M","count":1,"status":"","value":{value - 0.5:.1f},"isdeleted":false}}]}}'
            )
        return rows
