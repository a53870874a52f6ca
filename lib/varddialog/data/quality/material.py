"""What the checks work on: the observations seen as series, and the words of a remark."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

import numpy as np
import pandas as pd

from varddialog.data.schema import KEY
from varddialog.model.catalogue import Catalogue
from varddialog.model.indicator import Indicator
from varddialog.model.units import NATION
from varddialog.swedish import NBSP, number

if TYPE_CHECKING:
    from pandas.core.groupby import SeriesGroupBy

Level = Literal["fel", "osannolikt", "upplysning"]
COLUMNS = [*KEY, "check", "level", "reason"]

# in these units a value is a number of something, and the whole is the sum of its parts
COUNTS = ("antal", "personer", "arsarbetare")


@dataclass(frozen=True)
class Grid:
    """One series of all regions: rows are units (Riket too), columns the years that have figures."""

    indicator: str
    sex: str
    grouping: str
    group: str
    values: pd.DataFrame

    @cached_property
    def regions(self) -> pd.DataFrame:
        """The grid without Riket."""
        return self.values.drop(index=NATION, errors="ignore")

    def key(self, region: str, year: int) -> tuple[str, str, int, str, str, str, str]:
        """The key of one of its observations."""
        return (self.indicator, region, year, "", self.sex, self.grouping, self.group)


@dataclass(frozen=True)
class Material:
    """The observations with the catalogue beside them."""

    observations: pd.DataFrame
    catalogue: Catalogue

    def indicator(self, name: str) -> Indicator | None:
        """The catalogue's entry; None while the catalogue does not know the series."""
        return self.catalogue.indicators.get(name)

    @cached_property
    def grids(self) -> tuple[Grid, ...]:
        """Every yearly series, one grid for each sex and group."""
        yearly = self.observations[self.observations["period"] == ""]
        series = yearly.groupby(["indicator", "sex", "grouping", "group"], sort=True)
        return tuple(
            Grid(
                str(name),
                str(sex),
                str(grouping),
                str(group),
                rows.pivot(index="region", columns="year", values="value"),
            )
            for (name, sex, grouping, group), rows in series
        )

    @cached_property
    def decimals(self) -> dict[str, int]:
        """How many decimals (at most two) the source writes each indicator with."""
        return {str(k): int(v) for k, v in self._decimals_used.max().items()}

    @cached_property
    def _steps(self) -> dict[str, float]:
        return {str(k): float(10.0 ** -int(v)) for k, v in self._decimals_used.median().items()}

    @cached_property
    def _decimals_used(self) -> SeriesGroupBy[int, Any]:
        values = self.observations["value"]
        used = pd.Series(np.select([is_whole(values), is_whole(values * 10)], [0, 1], 2), index=values.index)
        return used.groupby(self.observations["indicator"])

    def step(self, indicator: str) -> float:
        """The smallest difference that most of the indicator's values can show."""
        return self._steps[indicator]

    def figure(self, indicator: str, value: float) -> str:
        """A value as a remark writes it: with the source's decimals, and the word procent where it is one."""
        text = number(value, self.decimals[indicator])
        known = self.indicator(indicator)
        return f"{text}{NBSP}procent" if known and known.measure.startswith("procent") else text

    def figures(self, indicator: str, values: Iterable[float]) -> list[str]:
        """Values in a row, where only the last carries its unit."""
        texts = [self.figure(indicator, value) for value in values]
        return [text.removesuffix(f"{NBSP}procent") for text in texts[:-1]] + texts[-1:]

    def name(self, region: str) -> str:
        """The unit's name, or its code when the catalogue does not know it."""
        unit = self.catalogue.units.by_code.get(region)
        return unit.name if unit else region

    def title(self, indicator: str) -> str:
        """The indicator's name and code, as one series refers to another."""
        known = self.indicator(indicator)
        return f"”{known.name}” ({indicator})" if known else indicator


def is_whole(values: pd.Series) -> pd.Series:
    """Which values are written without decimals."""
    return (values - values.round()).abs() < 1e-6


def remarks(keys: Sequence[Sequence[object]], check: str, level: Level, reasons: Sequence[str]) -> pd.DataFrame:
    """A table of remarks of one kind."""
    table = pd.DataFrame(list(keys), columns=KEY)
    return table.assign(check=check, level=level, reason=list(reasons))


def of_series(indicator: str) -> tuple[str, str, int, str, str, str, str]:
    """The key of a remark on a whole series."""
    return (indicator, "", 0, "", "", "", "")


def of_year(indicator: str, year: int, period: str = "") -> tuple[str, str, int, str, str, str, str]:
    """The key of a remark on one year (or month) of all regions."""
    return (indicator, "", year, period, "", "", "")


def together(tables: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Several tables of remarks as one."""
    filled = [table for table in tables if len(table)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=COLUMNS)
