"""Remaining life expectancy from deaths and population in twenty age bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from varddialog.statistics.intervals import normal_quantile

# first age of each band: infants, 1–4, five-year bands, 90 and over
START_AGES = (0, 1, *range(5, 91, 5))
# share of the band that those who die in it live, on average: infants die early
LIVED = np.array([0.1] + [0.5] * (len(START_AGES) - 1))
# at or under this population a life table is not robust (Toson and Baker 2003)
LEAST_POPULATION = 5000
# a value whose 95 % interval is wider than this many years is not given
WIDEST_INTERVAL = 20.0


@dataclass(frozen=True)
class LifeTable:
    """Remaining years of life at each start age, ascending.

    A None among the values is one too uncertain to give (its limits are given), or at an age that no one reaches.
    `reason` is why nothing could be calculated; the tuples are then empty.
    """

    start_ages: tuple[int, ...]
    values: tuple[float | None, ...]
    lower: tuple[float | None, ...]
    upper: tuple[float | None, ...]
    reason: str | None = None


def life_expectancy(
    start_ages: Sequence[int],
    population: Sequence[float | None],
    deaths: Sequence[float | None],
    confidence: float = 0.95,
) -> LifeTable:
    """Abridged life table (Chiang 1968) with the variance of Silcocks et al. (2001), as OHID and ONS use them.

    The bands may come in any order; the answer is by ascending age. Population is person-years.
    Raises ValueError when the sequences differ in length, or there are twenty bands but not those of START_AGES.
    """
    z = normal_quantile(confidence)
    if not len(start_ages) == len(population) == len(deaths):
        raise ValueError(f"{len(start_ages)} ages, {len(population)} populations and {len(deaths)} deaths; must agree")
    if len(start_ages) != len(START_AGES):
        return _none(f"{len(start_ages)} age bands, not {len(START_AGES)}")
    order = np.argsort(start_ages, kind="stable")
    if tuple(start_ages[i] for i in order) != START_AGES:
        raise ValueError(f"the bands start at {sorted(start_ages)}; allowed: {list(START_AGES)}")
    if None in population or None in deaths:
        return _none("a band without population or deaths")
    persons = np.asarray(population, dtype=float)[order]
    dead = np.asarray(deaths, dtype=float)[order]
    for wrong, reason in (
        ((dead < 0).any(), "negative deaths in a band"),
        ((persons <= 0).any(), "no population in a band"),
        ((dead > persons).any(), "more deaths than population in a band"),
        (persons.sum() <= LEAST_POPULATION, f"population of {LEAST_POPULATION} or less"),
        (dead[-1] == 0, "no deaths in the last, open band"),
    ):
        if wrong:
            return _none(reason)

    mortality = dead / persons
    width = np.append(np.diff(START_AGES), 2 / mortality[-1])
    # probability of dying in the band; 1 where deaths are too many for the formula, and in the open band
    dying = np.where(dead <= persons / width / LIVED, mortality * width / (1 + mortality * width * (1 - LIVED)), 1.0)
    alive = np.cumprod(np.append(1.0, 1 - dying[:-1]))
    next_alive = np.append(alive[1:], 0.0)
    years = width * (next_alive + LIVED * (alive - next_alive))
    years[-1] = alive[-1] / mortality[-1]
    reached = alive > 0
    remaining = np.divide(np.cumsum(years[::-1])[::-1], alive, out=np.zeros_like(alive), where=reached)

    # variance of the probability of dying, and of the mean years lived in the open band
    variance = np.divide(dying**2 * (1 - dying), dead, out=np.zeros_like(dead), where=dead > 0)
    variance[-1] = 4 / (dead[-1] * mortality[-1] ** 2)
    weight = alive * ((1 - LIVED) * width + np.append(remaining[1:], 0.0))
    weight[-1] = alive[-1] / 2
    spread = np.cumsum((variance * weight**2)[::-1])[::-1]
    error = np.sqrt(np.divide(spread, alive**2, out=np.zeros_like(alive), where=reached))

    given = reached & (2 * normal_quantile(0.95) * error <= WIDEST_INTERVAL)
    return LifeTable(
        START_AGES,
        tuple(float(e) if ok else None for e, ok in zip(remaining, given, strict=True)),
        tuple(float(e) if ok else None for e, ok in zip(remaining - z * error, reached, strict=True)),
        tuple(float(e) if ok else None for e, ok in zip(remaining + z * error, reached, strict=True)),
    )


def _none(reason: str) -> LifeTable:
    return LifeTable((), (), (), (), reason)
